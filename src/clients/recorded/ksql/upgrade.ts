import { millisecondsOf } from "../../../ksql/canonical/intervals.ts";
import {
  type CreateAs,
  type CreateSource,
  type Expression,
  parseExpressionText,
  parseStatements,
  type Query,
  type Window,
} from "../../../ksql/syntax/index.ts";
import { childrenOf } from "../../../ksql/syntax/walk.ts";
import type { KsqlField } from "../../ksql.ts";
import type { KsqlServerState, SourceState } from "../state.ts";
import { badStatement, type Refusal, refused } from "./answer.ts";
import { printServerExpression } from "./print-expression.ts";
import { propertiesOf, textOf } from "./properties.ts";
import { shownField } from "./schema.ts";

type Created = CreateSource | CreateAs;

/** What CREATE OR REPLACE may not change of a stream or table. */
export function refusedUpgrade(
  name: string,
  [before, was]: readonly [SourceState, Created | undefined],
  [after, is]: readonly [SourceState, Created],
): { readonly refused: Refusal } | undefined {
  const changes = [
    changed("type", kindOf(before), kindOf(after)),
    changed("topic", topicOf(before, was), topicOf(after, is)),
    changed("timestampColumn", timestampOf(was), timestampOf(is)),
    changedFields(before.fields, after.fields),
  ].flatMap((change) => (change === undefined ? [] : [`DataSource '\`${name}\`' has ${change}`]));
  if (changes.length === 0) return undefined;
  return badStatement(`Cannot upgrade data source: ${changes.join("\n\tAND ")}`);
}

function changed(part: string, before: string, after: string): string | undefined {
  return before === after ? undefined : `${part} = ${before} which is not upgradeable to ${after}`;
}

function kindOf({ type }: SourceState): string {
  return type === "stream" ? "KSTREAM" : "KTABLE";
}

function topicOf({ topic, keyFormat, valueFormat, fields }: SourceState, created?: Created): string {
  const keys = fields.filter(({ role }) => role === "key").length;
  const wrapped = !["KAFKA", "NONE", "DELIMITED"].includes(keyFormat) && keys === 1;
  const window =
    created?.kind === "create-as" && created.query.window
      ? `Optional[${windowInfo(created.query.window, created.query.emit)}]`
      : "Optional.empty";
  const key = `KeyFormat{format=FormatInfo{format=${keyFormat}, properties={}}, features=[${wrapped ? "UNWRAP_SINGLES" : ""}], window=${window}}`;
  const value = `ValueFormat{format=FormatInfo{format=${valueFormat}, properties={}}, features=[]}`;
  return `KsqlTopic{kafkaTopicName='${topic}', keyFormat=${key}, valueFormat=${value}}`;
}

function windowInfo(window: Window, emit: Query["emit"]): string {
  const size = window.type === "session" ? "Optional.empty" : `Optional[${millisecondsOf(window.size)}]`;
  return `WindowInfo{type=${window.type.toUpperCase()}, size=${size}, emitStrategy=${(emit ?? "changes").toUpperCase()}}`;
}

function timestampOf(created: Created | undefined): string {
  const text = created && textOf(propertiesOf(created.with).get("TIMESTAMP"));
  if (text === undefined) return "Optional.empty";
  const column = parseExpressionText(text);
  const name = "kind" in column && column.kind === "column" ? column.name : text;
  return `Optional[TimestampColumn{column=\`${name}\`, format=Optional.empty}]`;
}

/** Columns may only be added behind the others, and a key only to a stream that has none. */
function changedFields(before: readonly KsqlField[], after: readonly KsqlField[]): string | undefined {
  // Unknown columns can't be compared.
  if (before.length === 0 || after.length === 0) return undefined;
  const keys = lostFields(before, after, "key");
  const values = lostFields(before, after, "value");
  const newKeys = after.filter(({ role }) => role === "key").length;
  const oldKeys = before.filter(({ role }) => role === "key").length;
  const list = (fields: readonly KsqlField[]) => fields.map(shownField).join(", ");
  const reasons =
    keys.length > 0 || (oldKeys > 0 && newKeys !== oldKeys)
      ? `Key columns must be identical. The following key columns are changed, missing or reordered: [${list(keys)}]`
      : values.length > 0
        ? `The following columns are changed, missing or reordered: [${list(values)}]`
        : undefined;
  if (reasons === undefined) return undefined;
  return `schema = ${list(before)} which is not upgradeable to ${list(after)}. (${reasons})`;
}

function lostFields(before: readonly KsqlField[], after: readonly KsqlField[], role: KsqlField["role"]) {
  const of = (fields: readonly KsqlField[]) => fields.filter((field) => field.role === role);
  const now = of(after).map(shownField);
  return of(before).filter((field, at) => now[at] !== shownField(field));
}

/** What CREATE OR REPLACE may not change of a running query. */
export function refusedQueryUpgrade(
  ksql: KsqlServerState,
  was: Query,
  is: Query,
): { readonly refused: Refusal } | undefined {
  const unsupported = (step: string) => refused(40000, `Upgrades not yet supported for ${step}`);
  const [join] = is.joins;
  if (join) {
    const typeOf = (name: string) => (ksql.sources.get(name)?.type === "table" ? "Table" : "Stream");
    return unsupported(`${typeOf(is.from.source.name)}${typeOf(join.relation.source.name)}Join`);
  }
  if (is.window) return unsupported("StreamWindowedAggregate");
  if (callsIn(is).some(({ name }) => name === "EXPLODE")) return unsupported("StreamFlatMap");
  if (is.groupBy === null || was.groupBy === null) return undefined;
  if (ksql.sources.get(is.from.source.name)?.type === "table") return unsupported("TableGroupBy");
  const step = "Query is not upgradeable. Plan step of type StreamAggregate must have matching";
  if ((was.having === null) !== (is.having === null)) {
    const classOf = ({ having }: Query) =>
      `class io.confluent.ksql.execution.plan.${having === null ? "StreamAggregate" : "TableFilter"}`;
    return refused(40000, `${step} class. Values differ: ${classOf(was)} vs. ${classOf(is)}`);
  }
  const [old, now] = [aggregatesIn(was), aggregatesIn(is)];
  if (old !== now) return refused(40000, `${step} aggregate functions. Values differ: [${old}] vs. [${now}]`);
  // What feeds an aggregation keeps its columns; the server's words for that were not recorded.
  return [was, is].some((query) => filtersOnOthers(query, is))
    ? refused(40000, "Query is not upgradeable.")
    : undefined;
}

/** Whether the WHERE of a query uses a column that the aggregation of the other one doesn't. */
function filtersOnOthers({ where }: Query, { select, groupBy }: Query): boolean {
  const selected = select.flatMap((item) => (item.kind === "expression" ? [item.expression] : []));
  const used = new Set([...selected, ...(groupBy ?? [])].flatMap(columnsIn));
  return where !== null && columnsIn(where).some((column) => !used.has(column));
}

function columnsIn(expression: Expression): readonly string[] {
  const own = expression.kind === "column" ? [expression.name] : [];
  return [...own, ...childrenOf(expression).flatMap(columnsIn)];
}

type Call = Extract<Expression, { kind: "call" }>;

const aggregates = new Set(
  `COUNT SUM AVG MIN MAX TOPK TOPKDISTINCT COLLECT_LIST COLLECT_SET COUNT_DISTINCT HISTOGRAM STDDEV_SAMP
   STDDEV_SAMPLE CORRELATION LATEST_BY_OFFSET EARLIEST_BY_OFFSET ATTR`.split(/\s+/),
);

function aggregatesIn(query: Query): string {
  const shown = callsIn(query)
    .filter(({ name }) => aggregates.has(name.toUpperCase()))
    .map(({ name, arguments: args }) => {
      const list = args.map((it) => printServerExpression(unqualified(it))).join(", ");
      return `${name.toUpperCase()}(${list === "" ? "ROWTIME" : list})`;
    });
  return [...new Set(shown)].join(", ");
}

function callsIn(query: Query): readonly Call[] {
  const expressions = query.select.flatMap((item) => (item.kind === "expression" ? [item.expression] : []));
  const calls = (expression: Expression): readonly Call[] => [
    ...(expression.kind === "call" ? [expression] : []),
    ...childrenOf(expression).flatMap(calls),
  ];
  return [...expressions, ...(query.having ? [query.having] : [])].flatMap(calls);
}

function unqualified(expression: Expression): Expression {
  return expression.kind === "column" ? { ...expression, source: null } : expression;
}

/** The CREATE in a source's text, which after an ALTER has more statements. */
export function createdBy({ statement }: SourceState): Created | undefined {
  const [first] = parseStatements(statement);
  return first?.kind === "create-source" || first?.kind === "create-as" ? first : undefined;
}
