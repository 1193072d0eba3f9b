import type { Section } from "../core/kind.ts";
import { isTemplated, listNode, type MapNode, mapNode, type Node, type Pair } from "./node.ts";
import { type Given, resolveScalar } from "./references.ts";
import { allows, type Shape, step } from "./shape.ts";

/** What references stand for, and in which sections secrets may stand. */
export interface Values extends Given {
  readonly sections: readonly Section[];
}

/** Puts variables and secrets into every text of the tree. */
export function fillIn(root: MapNode, shape: Shape, values: Values): MapNode {
  function visit(node: Node, below: Shape, allowed: Where): Node {
    if (!isTemplated(node)) return node;
    switch (node.type) {
      case "scalar": {
        const text = allows(below, "string");
        return resolveScalar(node, { secrets: allowed === true, text }, values);
      }
      case "list":
        return listNode(
          node.items.map((item, index) => visit(item, step(below, String(index)), allowed)),
          node.position,
        );
      case "map":
        return visitMap(node, below, allowed);
    }
  }

  function visitMap(node: MapNode, below: Shape, allowed: Where): MapNode {
    const entries = [...node.entries].map(([key, { position, value }]): [string, Pair] => {
      const there = typeof allowed === "boolean" ? allowed : (allowed.get(key) ?? false);
      return [key, { position, value: visit(value, step(below, key), there) }];
    });
    return mapNode(new Map(entries), node.position);
  }

  return visitMap(root, shape, secretPlaces(values.sections));
}

/** Whether secrets may stand at a place, or under which of its keys. */
type Where = boolean | ReadonlyMap<string, Where>;

function secretPlaces(sections: readonly Section[]): Where {
  const secret = sections.filter((it) => it.secrets);
  const defaults = secret.flatMap((it): [string, Where][] => (it.defaults ? [[it.defaults.key, true]] : []));
  return new Map<string, Where>([
    ["connections", true],
    ["defaults", new Map(defaults)],
    ...secret.map(({ key }): [string, Where] => [key, true]),
  ]);
}
