import type { KsqlField, KsqlQuery, KsqlSource, KsqlState } from "../../ksql.ts";
import { saidBy } from "../../ksql-message.ts";
import {
  countAt,
  isObject,
  type Json,
  listAt,
  listOr,
  objectAt,
  objectOr,
  textAt,
  textOr,
  textsOf,
  UnreadableAnswer,
} from "./json.ts";
import { typeOf } from "./types.ts";

/** One request for all that there is; every list comes back as an entity of its own, in this order. */
export const READ_STATE = "LIST STREAMS EXTENDED; LIST TABLES EXTENDED; LIST QUERIES EXTENDED; LIST TYPES;";

/** The answer to READ_STATE. Throws UnreadableAnswer. */
export function stateOf(answer: unknown): KsqlState {
  const [streams, tables, queries, types] = listAt(answer, "the answer");
  const described = [
    ...listAt(entity(streams, "source_descriptions").sourceDescriptions, "sourceDescriptions"),
    ...listAt(entity(tables, "source_descriptions").sourceDescriptions, "sourceDescriptions"),
  ].map((it, at) => objectAt(it, `sourceDescriptions[${at}]`));
  const sources = described.map((it, at) => sourceOf(it, `sourceDescriptions[${at}]`));
  const running = runningQueries(described);
  const topicOf = new Map(sources.map(({ name, topic }) => [name, topic]));
  return {
    sources,
    queries: listAt(entity(queries, "query_descriptions").queryDescriptions, "queryDescriptions")
      .map((it, at) => objectAt(it, `queryDescriptions[${at}]`))
      .filter(({ queryType }) => queryType === undefined || queryType === "PERSISTENT")
      .map((it, at) => queryOf(it, running, topicOf, `queryDescriptions[${at}]`)),
    types: new Map(
      Object.entries(objectAt(entity(types, "type_list").types, "types")).map(([name, schema]) => [
        name,
        typeOf(schema, `types.${name}`),
      ]),
    ),
  };
}

function entity(value: unknown, type: string): Json {
  if (isObject(value) && value["@type"] === type) return value;
  throw new UnreadableAnswer(type);
}

function sourceOf(it: Json, part: string): KsqlSource {
  return {
    name: textAt(it.name, `${part}.name`),
    type: sourceType(it.type, `${part}.type`),
    topic: textAt(it.topic, `${part}.topic`),
    keyFormat: textOr(it.keyFormat),
    valueFormat: textOr(it.valueFormat),
    windowType: windowType(it.windowType, `${part}.windowType`),
    fields: listAt(it.fields, `${part}.fields`).map((field, at) => fieldOf(field, `${part}.fields[${at}]`)),
    statement: textAt(it.statement, `${part}.statement`),
    partitions: countAt(it.partitions, `${part}.partitions`),
    replicas: countAt(it.replication, `${part}.replication`),
    readBy: idsOf(it.readQueries),
    writtenBy: idsOf(it.writeQueries),
    dependants: textsOf(it.sourceConstraints).toSorted(),
  };
}

function sourceType(value: unknown, part: string): KsqlSource["type"] {
  if (value === "STREAM") return "stream";
  if (value === "TABLE") return "table";
  throw new UnreadableAnswer(part);
}

function windowType(value: unknown, part: string): KsqlSource["windowType"] {
  if (value === null || value === undefined) return null;
  if (value === "TUMBLING" || value === "HOPPING" || value === "SESSION") return value;
  throw new UnreadableAnswer(part);
}

function fieldOf(field: unknown, part: string): KsqlField {
  const { name, schema, type, headerKey } = objectAt(field, part);
  return {
    name: textAt(name, `${part}.name`),
    type: typeOf(schema, `${part}.schema`),
    role: type === "KEY" ? "key" : type === "HEADER" ? "header" : "value",
    headerKey: typeof headerKey === "string" ? headerKey : null,
  };
}

function idsOf(queries: unknown): readonly string[] {
  return listOr(queries)
    .map((it) => textOr(objectOr(it).id))
    .filter((id) => id !== "")
    .toSorted();
}

/** What streams and tables tell of the queries that write them, by id; the queries' own list leaves it out. */
function runningQueries(described: readonly Json[]): ReadonlyMap<string, Json> {
  return new Map(
    described
      .flatMap(({ writeQueries }) => listOr(writeQueries).map(objectOr))
      .map((query) => [textOr(query.id), query]),
  );
}

function queryOf(
  it: Json,
  running: ReadonlyMap<string, Json>,
  topicOf: ReadonlyMap<string, string>,
  part: string,
): KsqlQuery {
  const id = textAt(it.id, `${part}.id`);
  const sinks = textsOf(it.sinks).toSorted();
  const { sinkKafkaTopics, statusCount } = running.get(id) ?? {};
  return {
    id,
    text: textAt(it.statementText, `${part}.statementText`),
    state: worst([
      ...Object.values(objectOr(it.ksqlHostQueryStatus)),
      ...Object.keys(objectOr(statusCount)),
      it.state,
    ]),
    sources: textsOf(it.sources).toSorted(),
    sinks,
    sinkTopics: sinkKafkaTopics ? textsOf(sinkKafkaTopics) : sinks.flatMap((sink) => topicOf.get(sink) ?? []),
    errors: errorsOf(it.queryErrors),
    properties: Object.fromEntries(
      Object.entries(objectOr(it.overriddenProperties)).map(([key, value]) => [key, propertyOf(value)]),
    ),
    group: textOr(it.consumerGroupId),
  };
}

/** The server tells numbers and switches as such; a list or an object is no property of a query. */
function propertyOf(value: unknown): string {
  return typeof value === "object" && value !== null ? "(not text)" : String(value);
}

/** `state` is RUNNING even where every host has paused the query or lost its topic. */
function worst(states: readonly unknown[]): KsqlQuery["state"] {
  if (states.includes("ERROR")) return "error";
  if (states.includes("UNRESPONSIVE")) return "unresponsive";
  return states.includes("PAUSED") ? "paused" : "running";
}

/** Every thread of a query reports the same fault. */
function errorsOf(value: unknown): KsqlQuery["errors"] {
  const newestFirst = listOr(value)
    .map(objectOr)
    .map(({ timestamp, errorMessage, type }) => ({
      timestamp: typeof timestamp === "number" ? timestamp : 0,
      message: saidBy(textOr(errorMessage)).message,
      type: textOr(type, "UNKNOWN"),
    }))
    .toSorted((a, b) => b.timestamp - a.timestamp);
  const messages = newestFirst.map(({ message }) => message);
  return newestFirst.filter(({ message }, at) => messages.indexOf(message) === at);
}
