import { parseEnv } from "node:util";
import { type Diagnostic, type ErrorCode, error } from "../core/errors.ts";
import type { Kind, Report } from "../core/kind.ts";
import type { Position } from "../core/model.ts";
import type { Pipeline, Sources } from "../core/pipeline.ts";
import { assemble } from "./assemble.ts";
import { documentSchema, sectionsOf } from "./document-schema.ts";
import { type Environment, environmentOf } from "./environment.ts";
import type { Files } from "./files.ts";
import { findInputs } from "./inputs.ts";
import { overlay, union } from "./merge.ts";
import { namedFiles } from "./named-files.ts";
import { isNull, type MapNode, mapNode } from "./node.ts";
import { shapeOf } from "./shape.ts";
import { readText } from "./source.ts";
import { parseYaml } from "./yaml.ts";

export interface LoadRequest {
  /** Files, and directories that stand for the YAML files in them. */
  readonly paths: readonly string[];
  /** The overlay NAME: `pipeline.NAME.yaml` beside `pipeline.yaml`. */
  readonly env?: string | undefined;
  /** A file of NAME=VALUE lines for `${env.NAME}`; what `environment` has wins. */
  readonly envFile?: string | undefined;
  /** For `${var.NAME}`. */
  readonly vars: ReadonlyMap<string, string>;
  /** For `${env.NAME}`: the process's own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** live: a variable of the environment that is not set is an error; offline: a secret without a value. */
  readonly mode: "live" | "offline";
  readonly files: Files;
  readonly kinds: readonly Kind[];
}

export interface Loaded {
  /** Undefined if any of the diagnostics is an error. */
  readonly pipeline: Pipeline | undefined;
  /** By file, line and column, each once. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
}

/** Reads a pipeline. Whatever is wrong with it is a located diagnostic; it never throws for its content. */
export function load(request: LoadRequest): Loaded {
  const sources = new Map<string, string>();
  const found: Diagnostic[] = [];
  const merged = readAll(request, sources, (it) => found.push(it));
  const broken = found.some(({ code }) => breaking.has(code));
  const pipeline = merged && !broken ? build(merged, request, sources, (it) => found.push(it)) : undefined;
  const diagnostics = inOrder(found, [...sources.keys()]);
  const failed = diagnostics.some(({ severity }) => severity === "error");
  return { pipeline: failed ? undefined : pipeline, diagnostics, sources };
}

/** After these something is missing, and the rest would show faults that are none. */
const breaking: ReadonlySet<ErrorCode> = new Set(["KP1001", "KP1002", "KP1004", "KP1005", "KP1006"]);

interface Merged {
  readonly base: MapNode;
  readonly over: MapNode | undefined;
  readonly environment: Environment;
}

function readAll(request: LoadRequest, sources: Map<string, string>, report: Report): Merged | undefined {
  const inputs = findInputs(request.paths, request.env, request.files);
  for (const it of inputs.diagnostics) report(it);
  const bases = inputs.files.flatMap((file) => {
    const root = parseFile(file, request, sources, report);
    if (root === "empty") report(error("KP1004", `${file} holds no pipeline`, { position: startOf(file) }));
    return typeof root === "object" ? [root] : [];
  });
  const overlays = inputs.overlays.flatMap((file) => {
    const root = parseFile(file, request, sources, report);
    return typeof root === "object" ? [root] : [];
  });
  const [base, over] = [union(bases, report), union(overlays, report)];
  const environment = readEnvironment(request, report);
  return base && { base, over, environment };
}

function build(
  { base, over, environment }: Merged,
  { kinds, files, vars: variables }: LoadRequest,
  sources: Map<string, string>,
  report: Report,
): Pipeline | undefined {
  const shape = shapeOf(documentSchema(kinds));
  return assemble(over ? overlay(base, over, shape, report) : base, {
    kinds,
    shape,
    sections: sectionsOf(kinds),
    variables,
    environment,
    files: namedFiles(files, variables, sources),
    report,
  });
}

function readEnvironment({ environment, envFile, files, mode }: LoadRequest, report: Report): Environment {
  if (envFile === undefined) return environmentOf([environment], mode, files);
  const { text, diagnostics } = readText(files, envFile);
  // Its content is secret: no excerpt of it is ever shown.
  for (const { code, message, next } of diagnostics) report(error(code, `--env-file: ${message}`, { next }));
  return environmentOf([environment, parseEnv(text ?? "")], mode, files);
}

/** The top-level map of a file without the keys that only hold anchors; undefined where it is broken. */
function parseFile(
  file: string,
  { files, vars }: LoadRequest,
  sources: Map<string, string>,
  report: Report,
): MapNode | "empty" | undefined {
  const next = "Name it with -f, or let `kpipe init` make one.";
  const { text, diagnostics } = readText(files, file, { next });
  if (text !== undefined) sources.set(file, text);
  for (const it of diagnostics) report(it);
  if (text === undefined || diagnostics.length > 0) return undefined;
  const root = parseYaml(file, text, vars, report);
  if (!root) return undefined;
  if (root.type === "map") {
    return mapNode(new Map([...root.entries].filter(([key]) => !key.startsWith("x-"))), root.position);
  }
  if (isNull(root)) return "empty";
  const what = root.type === "list" ? "a list" : "a single value";
  report(error("KP1102", `expected a map at the top of the file, got ${what}`, { position: startOf(file) }));
  return undefined;
}

function startOf(file: string): Position {
  return { file, line: 1, column: 1, length: 1 };
}

/** By place, those without one first; what several paths found is said once. */
function inOrder(diagnostics: readonly Diagnostic[], files: readonly string[]): readonly Diagnostic[] {
  const rank = ({ position }: Diagnostic) =>
    position ? [files.indexOf(position.file) + 1, position.line, position.column] : [0, 0, 0];
  const unique = new Map(diagnostics.map((it) => [JSON.stringify([it.code, it.message, it.position]), it]));
  return [...unique.values()]
    .map((it) => ({ it, rank: rank(it) }))
    .toSorted((left, right) => compare(left.rank, right.rank))
    .map(({ it }) => it);
}

function compare(left: readonly number[], right: readonly number[]): number {
  return left.reduce((order, value, index) => order || value - (right[index] ?? 0), 0);
}
