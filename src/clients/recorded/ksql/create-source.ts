import { canonicalType } from "../../../ksql/canonical/types.ts";
import type { Column, CreateSource } from "../../../ksql/syntax/index.ts";
import type { SourceState } from "../state.ts";
import { type Answer, badStatement, nextCommand, refused, type Work } from "./answer.ts";
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
import { contextOf, fieldsOfColumns } from "./schema.ts";
import { ensureTopic } from "./topics.ts";
import { createdBy, refusedUpgrade } from "./upgrade.ts";

const registered = ["AVRO", "PROTOBUF", "JSON_SR"];

/** CREATE [SOURCE] STREAM or TABLE over a topic. */
export function createSource(statement: CreateSource, work: Work): Answer {
  const { ksql } = work;
  const { type } = statement;
  const name = statement.name.name;
  const context = contextOf(ksql);
  const given = propertiesOf(statement.with);
  const columns = withInferred(
    statement.columns.map((column) => ({ ...column, type: canonicalType(column.type, context.types) })),
    given,
    work,
  );
  const windowType = textOf(given.get("WINDOW_TYPE"))?.toUpperCase();
  const bad = refusedProperties(given, { type, windowed: windowType !== undefined, ownTopic: true });
  if (bad) return bad;
  const properties = withKeyFormat(given);
  const topic = textOf(given.get("KAFKA_TOPIC")) ?? "";
  const noTopic = refusedTopic({ ...statement, columns }, properties, topic, work);
  if (noTopic) return noTopic;

  const existing = ksql.sources.get(name);
  const twice = `A ${existing?.type ?? type} with the same name already exists`;
  if (existing && statement.ifNotExists) {
    const message = `Cannot add ${type} \`${name}\`: ${twice}.`;
    return { message, queryId: undefined, statementText: work.raw, warning: true };
  }
  if (existing && !statement.orReplace) return badStatement(`Cannot add ${type} '${name}': ${twice}`);
  if (type === "table" && !columns.some(({ constraint }) => constraint.kind === "primary-key"))
    return badStatement("Tables require a PRIMARY KEY. Please define the PRIMARY KEY.");
  if (statement.orReplace && statement.readOnly)
    return badStatement(
      `Cannot add ${type} '${name}': CREATE OR REPLACE is not supported on source ${type}s.`,
    );

  const cleanup = type === "stream" ? "delete" : windowType === undefined ? "compact" : "compact,delete";
  const completed: CreateSource = {
    ...statement,
    columns,
    with: propertyList(new Map([...properties, ["CLEANUP_POLICY", literal.text(cleanup)]])),
  };
  const created: SourceState = {
    type,
    topic,
    keyFormat: formatOf(properties, "KEY") ?? "KAFKA",
    valueFormat: formatOf(properties, "VALUE") ?? "NONE",
    windowType: windowTypeOf(windowType),
    fields: fieldsOfColumns(columns),
    statement: printCreate(completed),
    from: [],
  };
  if (registered.includes(created.valueFormat) && !created.fields.some(({ role }) => role === "value"))
    work.doubt(`${type}/${name}: a recording doesn't have the schema registry that tells its columns`);
  const upgrade = existing && refusedUpgrade(name, [existing, createdBy(existing)], [created, statement]);
  if (upgrade) return upgrade;

  const command = nextCommand(ksql);
  ksql.sources.set(name, { ...created, from: existing?.from ?? [] });
  const statementText = created.statement;
  if (!statement.readOnly || type === "stream") {
    const message = `${type === "stream" ? "Stream" : "Table"} created`;
    return { message, queryId: undefined, statementText };
  }
  const queryId = `CST_${name}_${command}`;
  const query = { sources: [name], sinks: [], state: "running" as const, errors: [] };
  ksql.queries.set(queryId, { ...query, text: statementText, properties: work.properties });
  return { message: `Created query with ID ${queryId}`, queryId, statementText };
}

/**
 * Without columns for its values, a source has those of the schema registry: what another source on the topic
 * has registered, if there is one.
 */
function withInferred(columns: readonly Column[], given: Properties, { ksql }: Work): readonly Column[] {
  const format = formatOf(given, "VALUE");
  const hasValues = columns.some(({ constraint }) => constraint.kind === "none");
  if (hasValues || format === undefined || !registered.includes(format)) return columns;
  const topic = textOf(given.get("KAFKA_TOPIC"));
  const other = [...ksql.sources.values()].find((it) => it.topic === topic && it.valueFormat === format);
  const first = other && createdBy(other);
  if (first?.kind !== "create-source") return columns;
  return [...columns, ...first.columns.filter(({ constraint }) => constraint.kind === "none")];
}

function withKeyFormat(given: Properties): Properties {
  if (given.has("FORMAT") || given.has("KEY_FORMAT")) return given;
  const value = formatOf(given, "VALUE");
  return new Map([
    ...given,
    ["KEY_FORMAT", literal.text("KAFKA")],
    // Completing one side, the server writes both anew.
    ...(value === undefined ? [] : [["VALUE_FORMAT", literal.text(value)] as const]),
  ]);
}

function refusedTopic(
  statement: CreateSource,
  properties: Properties,
  topic: string,
  { cluster: { kafka } }: Work,
) {
  const partitions = numberOf(properties.get("PARTITIONS"));
  if (partitions === undefined) {
    if (kafka.topics.has(topic)) return undefined;
    const example = printCreate({
      ...statement,
      with: propertyList(new Map([...properties, ["PARTITIONS", literal.number(2)]])),
    });
    return refused(
      40000,
      `Topic '${topic}' does not exist. If you want to create a new topic for the stream/table please re-run the statement providing the required 'PARTITIONS' configuration in the WITH clause (and optionally 'REPLICAS'). For example: ${example}`,
    );
  }
  return ensureTopic(kafka, {
    name: topic,
    partitions,
    replicas: numberOf(properties.get("REPLICAS")),
    retention: numberOf(properties.get("RETENTION_MS")),
    cleanup: statement.type === "stream" ? "delete" : "compact",
  });
}

function windowTypeOf(text: string | undefined): SourceState["windowType"] {
  return text === "TUMBLING" || text === "HOPPING" || text === "SESSION" ? text : null;
}
