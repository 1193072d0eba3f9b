import type { CreateAs, CreateSource, Statement } from "../syntax/index.ts";
import { canonicalize } from "./canonicalize.ts";
import type { Context, SchemaColumn, SourceSchema } from "./context.ts";
import { textOf } from "./properties.ts";
import { inOrder } from "./reported.ts";
import { resultSchema } from "./result-schema.ts";
import { canonicalType, knownType } from "./types.ts";

/**
 * What is known after a statement has run: the context of the next one. A source whose columns can't be told is
 * unknown from then on.
 */
export function contextAfter(statement: Statement, context: Context): Context {
  switch (statement.kind) {
    case "create-source":
    case "create-as": {
      const columns = resultSchema(statement, context);
      return withSource(context, statement.name.name, columns && schemaOf(statement, columns, context));
    }
    case "create-type": {
      const type = canonicalType(statement.type, context.types);
      return { ...context, types: new Map(context.types).set(statement.name.name.toUpperCase(), type) };
    }
    case "alter-source": {
      const schema = context.sources.get(statement.name.name);
      const added = statement.columns.map(
        (column): SchemaColumn => ({
          name: column.name.name,
          type: knownType(canonicalType(column.type, context.types)),
          role: "value",
        }),
      );
      return withSource(
        context,
        statement.name.name,
        schema && { ...schema, columns: inOrder([...schema.columns, ...added]) },
      );
    }
    case "drop": {
      if (statement.type === "stream" || statement.type === "table") {
        return withSource(context, statement.name.name, undefined);
      }
      const types = new Map(context.types);
      if (statement.type === "type") types.delete(statement.name.name.toUpperCase());
      return { ...context, types };
    }
    default:
      return context;
  }
}

function withSource(context: Context, name: string, schema: SourceSchema | undefined): Context {
  const sources = new Map(context.sources);
  if (schema === undefined) sources.delete(name);
  else sources.set(name, schema);
  return { ...context, sources };
}

function schemaOf(
  statement: CreateSource | CreateAs,
  columns: readonly SchemaColumn[],
  context: Context,
): SourceSchema {
  const canonical = canonicalize(statement, context).statement;
  const property = (name: string) => {
    const found = "with" in canonical ? canonical.with.find((it) => it.name === name) : undefined;
    return found === undefined ? null : textOf(found.value);
  };
  return {
    type: statement.type,
    windowed: isWindowed(statement, context),
    keyFormat: property("KEY_FORMAT"),
    valueFormat: property("VALUE_FORMAT"),
    columns,
  };
}

/** A query's result is windowed if it has a window, or keeps the key of a source that is. */
function isWindowed(statement: CreateSource | CreateAs, context: Context): boolean {
  if (statement.kind === "create-source") {
    return statement.with.some(({ name }) => name.toUpperCase() === "WINDOW_TYPE");
  }
  const { window, from, groupBy, partitionBy } = statement.query;
  const keepsKey = groupBy === null && partitionBy === null;
  return window !== null || (keepsKey && context.sources.get(from.source.name)?.windowed === true);
}
