import { Secret } from "../../core/secret.ts";

// Within strings newlines are escaped already; outside of them they are the layout.
const invisible = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const harmless = /^[\x20-\x7e\n]*$/;

/** One document: sorted keys, indented, with a newline at its end. Equal values give equal bytes. */
export function jsonDocument(value: unknown): string {
  return `${canonicalJson(value, 2)}\n`;
}

/** The same on one line, for a stream of JSON lines. */
export function jsonLine(value: unknown): string {
  return `${canonicalJson(value, 0)}\n`;
}

/** Characters that can't be seen are escaped: safe on a terminal, and parsing gives them back. */
function canonicalJson(value: unknown, indent: number): string {
  const text = JSON.stringify(sorted(value), null, indent);
  return harmless.test(text) ? text : text.replace(invisible, escaped);
}

function sorted(value: unknown): unknown {
  if (value instanceof Secret) return value.toString();
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, it]) => [key, sorted(it)]));
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
