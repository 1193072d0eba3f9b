import type { Field, Kind } from "../core/kind.ts";
import type { FieldChange, Remark, Value } from "../core/model.ts";
import { Secret } from "../core/secret.ts";
import { printable } from "./printable.ts";
import { withoutSecrets } from "./secrecy.ts";

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
  const raw = rawText(path, value, undefined, kind);
  return raw.includes("\n")
    ? { type: "lines", label, before: raw, after: raw, note: "" }
    : { type: "text", label, text: shown(raw), note: "" };
}

/** A field that differs. */
export function changeRow(field: FieldChange, kind: Kind | undefined): Row {
  const { path } = field;
  const label = labelOf(path);
  const note = noteOf(field);
  const before = field.before === undefined ? undefined : rawText(path, field.before, field.after, kind);
  const after = field.after === undefined ? undefined : rawText(path, field.after, field.before, kind);
  if (before === undefined && after === undefined) return { type: "text", label, text: note, note: "" };
  // Equal as far as they may be shown: what differs is secret.
  if (before === after) return { type: "text", label, text: `${shownOrUnset(after)}, changed`, note };
  if (before?.includes("\n") || after?.includes("\n")) return { type: "lines", label, before, after, note };
  return { type: "change", label, before: shownOrUnset(before), after: shownOrUnset(after), note };
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

function rawText(
  path: readonly string[],
  value: Value,
  counterpart: Value | undefined,
  kind: Kind | undefined,
): string {
  const bare = withoutSecrets(value, counterpart);
  if (value instanceof Secret || counterpart instanceof Secret) return String(bare);
  const text = kind?.show(path, bare) ?? (typeof bare === "string" ? bare : JSON.stringify(bare));
  return text.replace(/\n+$/, "");
}

function shownOrUnset(raw: string | undefined): string {
  return raw === undefined ? unset : shown(raw);
}

/** Blanks at the ends can't be seen without quotes. */
function shown(raw: string): string {
  return raw === raw.trim() && raw !== "" ? printable(raw) : `"${printable(raw)}"`;
}
