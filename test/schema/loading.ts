import { dirname, join, normalize } from "node:path";
import { errorTable } from "../../src/core/error-table.ts";
import type { Diagnostic } from "../../src/core/errors.ts";
import type { Sources } from "../../src/core/pipeline.ts";
import { type Files, type Loaded, type LoadRequest, load } from "../../src/schema/index.ts";
import { testKinds } from "./kinds.ts";

/** Files in memory, by their paths. A value that starts with `->` is a link. */
function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): Files {
  const files = new Map(Object.entries(contents).map(([path, content]) => [normalize(path), content]));
  const folders = new Set([...files.keys()].flatMap(parents));

  function real(path: string): string {
    const content = files.get(normalize(path));
    if (typeof content === "string" && content.startsWith("->")) return join("/root", content.slice(2));
    if (content === undefined && !folders.has(normalize(path))) throw failure("ENOENT");
    return join("/root", path);
  }

  return {
    read(path) {
      const content = files.get(normalize(path));
      if (content === undefined) throw failure(folders.has(normalize(path)) ? "EISDIR" : "ENOENT");
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    list(path) {
      const folder = normalize(path);
      if (!folders.has(folder)) return undefined;
      const below = [...files.keys(), ...folders].filter((it) => dirname(it) === folder && it !== folder);
      return below.map((it) => it.slice(folder === "." ? 0 : folder.length + 1));
    },
    real,
  };
}

function parents(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...parents(parent)];
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Loads files from memory, by default all that lie at the top. */
export function loaded(
  contents: Readonly<Record<string, string | Uint8Array>>,
  request: Partial<LoadRequest> = {},
): Loaded {
  return load({
    paths: Object.keys(contents).filter((it) => /^[^/]+\.ya?ml$/.test(it)),
    vars: new Map(),
    environment: {},
    mode: "live",
    files: memoryFiles(contents),
    kinds: testKinds,
    ...request,
  });
}

export const head = "apiVersion: kpipe.dev/v1\nkind: Pipeline\nmetadata: { name: test }\n";

/** Loads one file with the usual head before it. */
export function loadBody(body: string, request: Partial<LoadRequest> = {}): Loaded {
  return loaded({ "pipeline.yaml": head + body }, request);
}

/** Each diagnostic as `file:line:column CODE [what the caret underlines] message`, and its own advice. */
export function lines({ diagnostics, sources }: Pick<Loaded, "diagnostics" | "sources">): readonly string[] {
  return diagnostics.flatMap((it) => {
    const place = it.position ? `${it.position.file}:${it.position.line}:${it.position.column} ` : "";
    const severity = it.severity === "error" ? "" : `${it.severity} `;
    const line = `${place}${severity}${it.code} [${underlined(it, sources)}] ${it.message}`;
    return it.next === errorTable[it.code].next ? [line] : [line, `    ${it.next}`];
  });
}

function underlined({ position }: Diagnostic, sources: Sources): string {
  if (!position) return "";
  const line = sources.get(position.file)?.split(/\r?\n/)[position.line - 1] ?? "";
  return line.slice(position.column - 1, position.column - 1 + position.length);
}
