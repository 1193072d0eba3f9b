import type { Kind } from "../core/kind.ts";
import { type Address, type Change, kindOf, type Position, type Remark, type Risk } from "../core/model.ts";
import { columns, padded } from "./columns.ts";
import { changeRow, fieldRow, type Row, remarkRow, rowInBrief } from "./fields.ts";
import { hanging, paragraph, spread } from "./layout.ts";
import { printable, printableLines } from "./printable.ts";
import { layRows } from "./rows.ts";
import { paintOf, type Style } from "./style.ts";

export type Kinds = ReadonlyMap<string, Kind>;

/** Lines of a stack trace or of a server's words that are worth a screen. */
const faultLines = 5;

/** A change with everything about it: its fields, what is wrong with the resource, remarks and risks. */
export function changeBlock(
  change: Change,
  remarks: readonly Remark[],
  kinds: Kinds,
  style: Style,
): readonly string[] {
  const faults = change.action === "operate" ? change.live.health : [];
  const manner = mannerOf(change) + (faults.length > 0 && mannerOf(change) !== "" ? ":" : "");
  return [
    ...title(change, manner, style),
    ...faults.flatMap(({ path, message }) => faultBlock(path, message, faults.length > 1, style)),
    ...layRows([...rowsOf(change, kinds), ...remarks.map(remarkRow)], style),
    ...riskLines(change.risks, style),
  ];
}

/** What is worth saying of a resource that does not change. */
export function remarksBlock(address: Address, remarks: readonly Remark[], style: Style): readonly string[] {
  const position = remarks.find((it) => it.position)?.position;
  return [
    ...spread(`${style.symbols.unchanged} ${printable(address)}`, place(position), style),
    ...layRows(remarks.map(remarkRow), style),
  ];
}

/** A change on one line; undefined if there is more to say than a line holds. */
export function changeLine(
  change: Change,
  kinds: Kinds,
  addressWidth: number,
  style: Style,
): string | undefined {
  const rows = rowsOf(change, kinds);
  if (change.action === "delete" || change.risks.length > 0 || mannerOf(change) !== "") return undefined;
  if (rows.some((row) => row.type === "lines" || row.note !== "")) return undefined;
  const symbol = style.symbols[change.action];
  const name = padded(printable(change.address), addressWidth);
  const text = [name, rows.map(rowInBrief).join(", ")].join("  ").trimEnd();
  const taken = columns(symbol) + 1 + columns(text);
  if (taken > style.width) return undefined;
  // The name finds the place in the file where there is no room for it.
  const right = taken + columns(place(change.position)) + 2 <= style.width ? place(change.position) : "";
  return spread(`${paintOf(style, change.action)(symbol)} ${text}`, right, style).join("");
}

function riskLines(risks: readonly Risk[], style: Style): readonly string[] {
  return risks.flatMap(({ message }) => hanging("! ", printable(message), 2, style, style.warn));
}

/** `pipeline.yaml:18` */
export function place(position: Position | undefined): string {
  return position ? printable(`${position.file}:${position.line}`) : "";
}

function title(change: Change, manner: string, style: Style): readonly string[] {
  const { action, address, position } = change;
  const name = `${paintOf(style, action)(style.symbols[action])} ${style.strong(printable(address))}`;
  const right = place(position);
  if (manner === "") return spread(name, right, style);
  const both = `${name}  ${manner}`;
  if (columns(both) + columns(right) + 2 <= style.width) return spread(both, right, style);
  return [...spread(name, right, style), ...paragraph(manner, 4, style)];
}

function mannerOf(change: Change): string {
  switch (change.action) {
    case "create":
      return change.vanished ? "declared before, and gone from the cluster" : "";
    case "delete":
      return change.by === "removed" ? "as `removed:` asks" : "as `--prune` asks";
    case "update":
    case "replace":
    case "operate":
      return printable(change.manner ?? "");
  }
}

function rowsOf(change: Change, kinds: Kinds): readonly Row[] {
  const kind = kinds.get(kindOf(change.address));
  switch (change.action) {
    case "create":
      return (kind?.summary(change.desired.spec) ?? []).map((field) => fieldRow(field, kind));
    case "delete":
      return (kind?.summary(change.live.spec) ?? []).map((field) => fieldRow(field, kind));
    case "operate": {
      // What is wrong with a part, and what is done for it, stands above the rows.
      const ill = new Set(change.live.health.map(({ path }) => path.join(".")));
      return change.fields
        .filter(({ path }) => !ill.has(path.join(".")))
        .map((field) => changeRow(field, kind));
    }
    case "update":
    case "replace":
      return change.fields.map((field) => changeRow(field, kind));
  }
}

function faultBlock(
  path: readonly string[],
  message: string,
  isNamed: boolean,
  style: Style,
): readonly string[] {
  const lines = printableLines(message.trim());
  const hidden = lines.length - faultLines;
  const shown = hidden > 1 ? [...lines.slice(0, faultLines), `... ${hidden} more lines`] : lines;
  const name = isNamed && path.length > 0 ? `${printable(path.join(" "))}: ` : "";
  return shown.flatMap((line, at) => paragraph((at === 0 ? name : "") + line, 4, style, style.bad));
}
