import {
  type Canonical,
  differences,
  isSameType,
  type SchemaColumn,
  type SourceSchema,
} from "../../ksql/canonical/index.ts";
import {
  type CreateAs,
  type CreateSource,
  childrenOf,
  type Expression,
  type Query,
  withoutSpans,
} from "../../ksql/syntax/index.ts";

/** A definition with what follows from it; the live one has the columns that the server reports. */
export interface Definition {
  readonly canonical: Canonical;
  /** Undefined where they can't be told. */
  readonly columns: readonly SchemaColumn[] | undefined;
  /** What the source of FROM is; undefined where that isn't known, or there is no query. */
  readonly reads: SourceSchema["type"] | undefined;
}

/**
 * in-place: CREATE OR REPLACE does it. replace: only dropping and creating does. refused: neither does.
 * unknown: the server has to be asked.
 */
export type Upgrade =
  | { readonly way: "in-place" }
  | { readonly way: "replace" | "refused" | "unknown"; readonly reason: string };

const IN_PLACE: Upgrade = { way: "in-place" };

/** Settings of a topic that ksqlDB compares with the topic's own, whoever drops and creates (500 on 7.9). */
const ofTheTopic = new Set(["PARTITIONS", "REPLICAS", "RETENTION_MS"]);

/**
 * How a live definition becomes the desired one, as measured on ksqlDB 7.9. For equal definitions: how the query
 * is started again, which some shapes refuse too.
 */
export function upgradeOf(live: Definition, desired: Definition): Upgrade {
  const [from, to] = [live.canonical.statement, desired.canonical.statement];
  if (from.kind === "create-type" || to.kind === "create-type") {
    return replace("ksqlDB drops and creates types, and has no other way to change one");
  }
  if (from.kind === "insert-select" || to.kind === "insert-select") {
    return replace(
      "ksqlDB terminates an INSERT query and starts a new one, and has no other way to change it",
    );
  }
  const changed = differences(desired.canonical, live.canonical).flatMap(({ property }) => property ?? []);
  const setting = changed.find((it) => ofTheTopic.has(it));
  if (setting !== undefined) {
    return { way: "refused", reason: `${setting} is the topic's own and must be what the topic has` };
  }
  const unresolved = [...live.canonical.unresolved, ...desired.canonical.unresolved];
  if (unresolved.length > 0) return { way: "unknown", reason: `not known: ${unresolved.join(", ")}` };
  const reason =
    kindReason(from, to) ??
    (changed[0] === undefined ? undefined : `ksqlDB can't change ${changed[0]} in place`) ??
    columnsReason(live.columns, desired.columns) ??
    queryReason(from, to, desired.reads);
  if (reason !== undefined) return replace(reason);
  if (live.columns === undefined || desired.columns === undefined) {
    return { way: "unknown", reason: "not known: which columns it has" };
  }
  return IN_PLACE;
}

function replace(reason: string): Upgrade {
  return { way: "replace", reason };
}

type Source = CreateSource | CreateAs;

function kindReason(from: Source, to: Source): string | undefined {
  if (from.type !== to.type) return `a ${from.type} can't become a ${to.type}`;
  const readOnly = [from, to].some((it) => it.kind === "create-source" && it.readOnly);
  return readOnly ? `ksqlDB has no CREATE OR REPLACE for a SOURCE ${to.type.toUpperCase()}` : undefined;
}

/** Columns may be added behind the others, and a key where there was none. */
function columnsReason(
  before: readonly SchemaColumn[] | undefined,
  after: readonly SchemaColumn[] | undefined,
): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  const of = (columns: readonly SchemaColumn[], role: SchemaColumn["role"]) =>
    columns.filter((it) => it.role === role);
  const [oldKeys, newKeys] = [of(before, "key"), of(after, "key")];
  const keys = oldKeys.length === 0 ? undefined : columnReason(oldKeys, newKeys);
  if (keys !== undefined) return keys;
  const added = newKeys[oldKeys.length];
  if (oldKeys.length > 0 && added !== undefined) return `the key gains ${added.name}`;
  return columnReason(of(before, "value"), of(after, "value"));
}

function columnReason(before: readonly SchemaColumn[], after: readonly SchemaColumn[]): string | undefined {
  for (const [at, column] of before.entries()) {
    const [here, there] = [after[at], after.find(({ name }) => name === column.name)];
    if (there === undefined) return `column ${column.name} goes`;
    if (here !== there) return `column ${column.name} moves; new columns must stand behind the others`;
    const [old, now] = [column.type, there.type];
    if (old !== "unknown" && now !== "unknown" && !isSameType(old, now)) {
      return `the type of column ${column.name} changes`;
    }
  }
  return undefined;
}

function queryReason(from: Source, to: Source, reads: Definition["reads"]): string | undefined {
  // A source over a topic and a query into it replace each other.
  if (from.kind !== "create-as" || to.kind !== "create-as") return undefined;
  const [before, after] = [from.query, to.query];
  if (before.joins.length + after.joins.length > 0) return "ksqlDB doesn't upgrade joins";
  if (before.from.source.name !== after.from.source.name) return "it reads another source";
  if (!same(before.window, after.window)) return "its window changes";
  if (before.emit !== after.emit) return "its EMIT changes";
  if (!same(before.partitionBy, after.partitionBy)) return "its PARTITION BY changes";
  if (!same(before.groupBy, after.groupBy)) return "its GROUP BY changes";
  if (after.groupBy !== null) return aggregateReason(before, after, reads);
  const explodes = [before, after].some((it) => selected(it).some((item) => calls(item, "EXPLODE")));
  return explodes && !same(before, after) ? "ksqlDB doesn't upgrade a query with EXPLODE" : undefined;
}

function aggregateReason(before: Query, after: Query, reads: Definition["reads"]): string | undefined {
  if (after.window !== null) return "ksqlDB doesn't upgrade windowed aggregates";
  if (reads === "table") return "ksqlDB doesn't upgrade aggregates over a table";
  if (!same(before.having, after.having)) return "its HAVING changes";
  if (!same(before.select, after.select)) return "what it aggregates changes";
  if (same(before.where, after.where)) return undefined;
  // What feeds an aggregation keeps its columns, so that a filter can't bring in another one.
  const known = new Set([...selected(after), ...(after.groupBy ?? [])].flatMap(columnsIn));
  const strange = [before.where, after.where]
    .flatMap((it) => (it === null ? [] : columnsIn(it)))
    .find((it) => !known.has(it));
  return strange === undefined ? undefined : `its WHERE uses ${strange}, which it doesn't aggregate`;
}

function selected(query: Query): readonly Expression[] {
  return query.select.flatMap((item) => (item.kind === "expression" ? [item.expression] : []));
}

function columnsIn(expression: Expression): readonly string[] {
  const own = expression.kind === "column" ? [expression.name] : [];
  return [...own, ...childrenOf(expression).flatMap(columnsIn)];
}

function calls(expression: Expression, name: string): boolean {
  const own = expression.kind === "call" && expression.name.toUpperCase() === name;
  return own || childrenOf(expression).some((it) => calls(it, name));
}

/** Canonical trees are plain data, with their keys in one order. */
function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(withoutSpans(left)) === JSON.stringify(withoutSpans(right));
}
