import type { Section } from "../core/kind.ts";
import { withDefaults } from "./merge.ts";
import { at, isNull, type MapNode, mapNode, type Node, type Pair } from "./node.ts";
import { type Shape, step } from "./shape.ts";

/**
 * Every entry of every section with the defaults of its section below it. A section or an entry with nothing
 * in it is an empty map.
 */
export function withAllDefaults(root: MapNode, sections: readonly Section[], shape: Shape): MapNode {
  const entries = new Map(root.entries);
  for (const section of sections) {
    const pair = entries.get(section.key);
    if (!pair) continue;
    const value = emptyForNull(pair.value);
    if (value.type !== "map") continue;
    const defaults = section.defaults && at(root, ["defaults", section.defaults.key]);
    const below = step(step(shape, section.key), "");
    const filled = [...value.entries].map(([key, entry]): [string, Pair] => [
      key,
      { ...entry, value: filledIn(emptyForNull(entry.value), defaults, below) },
    ]);
    entries.set(section.key, { ...pair, value: mapNode(new Map(filled), value.position) });
  }
  return mapNode(entries, root.position);
}

function filledIn(entry: Node, defaults: Node | undefined, shape: Shape): Node {
  return entry.type === "map" && defaults?.type === "map" ? withDefaults(defaults, entry, shape) : entry;
}

function emptyForNull(node: Node): Node {
  return isNull(node) ? mapNode(new Map(), node.position) : node;
}
