import { passwordsIn } from "../core/url-passwords.ts";

/** A key, and what stands between it and the value. */
const anyKey = /(?<![\w.-])["']?[\w.-]+["']?\s*:(?:\s+|$)/g;

/** A key whose value is likely secret, misspelt or not. */
const secretKey = /pass|pwd|secret|token|credential|jaas|(?:api|private|access|shared|account)[._-]?key/i;

/** Nobody reads an excerpt of a longer line, and what follows must not meet one. */
const LONGEST = 10_000;

const reference = /^(["']?)\$\{[^{}]*\}\1(?=\s|,|\}|$)/;

/**
 * Lines of a file with stars for every character of what is likely a secret in clear text, so that columns
 * stay as they are. Nothing is parsed: the file may be broken, and this is its excerpt.
 */
export function masked(lines: readonly string[]): readonly string[] {
  // Deeper lines than this one go on with its value: a block of text, or a quote that is not closed.
  let hidden: number | undefined;
  return lines.map((line) => {
    const indent = line.search(/\S/);
    if (hidden !== undefined && (indent < 0 || indent > hidden)) return stars(line);
    hidden = undefined;
    const { text, open } = maskedLine(line);
    if (open) hidden = indent;
    return text;
  });
}

function maskedLine(line: string): { readonly text: string; readonly open: boolean } {
  if (line.length > LONGEST) return { text: stars(line), open: false };
  const found = [...line.matchAll(anyKey)].find(([key]) => secretKey.test(key));
  if (found === undefined) return { text: withoutCredentials(line), open: false };
  const start = line.slice(0, found.index + found[0].length);
  const value = line.slice(start.length);
  // A map or nothing: its own keys say what is secret in it.
  const isMap = value === "" || (/token["']?\s*:\s*$/i.test(start) && value.startsWith("{"));
  const length = isMap ? 0 : secretLength(value, line.slice(0, found.index).includes("{"));
  const rest = maskedLine(value.slice(length));
  const open = !isMap && (/^[|>]/.test(value) || /^(["'])(?!.*\1)/.test(value));
  const shown = reference.test(value) ? value.slice(0, length) : stars(value.slice(0, length));
  return { text: withoutCredentials(start) + shown + rest.text, open: open || rest.open };
}

/** How far the value goes; to the end of the line where that is in doubt. */
function secretLength(value: string, inMap: boolean): number {
  const ends = reference.exec(value) ?? /^(["']).*?\1(?=\s*(?:[,}]|$))/.exec(value);
  if (ends) return ends[0].length;
  return inMap && !/^[[{"']/.test(value) ? (/^[^,}]*/.exec(value)?.[0].length ?? 0) : value.length;
}

function withoutCredentials(text: string): string {
  return passwordsIn(text, "quoted").reduce(
    (rest, { part, at }) => rest.slice(0, at) + stars(part) + rest.slice(at + part.length),
    text,
  );
}

function stars(text: string): string {
  return text.replaceAll(/\S/g, "*");
}
