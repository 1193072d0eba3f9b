import type { Entry, Report } from "../core/kind.ts";
import type { Position } from "../core/model.ts";
import { Secret } from "../core/secret.ts";
import type { NamedFiles } from "./named-files.ts";
import { at, locate, type MapNode, type Pair, type Path, toValue } from "./node.ts";
import { offsetInWritten } from "./written.ts";

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
    locateIn(path, offset, length) {
      const found = at(node, path);
      const position = locate(node, path, "value", pair.position);
      if (found?.type !== "scalar" || found.written === undefined) return position;
      return within(position, found.written, offsetInWritten(found.written, found.text, offset), length);
    },
    read(path) {
      const name = text(path);
      if (typeof name !== "string") return undefined;
      return files.read(name, locate(node, path, "value", pair.position), report);
    },
  };
}

/** The place of an offset in a scalar that begins at a position. */
function within(position: Position, written: string, offset: number, length: number): Position {
  const before = written.slice(0, offset);
  const lines = before.split("\n").length - 1;
  const column = offset - (before.lastIndexOf("\n") + 1) + 1;
  return {
    ...position,
    line: position.line + lines,
    column: lines === 0 ? position.column + column - 1 : column,
    length,
  };
}

/** A map as plain values. */
export function fieldsOf(node: MapNode): Entry["value"] {
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, toValue(value)]));
}
