import { isJdbcType, type JdbcType } from "../spec.ts";
import {
  aivenSink,
  aivenSource,
  confluentSink,
  confluentSource,
  debeziumSink,
  type Keys,
  openPrefixes,
} from "./keys.ts";

/** One JDBC connector that kpipe knows the keys of. */
export interface Family {
  readonly type: JdbcType;
  readonly class: string;
  /** Who makes it, for messages. */
  readonly vendor: string;
  readonly keys: Keys;
  /** Keys of which only the start is fixed. */
  readonly prefixes: readonly string[];
  /** What it calls its key settings. */
  readonly primaryKey: { readonly mode: string; readonly fields: string };
}

const short = { mode: "pk.mode", fields: "pk.fields" };

// Confluent's and Aiven's hand every other `connection.*` on to the JDBC driver, Debezium's every `hibernate.*`.
const toDriver = [...openPrefixes, "connection."];
const confluent = { vendor: "Confluent", primaryKey: short };
const aiven = { vendor: "Aiven", primaryKey: short, prefixes: toDriver };

export const families: readonly Family[] = [
  {
    ...confluent,
    type: "jdbc-source",
    class: "io.confluent.connect.jdbc.JdbcSourceConnector",
    keys: confluentSource,
    prefixes: [...toDriver, "jdbc.credentials.provider.", "confluent.", "reporter."],
  },
  {
    ...confluent,
    type: "jdbc-sink",
    class: "io.confluent.connect.jdbc.JdbcSinkConnector",
    keys: confluentSink,
    prefixes: [...toDriver, "jdbc.credentials.provider.", "confluent.", "reporter."],
  },
  { ...aiven, type: "jdbc-source", class: "io.aiven.connect.jdbc.JdbcSourceConnector", keys: aivenSource },
  { ...aiven, type: "jdbc-sink", class: "io.aiven.connect.jdbc.JdbcSinkConnector", keys: aivenSink },
  {
    vendor: "Debezium",
    type: "jdbc-sink",
    class: "io.debezium.connector.jdbc.JdbcSinkConnector",
    keys: debeziumSink,
    prefixes: [...openPrefixes, "hibernate."],
    primaryKey: { mode: "primary.key.mode", fields: "primary.key.fields" },
  },
];

/** The families that a class or a JDBC type may stand for; none for any other connector. */
export function familiesOf(classOrType: string): readonly Family[] {
  return families.filter((it) => (isJdbcType(classOrType) ? it.type : it.class) === classOrType);
}
