import { error } from "../core/errors.ts";
import type { Report } from "../core/kind.ts";
import type { Position } from "../core/model.ts";
import { isNull, type MapNode, mapNode, type Pair, type Path } from "./node.ts";
import { allows, type Shape, step } from "./shape.ts";

/** Joins the files of one pipeline; a key that stands in two of them is a fault that names both places. */
export function union(files: readonly MapNode[], report: Report): MapNode | undefined {
  const [first, ...others] = files;
  return first && others.reduce((left, right) => unite(left, right, [], report), first);
}

function unite(left: MapNode, right: MapNode, path: Path, report: Report): MapNode {
  const entries = new Map(left.entries);
  for (const [key, pair] of right.entries) {
    const before = left.entries.get(key);
    const here = [...path, key];
    if (!before || (path.length === 0 && isNull(before.value))) entries.set(key, pair);
    else if (path.length === 0 && isNull(pair.value)) continue;
    else if (isShared(here) && before.value.type === "map" && pair.value.type === "map") {
      entries.set(key, { ...before, value: unite(before.value, pair.value, here, report) });
    } else if (!repeats(here, before, pair)) {
      const { file, line } = before.position;
      report(error("KP1003", `\`${key}\` stands in ${file}:${line} already`, { position: pair.position }));
    }
  }
  return mapNode(entries, left.position);
}

/** Maps to which every file may add keys: the top-level ones, and the two that lie deeper. */
function isShared(path: Path): boolean {
  return path.length === 1 || ["claim.protect", "policies.deletes"].includes(path.join("."));
}

/** What identifies the pipeline may stand in every file, as long as it is the same. */
function repeats([top = ""]: Path, { value: left }: Pair, { value: right }: Pair): boolean {
  if (!["apiVersion", "kind", "metadata"].includes(top)) return false;
  return left.type === "scalar" && right.type === "scalar" && left.text === right.text;
}

interface Manner {
  /** What becomes of a null for a key that there is nothing to remove from; undefined: nothing. */
  absent(key: string, pair: Pair): Pair | undefined;
  /** Whether null removes what the schema says is this. */
  removes(below: Shape): boolean;
  /** Which of two keys of merged maps a diagnostic points to. */
  keyOf(below: Pair, above: Pair): Position;
}

/** Levels at which null always removes: sections and their entries. Below, the schema may give it a meaning. */
const entryLevel = 2;

/** Lays an overlay over the pipeline: maps merge, scalars and lists replace, null removes. */
export function overlay(base: MapNode, over: MapNode, shape: Shape, report: Report): MapNode {
  return lay(base, over, shape, 1, {
    absent(key, { position }) {
      report(error("KP1007", `\`${key}\` isn't declared in what this overlays`, { position }));
      return undefined;
    },
    removes: () => true,
    keyOf: (below) => below.position,
  });
}

/** Lays an entry over the defaults of its section; a null without a default is for the schema to judge. */
export function withDefaults(defaults: MapNode, entry: MapNode, shape: Shape): MapNode {
  return lay(defaults, entry, shape, entryLevel + 1, {
    absent: (_, pair) => pair,
    // A map with nothing in it, such as one whose keys are commented out, says nothing.
    removes: (below) => !allows(below, "object"),
    keyOf: (_, above) => above.position,
  });
}

function lay(base: MapNode, over: MapNode, shape: Shape, level: number, manner: Manner): MapNode {
  const entries = new Map(base.entries);
  for (const [key, pair] of over.entries) {
    const below = step(shape, key);
    const before = base.entries.get(key);
    const { value } = pair;
    if (isNull(value) && !(level > entryLevel && isValue(below))) {
      const kept = before ? undefined : manner.absent(key, pair);
      if (kept) entries.set(key, kept);
      else if (manner.removes(below)) entries.delete(key);
    } else if (value.type === "map") {
      const under = before?.value.type === "map" ? before.value : mapNode(new Map(), value.position);
      const position = before ? manner.keyOf(before, pair) : pair.position;
      entries.set(key, { position, value: lay(under, value, below, level + 1, manner) });
    } else entries.set(key, pair);
  }
  return mapNode(entries, base.position);
}

/** Whether null is a value of its own there, and no empty map. */
function isValue(shape: Shape): boolean {
  return allows(shape, "null") && !allows(shape, "object");
}
