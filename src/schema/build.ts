import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { error } from "../core/errors.ts";
import type { Report } from "../core/kind.ts";
import type { Position } from "../core/model.ts";
import { nearest } from "../core/nearest.ts";
import { listNode, type MapNode, mapNode, type Node, type Pair, type ScalarNode } from "./node.ts";
import { resolveParts, type Variables } from "./references.ts";
import { coreValue } from "./scalar.ts";
import { parseTemplate } from "./template.ts";

/** Deeper files are no pipelines, and what walks them recursively must end. */
export const maxDepth = 100;

/** How many nodes aliases may add; a file that means more than this is a YAML bomb. */
const maxAliased = 1_000_000;

/** Offsets of one text as a position. */
export type Locate = (start: number, end?: number) => Position;

interface Context {
  readonly text: string;
  readonly place: Locate;
  readonly variables: Variables;
  readonly report: Report;
}

/** A node with what it counts: an alias adds all of its target. */
interface Built {
  readonly node: Node;
  readonly size: number;
  readonly height: number;
}

/** Ends the building of a tree that is reported as too large. */
class TooLarge extends Error {}

/** The parser's tree as kpipe's own: aliases and merge keys put in, duplicates reported. */
export function buildTree(root: ParsedNode, context: Context): Node | undefined {
  try {
    return new Builder(context).build(root).node;
  } catch (cause) {
    if (cause instanceof TooLarge) return undefined;
    throw cause;
  }
}

/** Holds the anchors seen so far: an alias means the last one before it. */
class Builder {
  readonly #context: Context;
  readonly #anchors = new Map<string, Built>();
  #aliased = 0;

  constructor(context: Context) {
    this.#context = context;
  }

  build(node: ParsedNode): Built {
    if (isAlias(node)) return this.#alias(node.source, this.#placeOf(node));
    const built = isMap(node) ? this.#map(node) : isSeq(node) ? this.#list(node) : this.#scalar(node);
    if (built.height > maxDepth) this.#stop(`more than ${maxDepth} levels deep`, this.#placeOf(node));
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, built);
    return built;
  }

  #alias(name: string, position: Position): Built {
    const target = this.#anchors.get(name);
    if (!target) {
      const near = nearest(name, this.#anchors.keys());
      const message = near === undefined ? `no anchor &${name} before this` : `did you mean *${near}?`;
      const next = `Write &${name} at the value that is meant, before this place.`;
      this.#context.report(error("KP1001", message, { position, next }));
      return leaf({ type: "scalar", value: null, text: "", position });
    }
    this.#aliased += target.size;
    if (this.#aliased > maxAliased) this.#stop(`aliases repeat more than ${maxAliased} values`, position);
    return target;
  }

  #scalar(node: Scalar.Parsed): Built {
    const text = node.source;
    const position = this.#placeOf(node);
    const template = parseTemplate(text);
    return leaf({
      type: "scalar",
      value: isTyped(node) ? coreValue(text) : text,
      text,
      written: this.#context.text.slice(node.range[0], node.range[1]),
      position,
      ...(template && { template }),
    });
  }

  #list(node: YAMLSeq.Parsed): Built {
    const items = node.items.map((item) => this.build(item));
    return collection(
      items,
      listNode(
        items.map((it) => it.node),
        this.#placeOf(node),
      ),
    );
  }

  #map(node: YAMLMap.Parsed): Built {
    const entries = new Map<string, Pair>();
    const merged: MapNode[] = [];
    const parts: Built[] = [];
    for (const { key, value } of node.items) {
      const position = this.#placeOf(key);
      const built = value === null ? emptyAt(position) : this.build(value);
      parts.push(built);
      if (isMergeKey(key)) {
        merged.push(...this.#mergeSources(built.node, position));
        continue;
      }
      const name = this.#key(key, position);
      if (name === undefined) continue;
      const before = entries.get(name);
      if (before) {
        const message = `\`${name}\` stands in line ${before.position.line} already`;
        this.#context.report(error("KP1003", message, { position }));
      } else
        entries.set(name, { position, value: isImplicit(built.node) ? emptyAt(position).node : built.node });
    }
    for (const source of merged) {
      for (const [name, pair] of source.entries) if (!entries.has(name)) entries.set(name, pair);
    }
    return collection(parts, mapNode(entries, this.#placeOf(node)));
  }

  #mergeSources(value: Node, position: Position): readonly MapNode[] {
    const sources = value.type === "list" ? value.items : [value];
    return sources.filter((source): source is MapNode => {
      if (source.type === "map") return true;
      const next = "Write `<<: *anchor`, where the anchor is a map.";
      this.#context.report(error("KP1001", "`<<` takes a map, or a list of maps", { position, next }));
      return false;
    });
  }

  #key(node: ParsedNode, position: Position): string | undefined {
    const { report, variables } = this.#context;
    const scalar = this.build(node).node;
    if (scalar.type !== "scalar") {
      report(error("KP1001", "a key has to be plain text", { position }));
      return undefined;
    }
    const { text, template } = scalar;
    const name = template ? resolveParts(template, variables, () => position, report).join("") : text;
    if (name !== "" && name !== "__proto__") return name;
    report(
      error("KP1107", name === "" ? "a name can't be empty" : "`__proto__` can't be a name", { position }),
    );
    return undefined;
  }

  #placeOf(node: ParsedNode): Position {
    return this.#context.place(node.range[0], node.range[1]);
  }

  #stop(message: string, position: Position): never {
    this.#context.report(error("KP1005", message, { position }));
    throw new TooLarge(message);
  }
}

function leaf(node: ScalarNode): Built {
  return { node, size: 1, height: 1 };
}

function emptyAt(position: Position): Built {
  return leaf({ type: "scalar", value: null, text: "", position });
}

function collection(parts: readonly Built[], node: Node): Built {
  const size = parts.reduce((sum, part) => sum + part.size, 1);
  const height = parts.reduce((most, part) => Math.max(most, part.height), 0) + 1;
  return { node, size, height };
}

/** A value that isn't there has no place of its own; its key stands for it. */
function isImplicit(node: Node): boolean {
  return node.type === "scalar" && node.value === null && node.text === "";
}

/** Plain scalars have the type that they look like, and so have those that a tag gives one. */
function isTyped({ type, tag }: Scalar.Parsed): boolean {
  if (tag !== undefined) return tag !== "tag:yaml.org,2002:str";
  return type === "PLAIN";
}

function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.type === "PLAIN" && key.source === "<<";
}
