import type { Position, Resource } from "../../../core/model.ts";
import type { Sent } from "./statement.ts";

/** Where in the file the server means, which tells line and column of the statement as it was sent. */
export function placeOf(
  resource: Resource,
  { text, originOf }: Sent,
  line: number | undefined,
  column: number | undefined,
): Position | undefined {
  if (line === undefined || column === undefined) return resource.locate(["statement"]);
  const lines = text.split("\n").slice(0, line - 1);
  const offset = lines.reduce((sum, it) => sum + it.length + 1, 0) + column - 1;
  return resource.locate(["statement", String(originOf(offset))]);
}
