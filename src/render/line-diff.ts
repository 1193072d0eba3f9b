import { diffArrays } from "diff";
import { printableLines } from "./printable.ts";

export interface DiffLine {
  readonly mark: " " | "+" | "-";
  readonly text: string;
}

/** Unchanged lines that are kept around a changed one. */
const around = 3;

/** Two texts line by line; long runs of unchanged lines are told and not shown. */
export function lineDiff(before: string | undefined, after: string | undefined): readonly DiffLine[] {
  const parts = diffArrays([...linesOf(before)], [...linesOf(after)]);
  return parts.flatMap(({ added, removed, value }, at): readonly DiffLine[] => {
    if (added) return value.map((text) => ({ mark: "+", text }));
    if (removed) return value.map((text) => ({ mark: "-", text }));
    return parts.length === 1 ? context(value) : folded(value, at > 0, at < parts.length - 1);
  });
}

function linesOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : printableLines(text);
}

function context(lines: readonly string[]): readonly DiffLine[] {
  return lines.map((text) => ({ mark: " ", text }));
}

function folded(lines: readonly string[], isAfter: boolean, isBefore: boolean): readonly DiffLine[] {
  const head = isAfter ? around : 0;
  const tail = isBefore ? around : 0;
  const hidden = lines.length - head - tail;
  if (hidden < 2) return context(lines);
  const note = `... ${hidden} lines as they are`;
  return context([...lines.slice(0, head), note, ...lines.slice(lines.length - tail)]);
}
