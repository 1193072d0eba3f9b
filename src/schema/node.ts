import type { Position, Value } from "../core/model.ts";
import { Secret } from "../core/secret.ts";
import type { Part } from "./template.ts";

/** A value of the file with its place. Aliases share nodes, so it is a graph without cycles. */
export type Node = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly type: "scalar";
  /** As YAML's core schema reads it; a number that would lose digits stays text. */
  readonly value: string | number | boolean | null | Secret;
  /** As written, without quotes. */
  readonly text: string;
  /** As it stands in the file, with quotes, escapes and indentation. */
  readonly written?: string;
  /** The text in parts, while it holds references that are not resolved yet. */
  readonly template?: readonly Part[];
  readonly position: Position;
}

export interface ListNode {
  readonly type: "list";
  readonly items: readonly Node[];
  /** Whether anything in it holds references. */
  readonly templated: boolean;
  readonly position: Position;
}

export interface MapNode {
  readonly type: "map";
  readonly entries: Entries;
  readonly templated: boolean;
  readonly position: Position;
}

export type Entries = ReadonlyMap<string, Pair>;

export interface Pair {
  /** Where the key stands. */
  readonly position: Position;
  readonly value: Node;
}

export type Path = readonly string[];

export function mapNode(entries: Entries, position: Position): MapNode {
  const templated = [...entries.values()].some(({ value }) => isTemplated(value));
  return { type: "map", entries, templated, position };
}

export function listNode(items: readonly Node[], position: Position): ListNode {
  return { type: "list", items, templated: items.some(isTemplated), position };
}

export function isTemplated(node: Node): boolean {
  return node.type === "scalar" ? node.template !== undefined : node.templated;
}

export function isNull(node: Node): boolean {
  return node.type === "scalar" && node.value === null && node.template === undefined;
}

/** The value under a key of a map, or at an index of a list. */
export function child(node: Node, key: string): Node | undefined {
  switch (node.type) {
    case "map":
      return node.entries.get(key)?.value;
    case "list":
      return node.items[Number(key)];
    case "scalar":
      return undefined;
  }
}

export function at(root: Node, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((node, key) => node && child(node, key), root);
}

/** The pairs of a map at a path; none where there is no map. */
export function entriesAt(root: Node, path: Path): Entries {
  const node = at(root, path);
  return node?.type === "map" ? node.entries : new Map();
}

/**
 * Where the key or the value at a path stands. A map or a list has no place that a caret could underline,
 * so its key stands for it; what the file doesn't have stands at the nearest enclosing key.
 */
export function locate(
  root: Node,
  path: Path,
  part: "key" | "value" = "value",
  outer = root.position,
): Position {
  const [key, ...rest] = path;
  if (key === undefined) return part === "value" && root.type === "scalar" ? root.position : outer;
  const next = child(root, key);
  if (next === undefined) return outer;
  const position = root.type === "map" ? root.entries.get(key)?.position : next.position;
  return locate(next, rest, part, position ?? outer);
}

/** The node as plain data; secrets stay secrets. */
export function toValue(node: Node): Value {
  return convert(node, (secret) => secret);
}

/** The node as plain data in which some text stands for every secret. */
export function toData(node: Node): unknown {
  return convert(node, String);
}

function convert(root: Node, ofSecret: (secret: Secret) => Value): Value {
  const known = new Map<Node, Value>();
  function visit(node: Node): Value {
    if (node.type === "scalar") return node.value instanceof Secret ? ofSecret(node.value) : node.value;
    const before = known.get(node);
    if (before !== undefined) return before;
    const value: Value =
      node.type === "list"
        ? node.items.map(visit)
        : Object.fromEntries([...node.entries].map(([key, pair]) => [key, visit(pair.value)]));
    known.set(node, value);
    return value;
  }
  return visit(root);
}
