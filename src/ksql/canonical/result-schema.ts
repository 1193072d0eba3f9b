import { type Declaration, type Expression, nowhere, printExpression, type Query } from "../syntax/index.ts";
import { canonicalize, roleOf } from "./canonicalize.ts";
import { type Context, pseudoColumns, type SchemaColumn, windowBounds } from "./context.ts";
import { typeOf } from "./infer.ts";
import { inOrder } from "./reported.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { knownType, primitive } from "./types.ts";

/**
 * The columns that a stream or table declared so has: keys first, then as selected. A type or a role that isn't
 * certain is `unknown`. Undefined where not even the names are: a `*` over an unknown source, a schema registry.
 */
export function resultSchema(
  declaration: Declaration,
  context: Context,
): readonly SchemaColumn[] | undefined {
  const { statement, infers } = canonicalize(declaration, context);
  switch (statement.kind) {
    case "create-type":
      return undefined;
    case "create-source": {
      if (infers.key || infers.value) return undefined;
      return statement.columns.map((column) => ({
        name: column.name.name,
        type: knownType(column.type),
        role: roleOf(column),
      }));
    }
    case "create-as":
    case "insert-select":
      return querySchema(statement.query, context);
  }
}

function querySchema(query: Query, context: Context): readonly SchemaColumn[] | undefined {
  const scope = scopeOf(query, context);
  const keys = keysOf(query, scope);
  const columns: SchemaColumn[] = [];
  for (const item of query.select) {
    if (item.kind !== "expression") return undefined;
    const { expression, alias } = item;
    const name = alias?.name ?? (!scope.isJoin && expression.kind === "column" ? expression.name : undefined);
    if (name === undefined) return undefined;
    const type = typeOf(expression, (column) => typeOfColumn(column, query, scope));
    columns.push({
      name,
      type: type === "unknown" ? type : knownType(type),
      role: keys?.(expression) ?? "unknown",
    });
  }
  return inOrder(columns);
}

function typeOfColumn(
  column: Extract<Expression, { kind: "column" }>,
  query: Query,
  scope: Scope,
): SchemaColumn["type"] {
  const { source, name } = column;
  const owner = scope.isJoin ? scope.sources.find(({ alias }) => alias === source) : scope.sources[0];
  const found = owner?.schema?.columns.find((it) => it.name === name);
  if (found !== undefined) return found.type;
  if (pseudoColumns.has(name)) return primitive(name === "ROWPARTITION" ? "INTEGER" : "BIGINT");
  const isWindowed = query.window !== null || owner?.schema?.windowed === true;
  return isWindowed && windowBounds.has(name) ? primitive("BIGINT") : "unknown";
}

type RoleOfExpression = (expression: Expression) => "key" | "value";

/** Tells the keys of a query's result among its expressions; undefined where that isn't certain. */
function keysOf(query: Query, scope: Scope): RoleOfExpression | undefined {
  const grouped = query.groupBy ?? query.partitionBy?.filter(({ kind }) => kind !== "null");
  if (grouped !== undefined) return eachOf(grouped.map((it) => printExpression(it)));
  const [first, second] = scope.sources;
  if (first?.schema === undefined || first.schema.columns.some(({ role }) => role === "unknown"))
    return undefined;
  if (!scope.isJoin) return eachOf(keyColumns(first.schema.columns, null));
  const [join, ...others] = query.joins;
  if (join === undefined || second?.schema === undefined || others.length > 0) return undefined;
  const { on, type } = join;
  if ((type !== "inner" && type !== "left") || on.kind !== "binary" || on.operator !== "=") return undefined;
  if (on.left.kind !== "column" || on.right.kind !== "column") return undefined;
  const sides = [printExpression(on.left), printExpression(on.right)];
  if (first.schema.type === "stream") return firstOf(sides);
  // A table joined by something else than its key keeps its key; joined key to key, either side serves.
  const leftKeys = keyColumns(first.schema.columns, first.alias);
  const rightKeys = keyColumns(second.schema.columns, second.alias);
  const isKeyToKey = sides.some((it) => leftKeys.includes(it)) && sides.some((it) => rightKeys.includes(it));
  return isKeyToKey ? firstOf(sides) : eachOf(leftKeys);
}

function keyColumns(columns: readonly SchemaColumn[], source: string | null): readonly string[] {
  return columns
    .filter(({ role }) => role === "key")
    .map(({ name }) => printExpression({ kind: "column", source, name, span: nowhere }));
}

function eachOf(keys: readonly string[]): RoleOfExpression {
  return (expression) => (keys.includes(printExpression(expression)) ? "key" : "value");
}

/** Of several expressions with one value, the first that is selected is the key. */
function firstOf(keys: readonly string[]): RoleOfExpression {
  let isTaken = false;
  return (expression) => {
    if (isTaken || !keys.includes(printExpression(expression))) return "value";
    isTaken = true;
    return "key";
  };
}
