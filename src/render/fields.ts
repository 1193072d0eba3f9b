import type { Field, Kind } from "../core/kind.ts";
import type { FieldChange, Remark, Value } from "../core/model.ts";
import { Secret } from "../core/secret.ts";
import { printable } from "./printable.ts";
import { secretText, withoutSecrets } from "./secrecy.ts";

/** One labelled piece of a change, as text that is not laid out yet. */
export type Row =
  | { readonly type: "text"; readonly label: string; readonly text: string; readonly note: string }
  | {
      readonly type: "change";
      readonly label: string;
      readonly before: string;
      readonly after: string;
      readonly note: string;
    }
  /** At least one side has several lines; undefined: not set. Raw: lines are made printable when compared. */
  | {
      readonly type: "lines";
      readonly label: string;
      readonly before: string | undefined;
      readonly after: string | undefined;
      readonly note: string;
    };

const unset = "(unset)";

/** A field that a create sets, or a delete loses. */
export function fieldRow({ path, value }: Field, kind: Kind | undefined): Row {
  const label = labelOf(path);
  if (value instanceof Secret) return { type: "text", label, text: secretText, note: "" };
  const raw = rawText(path, withoutSecrets(value), kind);
  return raw.includes("\n")
    ? { type: "lines", label, before: raw, after: raw, note: "" }
    : { type: "text", label, text: shown(raw), note: "" };
}

/** A field that differs; undefined where nothing can be said but the reason. */
export function changeRow(field: FieldChange, kind: Kind | undefined): Row {
  const { path, before, after } = field;
  const label = labelOf(path);
  const note = noteOf(field);
  if (before instanceof Secret || after instanceof Secret) {
    if (before !== undefined && after !== undefined)
      return { type: "text", label, text: `${secretText}, changed`, note };
    const side = (value: Value | undefined) => (value === undefined ? unset : secretText);
    return { type: "change", label, before: side(before), after: side(after), note };
  }
  const [from, to] = [textOf(path, before, after, kind), textOf(path, after, before, kind)];
  if (from === undefined && to === undefined) return { type: "text", label, text: note, note: "" };
  if (from?.includes("\n") || to?.includes("\n"))
    return { type: "lines", label, before: from, after: to, note };
  return { type: "change", label, before: shownOrUnset(from), after: shownOrUnset(to), note };
}

export function remarkRow({ path, message }: Remark): Row {
  return { type: "text", label: labelOf(path), text: printable(message), note: "" };
}

/** `retention.ms` for `config`, `retention.ms`: what a user calls a field. */
export function labelOf(path: readonly string[]): string {
  return printable((path[0] === "config" && path.length > 1 ? path.slice(1) : path).join("."));
}

/** A field change on one line, wherever it has to be short: `partitions 3 -> 6`. */
export function rowInBrief(row: Row): string {
  switch (row.type) {
    case "text":
      return `${row.label} ${row.text}`.trim();
    case "change":
      return `${row.label} ${row.before} -> ${row.after}`;
    case "lines":
      return `${row.label} changed`;
  }
}

function noteOf({ effect, reason }: FieldChange): string {
  const why = printable(reason ?? "");
  switch (effect) {
    case "replace":
      return why === "" ? "this replaces it" : `this replaces it: ${why}`;
    case "refuse":
      return why === "" ? "no server can do this" : `no server can do this: ${why}`;
    case "update":
    case "operate":
      return why;
  }
}

function textOf(
  path: readonly string[],
  value: Value | undefined,
  counterpart: Value | undefined,
  kind: Kind | undefined,
): string | undefined {
  return value === undefined ? undefined : rawText(path, withoutSecrets(value, counterpart), kind);
}

function rawText(path: readonly string[], value: Value, kind: Kind | undefined): string {
  const text = kind?.show(path, value) ?? (typeof value === "string" ? value : JSON.stringify(value));
  return text.replace(/\n+$/, "");
}

function shownOrUnset(raw: string | undefined): string {
  return raw === undefined ? unset : shown(raw);
}

/** Blanks at the ends can't be seen without quotes. */
function shown(raw: string): string {
  return raw === raw.trim() && raw !== "" ? printable(raw) : `"${printable(raw)}"`;
}
