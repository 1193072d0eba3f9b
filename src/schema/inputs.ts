import { basename, dirname, extname, join, normalize } from "node:path";
import { type Diagnostic, error } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { Files } from "./files.ts";

/** The files of a pipeline, and those that the chosen environment lays over them. */
export interface Inputs {
  readonly files: readonly string[];
  readonly overlays: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Files are taken as named; a directory stands for its `*.yaml` and `*.yml` in the order of their names, not
 * for what lies deeper. The overlay NAME of `pipeline.yaml` is `pipeline.NAME.yaml` beside it; in a
 * directory, a file so named beside the one that it would overlay is nothing but that overlay.
 */
export function findInputs(paths: readonly string[], env: string | undefined, files: Files): Inputs {
  if (paths.length === 0)
    return { files: [], overlays: [], diagnostics: [error("KP1002", "no file is named")] };
  const found = paths.map((path) => inPath(path, files));
  const bases = [...new Set(found.flatMap(({ names }) => names).map(normalize))];
  const diagnostics = found.flatMap((it) => it.diagnostics);
  if (env === undefined) return { files: bases, overlays: [], diagnostics };
  const overlays = bases.flatMap((base) => overlaysOf(base, files).get(env) ?? []);
  const missing = overlays.length === 0 && diagnostics.length === 0 ? [noOverlay(env, bases, files)] : [];
  return { files: bases, overlays, diagnostics: [...diagnostics, ...missing] };
}

function inPath(
  path: string,
  files: Files,
): { readonly names: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  const listed = files.list(path);
  if (listed === undefined) return { names: [path], diagnostics: [] };
  const yaml = listed.filter(isYaml).toSorted();
  if (yaml.length === 0) {
    return { names: [], diagnostics: [error("KP1002", `${path} holds no .yaml or .yml file`)] };
  }
  const overlays = new Set(yaml.flatMap((name) => [...overlaysAmong(name, yaml).values()]));
  return {
    names: yaml.filter((name) => !overlays.has(name)).map((name) => join(path, name)),
    diagnostics: [],
  };
}

function isYaml(name: string): boolean {
  return !name.startsWith(".") && /\.ya?ml$/.test(name);
}

/** The overlays of a file by the names of their environments. */
function overlaysOf(file: string, files: Files): ReadonlyMap<string, string> {
  const folder = dirname(file);
  const found = overlaysAmong(basename(file), (files.list(folder) ?? []).filter(isYaml).toSorted());
  return new Map([...found].map(([env, name]) => [env, join(folder, name)]));
}

function overlaysAmong(base: string, names: readonly string[]): ReadonlyMap<string, string> {
  const prefix = `${stem(base)}.`;
  return new Map(
    names.flatMap((name): [string, string][] => {
      const env = stem(name).slice(prefix.length);
      return stem(name).startsWith(prefix) && /^[\w-]+$/.test(env) ? [[env, name]] : [];
    }),
  );
}

function stem(name: string): string {
  return name.slice(0, name.length - extname(name).length);
}

function noOverlay(env: string, bases: readonly string[], files: Files): Diagnostic {
  const wanted = bases.map((base) => join(dirname(base), `${stem(basename(base))}.${env}${extname(base)}`));
  const known = [...new Set(bases.flatMap((base) => [...overlaysOf(base, files).keys()]))];
  const near = nearest(env, known);
  const next =
    near !== undefined
      ? `Did you mean --env ${near}?`
      : known.length > 0
        ? `There is --env ${known.join(", --env ")}.`
        : undefined;
  const looked = wanted.length > 3 ? [...wanted.slice(0, 3), "the like"] : wanted;
  return error("KP1006", `--env ${env} looks for ${looked.join(" or ")}, and it does not exist`, { next });
}
