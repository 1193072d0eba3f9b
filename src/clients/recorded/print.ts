import type { Recording } from "./document.ts";

const width = 100;

/**
 * The document's text: keys sorted, short and flat values on one line. Equal recordings are equal bytes,
 * and a changed partition is one line of a diff.
 */
export function printRecording(recording: Recording): string {
  return `${print(recording, "")}\n`;
}

function print(value: unknown, indent: string): string {
  if (!isObject(value)) return JSON.stringify(value);
  const flat = isFlat(value) ? printFlat(value) : undefined;
  if (flat !== undefined && indent.length + flat.length <= width) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => inner + print(item, inner)).join(",\n")}\n${indent}]`;
  const lines = sortedEntries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, inner)}`,
  );
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

function printFlat(value: object): string {
  if (Array.isArray(value)) return `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
  const entries = sortedEntries(value);
  if (entries.length === 0) return "{}";
  const parts = entries.map(
    ([key, item]) => `${JSON.stringify(key)}: ${isObject(item) ? printFlat(item) : JSON.stringify(item)}`,
  );
  return `{ ${parts.join(", ")} }`;
}

/** Scalars, lists of scalars, and maps of these. */
function isFlat(value: object): boolean {
  if (Array.isArray(value)) return !value.some(isObject);
  return Object.values(value).every((item) => !isObject(item) || (Array.isArray(item) && isFlat(item)));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function sortedEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}
