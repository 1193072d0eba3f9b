import { type Context, resultSchema } from "../../../ksql/canonical/index.ts";
import { millisecondsOf } from "../../../ksql/canonical/intervals.ts";
import type { CreateAs, Query } from "../../../ksql/syntax/index.ts";
import type { KsqlServerState, SourceState } from "../state.ts";
import { type Answer, badStatement, nextCommand, refused, type Work } from "./answer.ts";
import { completeQuery } from "./complete.ts";
import { printCreate } from "./print.ts";
import {
  formatOf,
  literal,
  numberOf,
  type Properties,
  propertiesOf,
  propertyList,
  refusedProperties,
  textOf,
} from "./properties.ts";
import { contextOf, fieldsOfResult } from "./schema.ts";
import { ensureTopic, replicasOf, retentionOf, type WantedTopic } from "./topics.ts";
import { createdBy, refusedQueryUpgrade, refusedUpgrade } from "./upgrade.ts";

/** CREATE STREAM or TABLE AS SELECT. */
export function createAs(statement: CreateAs, work: Work): Answer {
  const { ksql } = work;
  const { type, query } = statement;
  const name = statement.name.name;
  const sources = sourcesOf(query);
  const missing = sources.find((source) => !ksql.sources.has(source));
  if (missing !== undefined)
    return badStatement(`Exception while preparing statement: ${missing} does not exist.`);
  const existing = ksql.sources.get(name);
  const twice = `A ${existing?.type ?? type} with the same name already exists`;
  if (existing && statement.ifNotExists) {
    const message = `Cannot add ${type} \`${name}\`: ${twice}.`;
    return { message, queryId: undefined, statementText: work.raw, warning: true };
  }
  const given = propertiesOf(statement.with);
  const bad = refusedProperties(given, { type, windowed: query.window !== null, ownTopic: false });
  if (bad) return bad;
  const wanted = wantedTopic(statement, given, work);
  const badTopic = ensureTopic(work.cluster.kafka, checkable(wanted, query));
  if (badTopic) return badTopic;

  const context = contextOf(ksql);
  const completed = completeQuery(query, context, work.text);
  const undetermined = "Could not determine output schema for query due to error: ";
  if ("unresolved" in completed) return badStatement(`${undetermined}${completed.unresolved}`);
  if (existing && !statement.orReplace)
    return badStatement(`${undetermined}Cannot add ${type} '${name}': ${twice}`);

  const full: CreateAs = { ...statement, query: completed.query, with: allProperties(given, wanted) };
  const created = sinkOf(full, given, wanted, context, work);
  const own = ownQuery(ksql, name);
  if (existing) {
    const was = createdBy(existing);
    const upgrade = refusedUpgrade(name, [existing, was], [created, full]);
    if (upgrade) return upgrade;
    const running = own !== undefined && was?.kind === "create-as";
    const badQuery = running ? refusedQueryUpgrade(ksql, was.query, completed.query) : undefined;
    if (badQuery) return badQuery;
  }
  const badProperty = refusedStreamsProperties(work.properties);
  if (badProperty) return badProperty;

  const command = nextCommand(ksql);
  const queryId = own ?? `${type === "stream" ? "CSAS" : "CTAS"}_${name}_${command}`;
  ksql.sources.set(name, created);
  ksql.queries.set(queryId, {
    text: created.statement,
    sources,
    sinks: [name],
    state: "running",
    errors: [],
    properties: work.properties,
  });
  return { message: `Created query with ID ${queryId}`, queryId, statementText: created.statement };
}

export function sourcesOf({ from, joins }: Query): readonly string[] {
  return [...new Set([from, ...joins.map(({ relation }) => relation)].map(({ source }) => source.name))];
}

/** The query that came with a stream or table, while it isn't terminated. */
export function ownQuery({ queries }: KsqlServerState, name: string): string | undefined {
  const own = /^(CSAS|CTAS|CST)_.*_\d+$/s;
  return [...queries].find(([id, { sinks, sources }]) => {
    const writes = sinks.includes(name) || (sinks.length === 0 && sources.includes(name));
    return own.test(id) && writes;
  })?.[0];
}

/** Partitions, replicas and retention are the first source's, unless they are given. */
function wantedTopic({ type, name, query }: CreateAs, given: Properties, work: Work): WantedTopic {
  const { kafka } = work.cluster;
  const source = work.ksql.sources.get(query.from.source.name);
  const topic = source && kafka.topics.get(source.topic);
  return {
    name: textOf(given.get("KAFKA_TOPIC")) ?? name.name,
    partitions: numberOf(given.get("PARTITIONS")) ?? topic?.partitions.length ?? 1,
    replicas: numberOf(given.get("REPLICAS")) ?? (topic ? replicasOf(topic) : 1),
    retention: numberOf(given.get("RETENTION_MS")) ?? (topic ? retentionOf(kafka, topic) : 604_800_000),
    cleanup: type === "stream" ? "delete" : query.window ? "compact,delete" : "compact",
  };
}

/** A compacted topic has no retention to compare; a windowed one keeps at least its window. */
function checkable(wanted: WantedTopic, { window }: Query): WantedTopic {
  if (wanted.cleanup === "compact") return { ...wanted, retention: undefined };
  const kept = window && millisecondsOf(window.retention ?? window.size);
  return kept === null ? wanted : { ...wanted, retention: Math.max(kept, wanted.retention ?? 0) };
}

function allProperties(given: Properties, { name, partitions, replicas, retention, cleanup }: WantedTopic) {
  return propertyList(
    new Map([
      ["KAFKA_TOPIC", literal.text(name)],
      ["PARTITIONS", literal.number(partitions)],
      ["REPLICAS", literal.number(replicas ?? 1)],
      ["RETENTION_MS", literal.number(retention ?? -1)],
      ...given,
      ["CLEANUP_POLICY", literal.text(cleanup)],
    ]),
  );
}

function sinkOf(
  statement: CreateAs,
  given: Properties,
  { name: topic }: WantedTopic,
  context: Context,
  { ksql, doubt }: Work,
): SourceState {
  const { type, query, name } = statement;
  const from = ksql.sources.get(query.from.source.name);
  const address = `${type}/${name.name}`;
  const columns = resultSchema(statement, context);
  if (!columns) doubt(`${address}: its columns aren't known without a server`);
  return {
    type,
    topic,
    keyFormat: formatOf(given, "KEY") ?? from?.keyFormat ?? "KAFKA",
    valueFormat: formatOf(given, "VALUE") ?? from?.valueFormat ?? "NONE",
    windowType: windowTypeOf(query) ?? (keepsKey(query) ? (from?.windowType ?? null) : null),
    fields: fieldsOfResult(columns ?? [], (column) =>
      doubt(`${address}: the type of ${column} isn't known without a server`),
    ),
    statement: printCreate(statement),
    from: sourcesOf(query),
  };
}

function windowTypeOf({ window }: Query): SourceState["windowType"] {
  switch (window?.type) {
    case "tumbling":
      return "TUMBLING";
    case "hopping":
      return "HOPPING";
    case "session":
      return "SESSION";
    default:
      return null;
  }
}

function keepsKey({ groupBy, partitionBy }: Query): boolean {
  return groupBy === null && partitionBy === null;
}

/** What is wrong with properties given beside a statement, as far as it is known without a server. */
export function refusedStreamsProperties(properties: Readonly<Record<string, string>>) {
  const reset = properties["auto.offset.reset"];
  if (reset === undefined || ["latest", "earliest", "none"].includes(reset)) return undefined;
  return refused(
    40000,
    `Failed to coerce type of value '${reset}' for key 'auto.offset.reset'\nCaused by: Invalid value ${reset} for configuration auto.offset.reset: String\n\tmust be one of: latest, earliest, none`,
  );
}
