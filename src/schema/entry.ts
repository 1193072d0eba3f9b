import type { Entry, Report } from "../core/kind.ts";
import { Secret } from "../core/secret.ts";
import type { NamedFiles } from "./named-files.ts";
import { at, locate, type MapNode, type Pair, type Path, toValue } from "./node.ts";

/** One entry of a section as kinds see it. */
export function entryOf(key: string, pair: Pair, node: MapNode, files: NamedFiles, report: Report): Entry {
  function text(path: Path): string | Secret | null | undefined {
    const found = at(node, path);
    if (found?.type !== "scalar") return undefined;
    if (found.value === null || found.value instanceof Secret) return found.value;
    return found.text;
  }
  return {
    key,
    value: fieldsOf(node),
    position: pair.position,
    text,
    locate: (path, part) => locate(node, path, part, pair.position),
    read(path) {
      const name = text(path);
      if (typeof name !== "string") return undefined;
      return files.read(name, locate(node, path, "value", pair.position), report);
    },
  };
}

function fieldsOf(node: MapNode): Entry["value"] {
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, toValue(value)]));
}
