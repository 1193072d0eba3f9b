import { familiesOf } from "./jdbc/families.ts";
import { type ConnectorConfig, type ConnectorSpec, isJdbcType, knownText, listItems } from "./spec.ts";

/** The topics of a connector as far as its config tells. */
export interface ConnectorTopics {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Globs over topics that it writes when the config names no tables. */
  readonly writesLike: readonly string[];
  readonly deadLetters: string | undefined;
}

/** `known` is what a sink's `topics.regex` is matched against. */
export function topicsOf(spec: ConnectorSpec, known: () => Iterable<string>): ConnectorTopics {
  const { config } = spec;
  const deadLetters = knownText(config, "errors.deadletterqueue.topic.name");
  const reads = isSink(spec) ? sinkTopics(config, known) : [];
  const written = isSink(spec) ? { writes: [], writesLike: [] } : sourceTopics(spec);
  return { reads, ...written, deadLetters: deadLetters === "" ? undefined : deadLetters };
}

/** Sinks have `topics` or `topics.regex`, and can't do without; of the sources only MirrorMaker's has one. */
export function isSink({ class: connectorClass, config }: ConnectorSpec): boolean {
  if (isJdbcType(connectorClass)) return connectorClass === "jdbc-sink";
  if (/Source(Connector)?$/.test(connectorClass)) return false;
  return config.topics !== undefined || config["topics.regex"] !== undefined;
}

function sinkTopics(config: ConnectorConfig, known: () => Iterable<string>): readonly string[] {
  const named = listItems(knownText(config, "topics"));
  const regex = knownText(config, "topics.regex") ?? "";
  const pattern = regex === "" ? undefined : compiled(regex);
  const matched = pattern === undefined ? [] : [...known()].filter((topic) => pattern.test(topic));
  return [...new Set([...named, ...matched])].toSorted();
}

function sourceTopics(spec: ConnectorSpec): Pick<ConnectorTopics, "writes" | "writesLike"> {
  const named = namedBySource(spec);
  const route = router(spec.config);
  if (route === undefined) return { writes: [], writesLike: [] };
  const writes = named.writes.map(route).toSorted();
  // A pattern can't be sent through a router.
  return { writes: [...new Set(writes)], writesLike: hasTransforms(spec.config) ? [] : named.writesLike };
}

/** The topics as the connector names them, before transforms. */
function namedBySource(spec: ConnectorSpec): Pick<ConnectorTopics, "writes" | "writesLike"> {
  const { config } = spec;
  const prefix = knownText(config, "topic.prefix");
  const nothing = { writes: [], writesLike: [] };
  if (familiesOf(spec.class)[0]?.type === "jdbc-source") {
    if (prefix === undefined) return nothing;
    if ((config.query ?? "") !== "") return { writes: prefix === "" ? [] : [prefix], writesLike: [] };
    const tables = listItems(knownText(config, "table.whitelist"));
    // The topic has the bare name of the table, whatever schema the list gives.
    if (tables.length > 0) return { writes: tables.map((it) => prefix + bareName(it)), writesLike: [] };
    return { writes: [], writesLike: prefix === "" ? [] : [`${prefix}*`] };
  }
  if (spec.class.startsWith("io.debezium.connector.")) return namedByDebezium(spec, prefix);
  const topic = knownText(config, "topic") ?? knownText(config, "kafka.topic");
  return topic === undefined || topic === "" ? nothing : { writes: [topic], writesLike: [] };
}

/** `prefix.schema.table`, unless a strategy of the user's own names them (SchemaTopicNamingStrategy). */
function namedByDebezium(
  { class: connectorClass, config }: ConnectorSpec,
  prefix: string | undefined,
): Pick<ConnectorTopics, "writes" | "writesLike"> {
  if (prefix === undefined || prefix === "" || config["topic.naming.strategy"] !== undefined) {
    return { writes: [], writesLike: [] };
  }
  const tables = listItems(knownText(config, "table.include.list"));
  const plain = tables.filter((it) => /^[\w-]+(\.[\w-]+)+$/.test(it));
  // SQL Server's puts the database in between, which the list of tables doesn't name.
  const inDatabases = connectorClass.includes(".sqlserver.")
    ? listItems(knownText(config, "database.names")).flatMap((it) => plain.map((table) => `${it}.${table}`))
    : plain;
  return {
    writes: inDatabases.map((it) => `${prefix}.${it}`),
    writesLike: plain.length > 0 && plain.length === tables.length ? [] : [`${prefix}.*`],
  };
}

function bareName(table: string): string {
  return table.slice(table.lastIndexOf(".") + 1).replaceAll(/["`[\]]/g, "");
}

/** Renames topics as the transforms do; undefined if one of them renames in a way that can't be told. */
function router(config: ConnectorConfig): ((topic: string) => string) | undefined {
  const steps: ((topic: string) => string)[] = [];
  for (const alias of listItems(knownText(config, "transforms"))) {
    const type = knownText(config, `transforms.${alias}.type`) ?? "";
    if (!/Router$|ByLogicalTable|TopicNamingStrategy/.test(type)) continue;
    const regex = compiled(knownText(config, `transforms.${alias}.regex`) ?? "");
    const replacement = knownText(config, `transforms.${alias}.replacement`);
    const isRegexRouter = type.endsWith(".RegexRouter");
    const conditional = config[`transforms.${alias}.predicate`] !== undefined;
    if (!isRegexRouter || conditional || regex === undefined || replacement === undefined) return undefined;
    // Java's `$1` is JavaScript's too; RegexRouter wants the whole topic to match.
    steps.push((topic) => (regex.test(topic) ? topic.replace(regex, replacement) : topic));
  }
  return (topic) => steps.reduce((name, step) => step(name), topic);
}

function hasTransforms(config: ConnectorConfig): boolean {
  return listItems(knownText(config, "transforms")).length > 0;
}

/** A Java pattern that must match the whole text; undefined if JavaScript doesn't take it. */
function compiled(pattern: string): RegExp | undefined {
  try {
    return pattern === "" ? undefined : new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}
