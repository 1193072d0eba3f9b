import { columnFor, columns, padded, wrapped } from "./columns.ts";
import type { Row } from "./fields.ts";
import { paragraph } from "./layout.ts";
import { lineDiff } from "./line-diff.ts";
import type { Paint, Style } from "./style.ts";

const indent = 4;

/** Labelled rows with their values in one column; texts of several lines come last, over the whole width. */
export function layRows(rows: readonly Row[], style: Style): readonly string[] {
  const single = rows.filter((row) => row.type !== "lines");
  const several = rows.filter((row) => row.type === "lines");
  const label = columnFor(
    single.map((row) => row.label),
    style.width / 2,
  );
  const room = Math.max(20, style.width - indent - label - 2);
  return [
    ...single.flatMap((row) => {
      if (row.label === "") return paragraph(valueText(row), indent, style);
      return beside(row.label, label, valueLines(row, room, style));
    }),
    ...several.flatMap((row) => [
      ...(rows.length > 1 && row.label !== "" ? [" ".repeat(indent) + row.label] : []),
      ...diffLines(row, style),
      ...(row.note === "" ? [] : paragraph(row.note, indent + 2, style, style.faint)),
    ]),
  ];
}

type SingleRow = Exclude<Row, { type: "lines" }>;
type LinesRow = Extract<Row, { type: "lines" }>;

function beside(label: string, width: number, values: readonly string[]): readonly string[] {
  const lines = columns(label) > width ? ["", ...values] : values;
  return lines.map((line, at) =>
    (" ".repeat(indent) + padded(at === 0 ? label : "", width + 2) + line).trimEnd(),
  );
}

function valueText(row: SingleRow): string {
  return row.type === "text" ? row.text : `${row.before} -> ${row.after}`;
}

/** `before -> after` on one line where it fits, else each wrapped under the column. */
function valueLines(row: SingleRow, room: number, style: Style): readonly string[] {
  const note = row.note === "" ? [] : wrapped(row.note, room).map(style.faint);
  if (row.type === "text") return [...wrapped(row.text, room).map(faintIfNone(style)), ...note];
  const text = valueText(row);
  const [before, after] = [faintIfNone(style)(row.before), faintIfNone(style)(row.after)];
  if (columns(text) <= room) return [`${before} ${style.faint("->")} ${after}`, ...note];
  const [first = "", ...rest] = wrapped(row.after, room - 3);
  return [
    ...wrapped(row.before, room),
    `${style.faint("->")} ${first}`,
    ...rest.map((line) => `   ${line}`),
    ...note,
  ];
}

function faintIfNone(style: Style): Paint {
  return (text) => (text === "(unset)" || text.startsWith("(secret)") ? style.faint(text) : text);
}

function diffLines({ before, after }: LinesRow, style: Style): readonly string[] {
  const paints = { "+": style.good, "-": style.bad, " ": (text: string) => text };
  return lineDiff(before, after).flatMap(({ mark, text }) =>
    wrapped(text, style.width - indent - 2).map((line, at) =>
      (" ".repeat(indent) + paints[mark](`${at === 0 ? mark : " "} ${line}`)).trimEnd(),
    ),
  );
}
