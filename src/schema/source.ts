import { NO_REGULAR_FILE } from "../core/bounded-file.ts";
import { type Diagnostic, error } from "../core/errors.ts";
import type { Position } from "../core/model.ts";
import { type Files, maxBytes } from "./files.ts";

/** Everything but tab, line feed and carriage return that YAML calls not printable (YAML 1.2.2, 5.1). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

export interface Read {
  /** Without a byte order mark; what can't be shown is replaced. Undefined: not readable at all. */
  readonly text: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

interface Naming {
  /** What names the file, for the fault of its not being there. */
  readonly position?: Position;
  /** What to do if it is not there. */
  readonly next?: string;
}

/** Reads a file as UTF-8 text. */
export function readText(files: Files, file: string, naming: Naming = {}): Read {
  const bytes = readBytes(files, file);
  if (typeof bytes === "string") {
    return { text: undefined, diagnostics: [error("KP1002", `${file} ${bytes}`, naming)] };
  }
  if (bytes.length > maxBytes) {
    const message = `${file} has more than ${maxBytes} bytes`;
    return { text: undefined, diagnostics: [error("KP1005", message, { ...naming, next: undefined })] };
  }
  return decode(file, bytes);
}

/** The bytes, or why there are none, as the end of a sentence that begins with the file. */
function readBytes(files: Files, file: string): Uint8Array | string {
  try {
    return files.read(file);
  } catch (cause) {
    return reason(cause);
  }
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "does not exist";
    case "EISDIR":
      return "is a directory";
    case NO_REGULAR_FILE:
      return "is no regular file";
    case "EACCES":
    case "EPERM":
      return "is not readable for this user";
    default:
      return `can't be read${typeof code === "string" ? ` (${code})` : ""}`;
  }
}

function decode(file: string, bytes: Uint8Array): Read {
  const text = new TextDecoder().decode(bytes);
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { text: printable(text), diagnostics: [notUtf8(file, bytes)] };
  }
  const found = unprintable.exec(text);
  if (!found) return { text, diagnostics: [] };
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  const message = `the control character U+${code} can't stand in a text file`;
  const position = positionAt(file, text, found.index);
  return {
    text: printable(text),
    diagnostics: [
      error("KP1002", message, { position, next: "Remove it, or write it as an escape in double quotes." }),
    ],
  };
}

function printable(text: string): string {
  return text.replaceAll(new RegExp(unprintable, "g"), "\ufffd");
}

function notUtf8(file: string, bytes: Uint8Array): Diagnostic {
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const before = new TextDecoder().decode(bytes.subarray(0, validPrefix(bytes)), { stream: true });
  return error("KP1002", utf16 ? "this is UTF-16" : "not UTF-8 from here on", {
    position: positionAt(file, before, before.length),
    next: "Save the file as UTF-8.",
  });
}

/** How many bytes from the start are whole UTF-8 characters. */
function validPrefix(bytes: Uint8Array): number {
  let [valid, invalid] = [0, bytes.length + 1];
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    // A stream may end within a character; only what can't become one fails.
    const decoder = new TextDecoder("utf-8", { fatal: true });
    try {
      decoder.decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      invalid = middle;
    }
  }
  return valid;
}

/** The place of an offset in a text. */
export function positionAt(file: string, text: string, offset: number, length = 1): Position {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(0, lineStart).split("\n").length;
  return { file, line, column: offset - lineStart + 1, length };
}
