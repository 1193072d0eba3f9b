import type { Position } from "../core/model.ts";
import { columns, cut, cutStart, wrapped } from "./columns.ts";
import { masked } from "./masked.ts";
import { printable } from "./printable.ts";
import type { Paint, Style } from "./style.ts";

const linesAbove = 2;
/** How far above the excerpt a secret of several lines may begin: a private key has some fifty. */
const linesLooked = 100;

/**
 * The place in the file with two lines above it, underlined by carets with the message beside them.
 * What is likely a secret shows as stars. A long line is cut so that the carets are seen. Columns of the position are UTF-16 units, from 1.
 */
export function excerpt(
  position: Position,
  source: string,
  message: string,
  style: Style,
  paint: Paint,
): readonly string[] {
  const lines = source.split(/\r?\n/);
  const at = Math.min(Math.max(position.line, 1), lines.length);
  const digits = Math.max(5, String(at).length);
  const room = style.width - digits - 3;
  const gutter = (label: string, text: string) =>
    `${style.faint(`${label.padStart(digits)} |`)} ${text}`.trimEnd();

  const shown = masked(lines.slice(Math.max(0, at - linesLooked), at)).slice(-1 - linesAbove);
  const above = shown.slice(0, -1);
  const spot = spotIn(shown.at(-1) ?? "", position, room);
  return [
    ...above.map((line, index) => gutter(String(at - above.length + index), cut(visible(line), room))),
    gutter(String(at), spot.line),
    ...beside(spot, message, room).map(({ indent, carets, text }) =>
      gutter("", " ".repeat(indent) + paint([carets, text].filter(Boolean).join(" "))),
    ),
  ];
}

/** A line as it is shown, and where in it the carets stand, in columns of the screen from 0. */
interface Spot {
  readonly line: string;
  readonly from: number;
  readonly length: number;
}

function spotIn(line: string, { column, length }: Position, room: number): Spot {
  const start = Math.min(Math.max(column - 1, 0), line.length);
  const before = visible(line.slice(0, start));
  const marked = visible(line.slice(start, start + Math.max(1, length)));
  const after = visible(line.slice(start + Math.max(1, length)));
  const inSight = columns(before) + Math.min(columns(marked), 20) <= room - 3;
  const head = inSight || columns(before + marked + after) <= room ? before : cutStart(before, room / 3);
  const shown = cut(head + marked + after, room);
  return {
    line: shown,
    from: columns(head),
    length: Math.max(1, Math.min(columns(marked), columns(shown) - columns(head))),
  };
}

/** Beside the carets where there is room for it, else on the lines below them. */
function beside({ from, length }: Spot, message: string, room: number) {
  const carets = "^".repeat(length);
  const right = from + length + 1;
  const left = room - right;
  if (columns(message) <= left || left >= 40) {
    const [first = "", ...rest] = wrapped(message, left);
    return [
      { indent: from, carets, text: first },
      ...rest.map((text) => ({ indent: right, carets: "", text })),
    ];
  }
  const indent = Math.min(from, Math.max(0, room - Math.max(40, columns(message))));
  return [
    { indent: from, carets, text: "" },
    ...wrapped(message, room - indent).map((text) => ({ indent, carets: "", text })),
  ];
}

function visible(text: string): string {
  return printable(text.replaceAll("\t", "    "));
}
