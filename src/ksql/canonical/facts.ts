import {
  childrenOf,
  type DataType,
  type Declaration,
  type Expression,
  type Literal,
  type Query,
  type Statement,
} from "../syntax/index.ts";
import type { ServerDefaults } from "./context.ts";
import { canonicalProperties, textOf } from "./properties.ts";
import { customTypesOf } from "./types.ts";

/** The stream, table or type that a statement creates, alters or drops; null for the others. */
export function nameOf(statement: Statement): string | null {
  switch (statement.kind) {
    case "create-source":
    case "create-as":
    case "alter-source":
    case "drop":
      return statement.name.name;
    case "create-type":
      return statement.name.name.toUpperCase();
    default:
      return null;
  }
}

/** The stream or table that a statement writes records to: a query's sink, an INSERT's target. */
export function sinkOf(statement: Statement): string | null {
  if (statement.kind === "create-as") return statement.name.name;
  return statement.kind === "insert-select" || statement.kind === "insert-values"
    ? statement.target.name
    : null;
}

/** The streams and tables that a statement reads, the one of FROM first. */
export function sourcesOf(statement: Statement): readonly string[] {
  const query = queryOf(statement);
  if (query === null) return [];
  const relations = [query.from, ...query.joins.map((join) => join.relation)];
  return [...new Set(relations.map(({ source }) => source.name))];
}

function queryOf(statement: Statement): Query | null {
  return "query" in statement && statement.kind !== "control" ? statement.query : null;
}

/** The topic of a stream or table: given, or named after a query's sink. Null where the statement doesn't say. */
export function topicOf(statement: Statement, defaults: ServerDefaults): string | null {
  const given = propertyOf(statement, "KAFKA_TOPIC");
  if (given !== null) return given;
  return statement.kind === "create-as" ? `${defaults.topicPrefix}${statement.name.name}` : null;
}

/**
 * A WITH property by its canonical name, in its canonical spelling: KEY_FORMAT of `format='json'` is JSON,
 * PARTITIONS of '3' is 3. Null if it isn't given.
 */
export function propertyOf(statement: Statement, name: string): string | null {
  const value = propertiesOf(statement).get(name);
  return value === undefined ? null : textOf(value);
}

/** All WITH properties of a statement that declares, in canonical names and values. */
export function propertiesOf(statement: Statement): ReadonlyMap<string, Literal> {
  const isSource = statement.kind === "create-source" || statement.kind === "create-as";
  return isSource || statement.kind === "insert-select" ? canonicalProperties(statement.with) : new Map();
}

/** The custom types that a declaration names, upper-cased: in columns, CAST and CREATE TYPE. */
export function usedTypes(declaration: Declaration): readonly string[] {
  return [...new Set(typesIn(declaration).flatMap(customTypesOf))].toSorted();
}

function typesIn(declaration: Declaration): readonly DataType[] {
  switch (declaration.kind) {
    case "create-source":
      return declaration.columns.map((column) => column.type);
    case "create-type":
      return [declaration.type];
    case "create-as":
    case "insert-select":
      return expressionsIn(declaration.query).flatMap(castTypes);
  }
}

function castTypes(expression: Expression): readonly DataType[] {
  const own = expression.kind === "cast" ? [expression.type] : [];
  return [...own, ...childrenOf(expression).flatMap(castTypes)];
}

function expressionsIn(query: Query): readonly Expression[] {
  const select = query.select.flatMap((item) => {
    if (item.kind === "star") return [];
    return [item.kind === "struct-star" ? item.base : item.expression];
  });
  return [
    ...select,
    ...query.joins.map((join) => join.on),
    ...(query.groupBy ?? []),
    ...(query.partitionBy ?? []),
    ...[query.where, query.having].filter((it) => it !== null),
  ];
}
