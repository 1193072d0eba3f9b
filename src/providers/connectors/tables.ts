import type { Address } from "../../core/model.ts";
import { addressOf } from "../../core/model.ts";
import { familiesOf } from "./jdbc/families.ts";
import { type ConnectorConfig, type ConnectorSpec, knownText, listItems } from "./spec.ts";
import { isSink } from "./topics.ts";

/**
 * The database tables that a connector reads or writes, as far as its config names them: `database/HOST/DB/TABLE`.
 * No pipeline declares these; they connect a source and a sink of one table in the lineage.
 */
export function tablesOf(spec: ConnectorSpec, topics: readonly string[]): readonly Address[] {
  const database = databaseOf(spec);
  if (database === undefined) return [];
  const names = isSink(spec) ? sinkTables(spec, topics) : sourceTables(spec.config);
  return [...new Set(names)].toSorted().map((name) => addressOf("database", `${database}/${name}`));
}

function sourceTables(config: ConnectorConfig): readonly string[] {
  return [
    ...listItems(knownText(config, "table.whitelist")),
    ...listItems(knownText(config, "table.include.list")).filter((it) => /^[\w.-]+$/.test(it)),
  ];
}

/** A format is `${topic}` by default, which looks like a reference and is none. */
function sinkTables(
  { class: connectorClass, config }: ConnectorSpec,
  topics: readonly string[],
): readonly string[] {
  if (familiesOf(connectorClass).length === 0) return [];
  const format = config["collection.name.format"] ?? config["table.name.format"] ?? "${topic}";
  if (typeof format !== "string") return [];
  const names = topics.map((topic) => format.replaceAll("${topic}", topic));
  return names.filter((name) => !name.includes("${"));
}

/** Host and database of a JDBC URL or of Debezium's own keys, never with credentials. */
function databaseOf({ config }: ConnectorSpec): string | undefined {
  const url = config["connection.url"];
  if (url !== undefined && url !== null) {
    const { host, database } =
      /^jdbc:[\w:]+\/\/(?:[^@/]*@)?(?<host>[^/;?]+)\/(?<database>[^;?]+)/.exec(`${url}`)?.groups ?? {};
    return host && database ? `${host}/${database}` : undefined;
  }
  const host = knownText(config, "database.hostname");
  const database = knownText(config, "database.dbname");
  if (host === undefined || database === undefined) return undefined;
  return `${host}:${knownText(config, "database.port") ?? "5432"}/${database}`;
}
