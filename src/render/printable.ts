// Control and format characters (terminal escapes, bidi overrides, zero widths), lone surrogates, line
// separators, and blanks that look like a space and are none.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const harmless = /^[\x20-\x7e]*$/;
const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Text of a file or a server as one line that is safe on a terminal: what can't be seen, or would move the
 * cursor, shows as `\x1b`, `\n` or `\u202e`. Everything foreign goes through here or `printableLines`.
 */
export function printable(text: string): string {
  return harmless.test(text) ? text : text.replace(unprintable, escaped);
}

/** The same for text that is laid out as lines: newlines part it, tabs become four blanks. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => printable(line.replaceAll("\t", "    ")));
}

function escaped(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  if (code.length <= 2) return `\\x${code.padStart(2, "0")}`;
  return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\u{${code}}`;
}
