import type { Query, Relation } from "../syntax/index.ts";
import {
  type Context,
  pseudoColumns,
  type SchemaColumn,
  type SourceSchema,
  windowBounds,
} from "./context.ts";

/** One source of a query, under the name by which the query knows it. */
export interface ScopedSource {
  readonly alias: string;
  readonly source: string;
  readonly schema: SourceSchema | undefined;
}

/** What the names in a query stand for. */
export interface Scope {
  readonly sources: readonly ScopedSource[];
  readonly isJoin: boolean;
}

export function scopeOf(query: Query, context: Context): Scope {
  const relations = [query.from, ...query.joins.map((join) => join.relation)];
  const scoped = (relation: Relation) => ({
    alias: aliasOf(relation),
    source: relation.source.name,
    schema: context.sources.get(relation.source.name),
  });
  return { sources: relations.map(scoped), isJoin: query.joins.length > 0 };
}

export function aliasOf({ alias, source }: Relation): string {
  return (alias ?? source).name;
}

/**
 * The source that a column belongs to, as ksqlDB qualifies it: the only one that has it. `unknown` if a schema
 * is missing to tell; `none` if no source or more than one has it, which the server refuses.
 */
export function sourceOfColumn(name: string, scope: Scope): ScopedSource | "unknown" | "none" {
  const [only] = scope.sources;
  if (!scope.isJoin) return only ?? "none";
  if (pseudoColumns.has(name)) return "none";
  if (scope.sources.some(({ schema }) => schema === undefined)) return "unknown";
  const owners = scope.sources.filter((it) => it.schema !== undefined && hasColumn(it.schema, name));
  return owners.length === 1 && owners[0] !== undefined ? owners[0] : "none";
}

function hasColumn(schema: SourceSchema, name: string): boolean {
  return (schema.windowed && windowBounds.has(name)) || schema.columns.some((column) => column.name === name);
}

/** Whether more than one source of a join has the column; undefined if a schema is missing to tell. */
export function isClashing(name: string, scope: Scope): boolean | undefined {
  if (!scope.isJoin) return false;
  if (pseudoColumns.has(name)) return true;
  const schemas = scope.sources.map(({ schema }) => schema);
  if (schemas.some((schema) => schema === undefined)) return undefined;
  return schemas.filter((schema) => schema?.columns.some((column) => column.name === name)).length > 1;
}

/** Every column of every source, or undefined if a schema is missing. */
export function allColumns(scope: Scope): readonly SchemaColumn[] | undefined {
  const schemas = scope.sources.map(({ schema }) => schema);
  return schemas.every((schema) => schema !== undefined)
    ? schemas.flatMap((schema) => schema.columns)
    : undefined;
}
