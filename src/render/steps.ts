import { errorTable } from "../core/error-table.ts";
import type { Diagnostic } from "../core/errors.ts";
import type { Action, Change } from "../core/model.ts";
import type { Ended } from "../core/run.ts";
import { columnFor, columns, padded, wrapped } from "./columns.ts";
import { paragraph } from "./layout.ts";
import { printable, printableLines } from "./printable.ts";
import { paintOf, type Style } from "./style.ts";
import { duration } from "./words.ts";

/** What the lines of one run share, so that they line up. */
export interface Steps {
  readonly total: number;
  /** Columns of the addresses. */
  readonly names: number;
}

export function stepsOf(changes: readonly Change[], style: Style): Steps {
  const names = changes.map(({ address }) => printable(address));
  return { total: changes.length, names: columnFor(names, style.width * 0.4) };
}

/** Lines of a failure that are worth a screen; the rest is in the servers' logs. */
const detailLines = 10;
const detailIndent = 8;
/** Room for `12 min 30 s`. */
const timeColumns = 11;

const doneWords: Readonly<Record<Action, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  operate: "done",
};

/** The end of one change: `[1/4] ~ topic/purchases   partitions 3 -> 6   0.2 s`, and below it why it failed. */
export function renderEnded(ended: Ended, steps: Steps, style: Style): string {
  const { change, step, seconds } = ended;
  const { action, address } = change;
  const count = `[${String(step).padStart(String(steps.total).length)}/${steps.total}]`;
  const name = padded(printable(address), steps.names);
  const head = `${count} ${style.symbols[action]} ${name}`;
  const painted = `${style.faint(count)} ${paintOf(style, action)(style.symbols[action])} ${name}`;
  const time = ended.type === "skipped" ? "" : duration(seconds);
  const paint = ended.type === "failed" ? style.bad : ended.type === "skipped" ? style.warn : plain;

  const times = time === "" ? 0 : timeColumns;
  const beside = style.width - columns(head) - 2 - times;
  const isBeside = beside >= 20;
  const indent = isBeside ? columns(head) + 2 : detailIndent;
  const room = style.width - indent - times;
  const { outcome, details } = wordsOf(ended, room);
  const [first = "", ...rest] = wrapped(outcome, room);
  const lines = [
    ...(isBeside ? [] : [painted]),
    withTime(`${isBeside ? `${painted}  ` : " ".repeat(indent)}${paint(first)}`, time, style),
    ...rest.map((line) => " ".repeat(indent) + paint(line)),
    ...details.flatMap((line) => paragraph(line, detailIndent, style)),
  ];
  return `${lines.join("\n")}\n`;
}

interface Words {
  readonly outcome: string;
  readonly details: readonly string[];
}

function wordsOf(ended: Ended, room: number): Words {
  switch (ended.type) {
    case "done":
      return { outcome: printable(ended.message) || doneWords[ended.change.action], details: [] };
    case "skipped":
      return { outcome: `skipped: ${skipReason(ended)}`, details: [] };
    case "failed":
      return failure(ended.diagnostic, room);
  }
}

/** The first line of what went wrong stands beside the step if it is short, else below it with the others. */
function failure({ code, message, next }: Diagnostic, room: number): Words {
  const lines = printableLines(message.trim());
  const told = `failed: ${lines[0] ?? ""} (${code})`;
  const isShort = columns(told) <= room;
  const below = isShort ? lines.slice(1) : lines;
  const hidden = below.length - detailLines;
  const shown = hidden > 1 ? [...below.slice(0, detailLines), `... ${hidden} more lines`] : below;
  return {
    outcome: isShort ? told : `failed: ${errorTable[code].title} (${code})`,
    details: [...shown, ...(next === "" ? [] : [printable(next)])],
  };
}

/** Why a change was not tried. */
export function skipReason({ because }: Extract<Ended, { readonly type: "skipped" }>): string {
  return because === undefined ? "the run was interrupted" : `it depends on ${printable(because)}`;
}

function withTime(line: string, time: string, style: Style): string {
  if (time === "") return line;
  const gap = Math.max(2, style.width - columns(line) - columns(time));
  return line + " ".repeat(gap) + style.faint(time);
}

function plain(text: string): string {
  return text;
}
