import type { ConnectorState } from "../../clients/connect.ts";
import type { Policy, Resource } from "../../core/model.ts";
import type { Secret } from "../../core/secret.ts";

/** One connector, as declared and as a worker holds it. */
export type ConnectorSpec = {
  /** The name of its Connect cluster among the connections. */
  readonly connect: string;
  /** The class of its plugin; a JDBC type, until the plugins of its worker are known. */
  readonly class: string;
  /** Without `name`, `connector.class` and what the server adds. null: stored on the worker as null. */
  readonly config: ConnectorConfig;
  readonly state: ConnectorState;
};

export type ConnectorConfig = { readonly [key: string]: string | Secret | null };

export interface ConnectorPolicy extends Policy {
  /** The type that the file gave instead of a class. */
  readonly type: JdbcType | null;
}

export type ConnectorResource = Resource<ConnectorSpec, ConnectorPolicy>;

export const jdbcTypes = ["jdbc-source", "jdbc-sink"] as const;
export type JdbcType = (typeof jdbcTypes)[number];

export const connectorStates = ["running", "paused", "stopped"] as const satisfies readonly ConnectorState[];

/** The Connect cluster of a file that names none. */
export const DEFAULT_CONNECT = "default";

export function isJdbcType(text: unknown): text is JdbcType {
  return jdbcTypes.some((it) => it === text);
}

/** A config value as text; undefined where there is none, or where it can't be told or is Connect's to resolve. */
export function knownText(config: ConnectorConfig, key: string): string | undefined {
  const value = config[key];
  return typeof value === "string" && !value.includes("${") ? value : undefined;
}

/** The items of a value that is a list, as Kafka splits it. */
export function listItems(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "");
}
