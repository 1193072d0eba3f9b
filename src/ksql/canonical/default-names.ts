import type { Expression } from "../syntax/index.ts";
import type { SchemaColumn } from "./context.ts";

/** Gives names to the expressions of a SELECT that have no alias, in order. */
export type NameGenerator = (expression: Expression) => string;

/**
 * ksqlDB's own names (its ColumnNames): KSQL_COL_0, KSQL_COL_1, ... for expressions, the field's name for a
 * dereference; a name that a source uses is passed over, and a field's is then numbered.
 */
export function nameGenerator(columns: readonly SchemaColumn[]): NameGenerator {
  const used = new Map<string, Set<number>>();
  for (const { name } of columns) {
    const [stem, number] = split(name);
    used.set(stem, (used.get(stem) ?? new Set()).add(number ?? 0));
  }
  const next = new Map<string, number>();
  const take = (stem: string): number => {
    let number = next.get(stem) ?? 0;
    while (used.get(stem)?.has(number)) number += 1;
    next.set(stem, number + 1);
    return number;
  };
  return (expression) => {
    if (expression.kind !== "field") return `KSQL_COL_${take("KSQL_COL")}`;
    const [stem] = split(expression.field);
    const number = take(stem);
    return number === 0 && stem !== "KSQL_COL" ? stem : `${stem}_${number}`;
  };
}

/** `COL_12` is COL and 12. */
function split(name: string): [string, number | undefined] {
  const match = /^(.*)_(\d+)$/s.exec(name);
  return match === null ? [name, undefined] : [match[1] ?? "", Number(match[2])];
}
