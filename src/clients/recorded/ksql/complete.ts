import { pseudoColumns, windowBounds } from "../../../ksql/canonical/context.ts";
import type { Context } from "../../../ksql/canonical/index.ts";
import { type Scope, scopeOf, sourceOfColumn } from "../../../ksql/canonical/scope.ts";
import { resolveSelect } from "../../../ksql/canonical/select.ts";
import { canonicalType } from "../../../ksql/canonical/types.ts";
import { type Expression, nowhere, type Query } from "../../../ksql/syntax/index.ts";
import { mapChildren } from "../../../ksql/syntax/walk.ts";

type ColumnReference = Extract<Expression, { kind: "column" }>;

/** A query as the server completes it, or what it can't find, in its words. */
export type Completed = { readonly query: Query } | { readonly unresolved: string };

/** Qualifies every column, names every column of the result, and puts custom types in; `*` stays. */
export function completeQuery(query: Query, context: Context, text: string): Completed {
  const scope = scopeOf(query, context);
  const lost: string[] = [];
  const complete = (clause: string) => (expression: Expression) =>
    qualified(expression, scope, context, (column) => {
      const before = text.slice(0, column.span.start).split("\n");
      const [line, at] = [before.length, (before.at(-1)?.length ?? 0) + 1];
      const name = column.source === null ? column.name : `${column.source}.${column.name}`;
      lost.push(`Line: ${line}, Col: ${at}: ${clause} column '${name}' cannot be resolved.`);
    });
  const select = resolveSelect(query, scope, false).map((item) => {
    if (item.kind === "star") {
      return item.item.kind === "struct-star"
        ? { ...item.item, base: complete("SELECT")(item.item.base) }
        : item.item;
    }
    const { expression, name } = item.output;
    const alias = name === undefined ? null : { name, span: nowhere };
    return {
      kind: "expression" as const,
      expression: complete("SELECT")(expression),
      alias,
      span: nowhere,
    };
  });
  const completed: Query = {
    ...query,
    select,
    joins: query.joins.map((join) => ({ ...join, on: complete("JOIN ON")(join.on) })),
    where: query.where && complete("WHERE")(query.where),
    groupBy: query.groupBy?.map(complete("GROUP BY")) ?? null,
    partitionBy: query.partitionBy?.map(complete("PARTITION BY")) ?? null,
    having: query.having && complete("HAVING")(query.having),
  };
  const [first] = lost;
  return first === undefined ? { query: completed } : { unresolved: first };
}

function qualified(
  expression: Expression,
  scope: Scope,
  context: Context,
  lose: (column: ColumnReference) => void,
): Expression {
  const visit = (node: Expression, bound: ReadonlySet<string>): Expression => {
    switch (node.kind) {
      case "column":
        if (node.source === null && bound.has(node.name)) return node;
        return resolved(node, scope, lose);
      case "lambda":
        return mapChildren(node, (child) => visit(child, new Set([...bound, ...node.parameters])));
      case "cast":
        return {
          ...node,
          value: visit(node.value, bound),
          type: canonicalType(node.type, context.types),
        };
      default:
        return mapChildren(node, (child) => visit(child, bound));
    }
  };
  return visit(expression, new Set());
}

function resolved(
  column: ColumnReference,
  scope: Scope,
  lose: (column: ColumnReference) => void,
): ColumnReference {
  const owner =
    column.source === null
      ? sourceOfColumn(column.name, scope)
      : (scope.sources.find(({ alias, source }) => alias === column.source || source === column.source) ??
        "none");
  if (owner === "unknown") return column;
  if (owner === "none") {
    lose(column);
    return column;
  }
  const { schema, alias } = owner;
  const pseudo = pseudoColumns.has(column.name) || windowBounds.has(column.name);
  // A recording without the columns of a source can't tell which it lacks.
  const known = schema === undefined || schema.columns.length === 0;
  if (!pseudo && !known && !schema.columns.some(({ name }) => name === column.name)) lose(column);
  return { ...column, source: alias };
}
