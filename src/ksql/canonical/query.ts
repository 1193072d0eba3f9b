import {
  type Expression,
  type Join,
  nowhere,
  type Query,
  type Relation,
  type SelectItem,
  type Window,
  type Within,
} from "../syntax/index.ts";
import type { Context } from "./context.ts";
import { canonicalExpression, type Resolve } from "./expressions.ts";
import { canonicalInterval, millisecondsOf } from "./intervals.ts";
import { aliasOf, type Scope, type ScopedSource, scopeOf, sourceOfColumn } from "./scope.ts";
import { type ResolvedItem, resolveSelect } from "./select.ts";

export interface CanonicalQuery {
  readonly query: Query;
  /** What couldn't be brought into its one form. */
  readonly unresolved: readonly string[];
}

/** The canonical form of a persistent query; `expandStars` replaces `*` where its columns are certain. */
export function canonicalQuery(query: Query, context: Context, expandStars: boolean): CanonicalQuery {
  const scope = scopeOf(query, context);
  const items = resolveSelect(query, scope, expandStars);
  const qualifiers = qualifiersOf(scope, items);
  const unknown = new Set<string>();
  const resolve: Resolve = (column) => {
    if (column.source !== null) return { ...column, source: qualified(column.source, qualifiers) };
    const owner = sourceOfColumn(column.name, scope);
    if (owner === "unknown") unknown.add(`which source ${column.name} belongs to`);
    return typeof owner === "string" ? column : { ...column, source: qualified(owner.alias, qualifiers) };
  };
  const expression = (it: Expression) => canonicalExpression(it, resolve, context);
  const relation = (it: Relation) => canonicalRelation(it, qualifiers);
  const select = items.map((item) => canonicalItem(item, scope, qualifiers, expression));
  const canonical: Query = {
    select,
    from: relation(query.from),
    joins: query.joins.map(
      (join): Join => ({
        type: join.type,
        relation: relation(join.relation),
        within: join.within && canonicalWithin(join.within),
        on: expression(join.on),
        span: nowhere,
      }),
    ),
    window: query.window && canonicalWindow(query.window),
    where: query.where && expression(query.where),
    groupBy: query.groupBy?.map(expression) ?? null,
    partitionBy: query.partitionBy?.map(expression) ?? null,
    having: query.having && expression(query.having),
    emit: query.emit ?? "changes",
    limit: query.limit,
    span: nowhere,
  };
  const unnamed = select.filter((item) => item.kind === "expression" && isUnnamed(item, scope)).length;
  if (unnamed > 0) unknown.add("the default names of columns");
  if (query.joins.some(({ within }) => within !== null && isHalfShown(within))) {
    unknown.add("the second side of WITHIN, which ksqlDB doesn't show where both numbers are equal");
  }
  return { query: canonical, unresolved: [...unknown] };
}

/** What stands in front of a column for each alias; null is nothing. */
type Qualifiers = ReadonlyMap<string, string | null>;

/**
 * Nothing where there is one source, the source's own name in a join. Aliases stay if sources repeat, or if columns
 * are named after them that aren't spelled out.
 */
function qualifiersOf(scope: Scope, items: readonly ResolvedItem[]): Qualifiers {
  const areDistinct = new Set(scope.sources.map(({ source }) => source)).size === scope.sources.length;
  const areSpelledOut = items.every((item) => item.kind === "output" && item.output.name !== undefined);
  const qualifierOf = ({ alias, source }: ScopedSource) => (areDistinct && areSpelledOut ? source : alias);
  const qualifiers = new Map<string, string | null>();
  for (const it of scope.sources) qualifiers.set(it.source, scope.isJoin ? qualifierOf(it) : null);
  for (const it of scope.sources) qualifiers.set(it.alias, scope.isJoin ? qualifierOf(it) : null);
  return qualifiers;
}

/** A qualifier that the query doesn't know stays. */
function qualified(source: string, qualifiers: Qualifiers): string | null {
  const qualifier = qualifiers.get(source);
  return qualifier === undefined ? source : qualifier;
}

function canonicalRelation(relation: Relation, qualifiers: Qualifiers): Relation {
  const source = relation.source.name;
  const alias = qualified(aliasOf(relation), qualifiers) ?? source;
  return {
    source: { name: source, span: nowhere },
    alias: alias === source ? null : { name: alias, span: nowhere },
    span: nowhere,
  };
}

function canonicalItem(
  item: ResolvedItem,
  scope: Scope,
  qualifiers: Qualifiers,
  canonical: (expression: Expression) => Expression,
): SelectItem {
  if (item.kind === "output") {
    const expression = canonical(item.output.expression);
    const { name } = item.output;
    const isItsOwn = !scope.isJoin && expression.kind === "column" && expression.name === name;
    const alias = name === undefined || isItsOwn ? null : { name, span: nowhere };
    return { kind: "expression", expression, alias, span: nowhere };
  }
  if (item.item.kind === "struct-star")
    return { ...item.item, base: canonical(item.item.base), span: nowhere };
  const source = item.item.source && qualified(item.item.source.name, qualifiers);
  return { kind: "star", source: source === null ? null : { name: source, span: nowhere }, span: nowhere };
}

function isUnnamed(item: Extract<SelectItem, { kind: "expression" }>, scope: Scope): boolean {
  return item.alias === null && (scope.isJoin || item.expression.kind !== "column");
}

function canonicalWindow(window: Window): Window {
  return {
    type: window.type,
    size: canonicalInterval(window.size),
    advance: window.advance && canonicalInterval(window.advance),
    retention: window.retention && canonicalInterval(window.retention),
    grace: window.grace && canonicalInterval(window.grace),
    span: nowhere,
  };
}

/** ksqlDB shows one side where both numbers are equal, whatever their units: (1 HOUR, 1 DAY) reads back as 1 HOUR. */
function canonicalWithin(within: Within): Within {
  const before = canonicalInterval(within.before);
  const after = isHalfShown(within) ? before : canonicalInterval(within.after);
  const differ = after.size === before.size && after.unit !== before.unit;
  return {
    before,
    after: differ ? { ...after, size: millisecondsOf(after), unit: "MILLISECONDS" } : after,
    grace: within.grace && canonicalInterval(within.grace),
    span: nowhere,
  };
}

function isHalfShown({ before, after }: Within): boolean {
  return before.size === after.size && before.unit !== after.unit;
}
