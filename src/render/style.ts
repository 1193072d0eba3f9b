import type { Action } from "../core/model.ts";

export type Paint = (text: string) => string;

/** How a screen looks. Colour adds, never carries: a plain style reads as well. */
export interface Style {
  /** Columns of the terminal, or of a page of a log. */
  readonly width: number;
  readonly symbols: Readonly<Record<Action | "unchanged", string>>;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly good: Paint;
  readonly marked: Paint;
}

interface Terminal {
  /** Columns; 80 where nobody knows. */
  readonly width?: number | undefined;
  /** Whether it can show `±` and `·`. */
  readonly unicode?: boolean | undefined;
}

/** Lines longer than this tire the eye, however wide the terminal is. */
const widest = 120;
/** Below this nothing lines up any more, so narrower terminals wrap by themselves. */
const narrowest = 40;

/** No colour: for files, logs, pipes and `NO_COLOR`. */
export function plainStyle({ width = 80, unicode = true }: Terminal = {}): Style {
  return {
    width: Math.min(widest, Math.max(narrowest, width)),
    symbols: {
      create: "+",
      update: "~",
      replace: unicode ? "±" : "-/+",
      delete: "-",
      operate: "!",
      unchanged: unicode ? "·" : ".",
    },
    strong: (text) => text,
    faint: (text) => text,
    bad: (text) => text,
    warn: (text) => text,
    good: (text) => text,
    marked: (text) => text,
  };
}

/** The eight ANSI colours, which every terminal theme chooses for itself. */
export function colourStyle(terminal: Terminal = {}): Style {
  return {
    ...plainStyle(terminal),
    strong: sgr(1, 22),
    faint: sgr(2, 22),
    bad: sgr(31, 39),
    warn: sgr(33, 39),
    good: sgr(32, 39),
    marked: sgr(36, 39),
  };
}

/** The colour of an action's symbol. */
export function paintOf(style: Style, action: Action | "unchanged"): Paint {
  switch (action) {
    case "create":
      return style.good;
    case "update":
      return style.warn;
    case "replace":
    case "delete":
      return style.bad;
    case "operate":
      return style.marked;
    case "unchanged":
      return style.faint;
  }
}

function sgr(on: number, off: number): Paint {
  return (text) => (text === "" ? text : `\x1b[${on}m${text}\x1b[${off}m`);
}
