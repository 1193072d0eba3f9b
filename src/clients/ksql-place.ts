import type { Said } from "./ksql-message.ts";

export interface Place {
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
}

/**
 * A place that the server tells as one in a statement that begins on this line of the request; undefined if
 * it lies elsewhere. The server counts characters, where JavaScript counts UTF-16 units.
 */
export function placeIn(statement: string, { line, column }: Said, firstLine = 1): Place | undefined {
  if (line === undefined || column === undefined) return undefined;
  const text = statement.split("\n")[line - firstLine];
  if (text === undefined) return undefined;
  const before = [...text].slice(0, column - 1).join("");
  return { line: line - firstLine + 1, column: before.length + 1 };
}
