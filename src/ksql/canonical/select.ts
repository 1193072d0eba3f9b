import { type Expression, type Identifier, nowhere, type Query, type SelectItem } from "../syntax/index.ts";
import type { SourceSchema } from "./context.ts";
import { type NameGenerator, nameGenerator } from "./default-names.ts";
import { allColumns, isClashing, type Scope, sourceOfColumn } from "./scope.ts";

/** One column that a SELECT gives: its expression as written, and its name if that can be known. */
interface Output {
  readonly expression: Expression;
  readonly name: string | undefined;
}

/** A SELECT's items with the stars replaced by columns where that is certain, and every column named. */
export type ResolvedItem =
  | { readonly kind: "output"; readonly output: Output }
  | { readonly kind: "star"; readonly item: Exclude<SelectItem, { kind: "expression" }> };

export function resolveSelect(query: Query, scope: Scope, expandStars: boolean): readonly ResolvedItem[] {
  const columns = allColumns(scope);
  const generate = columns === undefined ? undefined : nameGenerator(columns);
  return query.select.flatMap((item): readonly ResolvedItem[] => {
    if (item.kind === "expression") {
      const name = item.alias?.name ?? defaultName(item.expression, scope, generate);
      return [{ kind: "output", output: { expression: item.expression, name } }];
    }
    const outputs = expandStars && item.kind === "star" ? starOutputs(item.source, query, scope) : undefined;
    return outputs?.map((output) => ({ kind: "output", output })) ?? [{ kind: "star", item }];
  });
}

/** The name that ksqlDB gives to a column without an alias; undefined if a schema is missing to tell. */
function defaultName(
  expression: Expression,
  scope: Scope,
  generate: NameGenerator | undefined,
): string | undefined {
  if (expression.kind !== "column") return generate?.(expression);
  const clashing = isClashing(expression.name, scope);
  if (clashing === undefined) return undefined;
  if (!clashing) return expression.name;
  if (expression.source !== null) return `${expression.source}_${expression.name}`;
  const owner = sourceOfColumn(expression.name, scope);
  return typeof owner === "string" ? expression.name : `${owner.alias}_${expression.name}`;
}

/**
 * The columns of `*` or `source.*`, keys first. Undefined where it takes more than the schemas to know them: window
 * bounds, headers, repartitioning, and joins that make a key of their own.
 */
function starOutputs(source: Identifier | null, query: Query, scope: Scope): readonly Output[] | undefined {
  if (query.groupBy !== null || query.partitionBy !== null || query.window !== null) return undefined;
  if (!query.joins.every(({ type, on }) => type !== "full" && type !== "right" && isColumnEquality(on))) {
    return undefined;
  }
  const chosen = scope.sources.filter(({ alias }) => source === null || alias === source.name);
  if (chosen.length === 0 || !scope.sources.every(({ schema }) => schema !== undefined && isPlain(schema))) {
    return undefined;
  }
  return chosen.flatMap(({ alias, schema }) =>
    (schema?.columns ?? []).map(({ name }) => ({
      expression: { kind: "column", source: alias, name, span: nowhere },
      name: scope.isJoin ? `${alias}_${name}` : name,
    })),
  );
}

function isColumnEquality(on: Expression): boolean {
  return (
    on.kind === "binary" && on.operator === "=" && on.left.kind === "column" && on.right.kind === "column"
  );
}

function isPlain(schema: SourceSchema): boolean {
  return !schema.windowed && schema.columns.every(({ role }) => role === "key" || role === "value");
}
