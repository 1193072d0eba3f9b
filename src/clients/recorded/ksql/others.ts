import { canonicalType } from "../../../ksql/canonical/types.ts";
import { type AlterSource, printName, type Statement } from "../../../ksql/syntax/index.ts";
import { type Answer, badStatement, nextCommand, nextControl, refused, type Work } from "./answer.ts";
import { completeQuery } from "./complete.ts";
import { ownQuery, refusedStreamsProperties, sourcesOf } from "./create-as.ts";
import { propertiesOf, textOf } from "./properties.ts";
import { contextOf, describedType, fieldsOfColumns, shownType } from "./schema.ts";
import { createdBy } from "./upgrade.ts";

type InsertSelect = Extract<Statement, { kind: "insert-select" }>;
type CreateType = Extract<Statement, { kind: "create-type" }>;
type Drop = Extract<Statement, { kind: "drop" }>;
type Control = Extract<Statement, { kind: "control" }>;

/** INSERT INTO ... SELECT: a query beside the one that came with the stream. */
export function insertSelect(statement: InsertSelect, work: Work): Answer {
  const { ksql } = work;
  const { query, target } = statement;
  const sources = sourcesOf(query);
  const missing = [target.name, ...sources].find((source) => !ksql.sources.has(source));
  if (missing !== undefined)
    return badStatement(`Exception while preparing statement: ${missing} does not exist.`);
  const completed = completeQuery(query, contextOf(ksql), work.text);
  if ("unresolved" in completed) return badStatement(completed.unresolved);
  const given = textOf(propertiesOf(statement.with).get("QUERY_ID"))?.toUpperCase();
  if (given !== undefined && !/^\w*$/.test(given))
    return badStatement(`Query IDs may contain only alphanumeric characters and '_'. Got: '${given}'`);
  if (given !== undefined && ksql.queries.has(given))
    return badStatement(`Query ID '${given}' already exists.`);
  const badProperty = refusedStreamsProperties(work.properties);
  if (badProperty) return badProperty;
  const command = nextCommand(ksql);
  const queryId = given ?? `INSERTQUERY_${command}`;
  ksql.queries.set(queryId, {
    text: work.raw,
    sources,
    sinks: [target.name],
    state: "running",
    errors: [],
    properties: work.properties,
  });
  return done(work, `Created query with ID ${queryId}`, queryId);
}

/** ALTER ... ADD COLUMN: the server keeps it as a second statement behind the CREATE. */
export function alterSource(statement: AlterSource, work: Work): Answer {
  const { ksql } = work;
  const name = statement.name.name;
  const source = ksql.sources.get(name);
  if (!source) return badStatement(`Source ${name} does not exist.`);
  if (createdBy(source)?.kind === "create-as")
    return badStatement("ALTER command is not supported for CREATE ... AS statements.");
  const { types } = contextOf(ksql);
  const added = fieldsOfColumns(
    statement.columns.map((column) => ({ ...column, type: canonicalType(column.type, types) })),
  );
  const twice = added.find((field) => source.fields.some((it) => it.name === field.name));
  if (twice)
    return badStatement(
      `Cannot add column \`${twice.name}\` to schema. A column with the same name already exists.`,
    );
  nextCommand(ksql);
  const text = `${source.statement}\n${work.raw}`;
  ksql.sources.set(name, { ...source, fields: [...source.fields, ...added], statement: text });
  return done(work, `${statement.type === "stream" ? "Stream" : "Table"} ${name} altered.`);
}

export function createType(statement: CreateType, work: Work): Answer {
  const { ksql } = work;
  const name = statement.name.name.toUpperCase();
  const existing = ksql.types.get(name);
  if (existing && !statement.ifNotExists)
    return badStatement(
      `Cannot register custom type '${name}' since it is already registered with type: ${shownType(existing)}`,
    );
  nextCommand(ksql);
  if (existing) return done(work, `${name} is already registered with type ${shownType(existing)}`);
  const type = describedType(canonicalType(statement.type, contextOf(ksql).types));
  ksql.types.set(name, type);
  return done(work, `Registered custom type with name '${name}' and SQL type ${shownType(type)}`);
}

export function drop(statement: Drop, work: Work): Answer {
  switch (statement.type) {
    case "type":
      return dropType(statement, work);
    case "connector":
      work.doubt("connectors of ksqlDB: a recording takes statements about them without doing them");
      return done(work, "");
    case "stream":
    case "table":
      return dropSource(statement, statement.type, work);
  }
}

function dropType({ name: { name: written }, ifExists }: Drop, work: Work): Answer {
  const name = written.toUpperCase();
  if (!work.ksql.types.has(name) && !ifExists) return badStatement(`Type ${name} does not exist.`);
  nextCommand(work.ksql);
  return work.ksql.types.delete(name)
    ? done(work, `Dropped type '${name}'`)
    : done(work, `Type '${name}' does not exist`);
}

function dropSource(statement: Drop, type: "stream" | "table", work: Work): Answer {
  const { ksql, cluster } = work;
  const name = statement.name.name;
  const source = ksql.sources.get(name);
  if (!source) {
    if (!statement.ifExists)
      return badStatement(`${type === "stream" ? "Stream" : "Table"} ${name} does not exist.`);
    nextCommand(ksql);
    return done(work, `Source \`${name}\` does not exist.`);
  }
  if (source.type !== type)
    return badStatement(`Incompatible data source type is ${source.type}, but statement was DROP ${type}`);
  const created = createdBy(source);
  if (statement.deleteTopic) {
    if (created?.kind === "create-source" && created.readOnly)
      return refused(40000, `Cannot delete topic for read-only source: ${name}`);
    const sharing = [...ksql.sources].filter(([it, { topic }]) => it !== name && topic === source.topic);
    if (sharing.length > 0) {
      const names = sharing.map(([it]) => it).toSorted();
      return refused(
        50000,
        `Refusing to delete topic. Found other data sources (${names.join(", ")}) using topic ${source.topic}`,
      );
    }
    // Deleted before the drop itself is checked: a refused one has deleted it all the same.
    cluster.kafka.topics.delete(source.topic);
  }
  const inUse = whatUses(name, work);
  if (inUse !== undefined) return badStatement(`Cannot drop ${name}.\n${inUse} before dropping ${name}.`);
  nextCommand(ksql);
  const own = ownQuery(ksql, name);
  if (own !== undefined) ksql.queries.delete(own);
  ksql.sources.delete(name);
  const statementText = statement.deleteTopic
    ? `DROP ${type.toUpperCase()} ${statement.ifExists ? "IF EXISTS " : ""}${printName(name)};`
    : work.raw;
  const message = `Source \`${name}\` (topic: ${source.topic}) was dropped.`;
  return { message, queryId: undefined, statementText };
}

function whatUses(name: string, { ksql }: Work): string | undefined {
  const made = [...ksql.sources].filter(([, { from }]) => from.includes(name)).map(([it]) => it);
  if (made.length > 0)
    return `The following streams and/or tables read from this source: [${made.toSorted().join(", ")}].\nYou need to drop them`;
  const own = ownQuery(ksql, name);
  const others = [...ksql.queries].filter(([id]) => id !== own);
  const reading = others.filter(([, { sources }]) => sources.includes(name)).map(([id]) => id);
  const writing = others.filter(([, { sinks }]) => sinks.includes(name)).map(([id]) => id);
  if (reading.length === 0 && writing.length === 0) return undefined;
  const list = (ids: readonly string[]) => `[${ids.toSorted().join(", ")}]`;
  return `The following queries read from this source: ${list(reading)}.\nThe following queries write into this source: ${list(writing)}.\nYou need to terminate them`;
}

/** TERMINATE, PAUSE and RESUME of one query, or of all. */
export function control({ action, query }: Control, work: Work): Answer {
  const { ksql } = work;
  const ids = query === null ? [...ksql.queries.keys()] : [query.name.toUpperCase()];
  const unknown = ids.find((id) => !ksql.queries.has(id));
  if (unknown !== undefined) return badStatement(`Unknown queryId: ${unknown}`);
  nextControl(ksql);
  for (const id of ids) {
    const running = ksql.queries.get(id);
    if (action === "terminate") ksql.queries.delete(id);
    else if (running) ksql.queries.set(id, { ...running, state: action === "pause" ? "paused" : "running" });
  }
  return done(
    work,
    `Query ${action === "terminate" ? "terminated" : action === "pause" ? "paused" : "resumed"}.`,
  );
}

function done(work: Work, message: string, queryId?: string): Answer {
  return { message, queryId, statementText: work.raw };
}
