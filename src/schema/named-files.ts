import { dirname, isAbsolute, join, normalize, sep } from "node:path";
import { matches } from "../core/claim.ts";
import { error } from "../core/errors.ts";
import type { Report, SourceFile } from "../core/kind.ts";
import type { Position } from "../core/model.ts";
import type { Files } from "./files.ts";
import { resolveParts, type Variables } from "./references.ts";
import { positionAt, readText } from "./source.ts";
import { type Part, parseTemplate, type Reference } from "./template.ts";

/** Reads what the pipeline names: never anything outside the folder of the file that names it. */
export interface NamedFiles {
  /** A file by a name relative to the file at `position`; undefined where it can't be read, which is reported. */
  read(name: string, position: Position, report: Report): SourceFile | undefined;
  /** The files that a name with `*` fits, in the order of their names. */
  readAll(name: string, position: Position, report: Report): readonly SourceFile[];
}

/** `seen` takes every text that is read, for excerpts. */
export function namedFiles(files: Files, variables: Variables, seen: Map<string, string>): NamedFiles {
  function read(name: string, position: Position, report: Report): SourceFile | undefined {
    const folder = dirname(position.file);
    const refusal = escapes(name) ?? leaves(files, folder, name);
    if (refusal !== undefined) {
      report(error("KP1008", `${name} ${refusal}`, { position }));
      return undefined;
    }
    const file = normalize(join(folder, name));
    const { text, diagnostics } = readText(files, file, { position });
    for (const it of diagnostics) report(it);
    if (text === undefined) return undefined;
    seen.set(file, text);
    return diagnostics.length > 0 ? undefined : withVariables(file, text, variables, report);
  }

  return {
    read,
    readAll(name, position, report) {
      if (!name.includes("*") || escapes(name) !== undefined) {
        const one = read(name, position, report);
        return one ? [one] : [];
      }
      const names = expand(files, dirname(position.file), name.split("/"));
      if (names.length === 0) report(error("KP1002", `no file fits ${name}`, { position }));
      return names.flatMap((it) => read(it, position, report) ?? []);
    },
  };
}

/** Why a name leads out of the folder that it is relative to, as the end of a sentence. */
function escapes(name: string): string | undefined {
  if (isAbsolute(name) || /^([A-Za-z]:|\\)/.test(name)) return "is an absolute path";
  const [first] = normalize(name).split(sep);
  return first === ".." ? "leads out of the folder of this file" : undefined;
}

/** Links are followed only within the folder: what a file names may come from somebody else's change. */
function leaves(files: Files, folder: string, name: string): string | undefined {
  try {
    const inside = files.real(folder);
    const real = files.real(join(folder, name));
    const prefix = inside.endsWith(sep) ? inside : `${inside}${sep}`;
    return real.startsWith(prefix) ? undefined : "is a link that leads out of the folder of this file";
  } catch {
    // Nothing is there: reading it says so.
    return undefined;
  }
}

/** Names under a folder that fit a path with `*` in its segments. */
function expand(files: Files, folder: string, [segment, ...rest]: readonly string[]): readonly string[] {
  if (segment === undefined) return [];
  const fitting = segment.includes("*")
    ? (files.list(folder) ?? []).filter((name) => !name.startsWith(".") && matches(segment, name)).toSorted()
    : [segment];
  if (rest.length === 0) return fitting.filter((name) => files.list(join(folder, name)) === undefined);
  return fitting.flatMap((name) => expand(files, join(folder, name), rest).map((it) => join(name, it)));
}

function withVariables(file: string, text: string, variables: Variables, report: Report): SourceFile {
  const template = parseTemplate(text);
  if (template === undefined) {
    return { file, text, locate: (offset, length) => positionAt(file, text, offset, length) };
  }
  const starts = startsOf(template, text);
  const place = (reference: Reference): Position =>
    positionAt(file, text, starts[template.indexOf(reference)] ?? 0, reference.written.length);
  const pieces = resolveParts(template, variables, place, report);
  return {
    file,
    text: pieces.join(""),
    locate(offset, length) {
      let [from, at] = [0, 0];
      while (at < pieces.length - 1 && from + (pieces[at] ?? "").length <= offset) {
        from += (pieces[at] ?? "").length;
        at += 1;
      }
      // Within what a variable gave there is no place but the variable's.
      const within = typeof template[at] === "string" ? offset - from : 0;
      return positionAt(file, text, (starts[at] ?? 0) + within, length);
    },
  };
}

/** Where each part of a template begins in its text; an escaped `$${` is a part that lacks its first character. */
function startsOf(template: readonly Part[], text: string): readonly number[] {
  let from = 0;
  return template.map((part) => {
    const written = typeof part === "string" ? part : part.written;
    const start = text.startsWith(written, from) ? from : from + 1;
    from = start + written.length;
    return start;
  });
}
