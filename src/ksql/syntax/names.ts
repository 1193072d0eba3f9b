import { needsQuotes } from "./keywords.ts";

/** A name as it has to be written to be read back: in back quotes only if it needs them. */
export function printName(name: string): string {
  if (/^\$\{[A-Za-z_][A-Za-z0-9_@]*\}$/.test(name)) return name;
  return needsQuotes(name) ? `\`${name.replaceAll("`", "``")}\`` : name;
}

/** A text in single quotes. */
export function printText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
