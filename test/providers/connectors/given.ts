import type {
  ConfigDefinition,
  ConnectorStatus,
  LiveConnector,
  PartStatus,
  ReadConfig,
} from "../../../src/clients/connect.ts";
import type { Live, World } from "../../../src/core/model.ts";
import { liveFrom } from "../../../src/providers/connectors/driver/read.ts";
import { familiesOf } from "../../../src/providers/connectors/jdbc/families.ts";
import { isKnownPassword } from "../../../src/providers/connectors/jdbc/findings.ts";
import { connectorKind } from "../../../src/providers/connectors/kind.ts";
import type { ConnectorResource, ConnectorSpec } from "../../../src/providers/connectors/spec.ts";
import { topicKind } from "../../../src/providers/topics/kind.ts";
import type { LoadRequest } from "../../../src/schema/index.ts";
import { lines, loadBody } from "../../schema/loading.ts";

export const AIVEN_SOURCE = "io.aiven.connect.jdbc.JdbcSourceConnector";
export const AIVEN_SINK = "io.aiven.connect.jdbc.JdbcSinkConnector";
export const CONFLUENT_SINK = "io.confluent.connect.jdbc.JdbcSinkConnector";
export const DEBEZIUM_SINK = "io.debezium.connector.jdbc.JdbcSinkConnector";
export const DEBEZIUM_POSTGRES = "io.debezium.connector.postgresql.PostgresConnector";

const kinds = [topicKind, connectorKind];

/** Loads the sections of a file; the first of its lines is number 4. */
export function load(body: string, request: Partial<LoadRequest> = {}) {
  return loadBody(body, { kinds, ...request });
}

/** What is wrong with one connector whose entry has these lines below its name. */
export function wrongWith(entry: string, request: Partial<LoadRequest> = {}): readonly string[] {
  return lines(load(`connectors:\n  orders:\n${indented(entry, 4)}`, request));
}

/** A connector called `orders`, from the lines below its name. */
export function declared(entry: string, request: Partial<LoadRequest> = {}): ConnectorResource {
  const { pipeline, diagnostics } = load(`connectors:\n  orders:\n${indented(entry, 4)}`, request);
  const resource = pipeline?.desired.get("connector/orders");
  if (resource === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return resource as ConnectorResource;
}

function indented(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => " ".repeat(columns) + line)
    .join("\n");
}

const worker = "127.0.0.1:8083";

export function part(state: PartStatus["state"], trace?: string): PartStatus {
  return { state, worker, ...(trace !== undefined && { trace }) };
}

export function status(
  connector: PartStatus["state"] = "running",
  ...tasks: readonly PartStatus[]
): ConnectorStatus {
  return { type: "sink", connector: part(connector), tasks };
}

/** A connector called `orders` as a worker tells it. */
function told(
  config: Readonly<Record<string, string | null>>,
  of: ConnectorStatus = status("running", part("running")),
): LiveConnector {
  const all: ReadConfig = new Map([["name", "orders"], ...Object.entries(config)]);
  return { name: "orders", config: all, status: of };
}

export function live(
  config: Readonly<Record<string, string | null>>,
  of?: ConnectorStatus,
): Live<ConnectorSpec> {
  return liveFrom("default", told(config, of), isKnownPassword);
}

/** A world of topics by name, declared or live. */
export function worldOf(topics: {
  readonly live?: readonly string[];
  readonly declared?: readonly string[];
}): World {
  const spec = { partitions: 1, replicationFactor: 1, config: {} };
  const position = { file: "pipeline.yaml", line: 1, column: 1, length: 1 };
  return {
    desired: new Map(
      (topics.declared ?? []).map((name) => {
        const address = `topic/${name}` as const;
        return [address, { address, spec, policy: { protect: false }, position, locate: () => position }];
      }),
    ),
    actual: new Map(
      (topics.live ?? []).map((name) => {
        const address = `topic/${name}` as const;
        return [address, { address, spec, health: [] }];
      }),
    ),
  };
}

/** Keys of a plugin that kpipe doesn't know, or takes for something else. */
export function strangeKeys(
  connectorClass: string,
  definitions: readonly ConfigDefinition[],
): readonly string[] {
  const keys = familiesOf(connectorClass)[0]?.keys ?? {};
  return definitions
    .filter(({ name }) => name !== "name" && name !== "connector.class")
    .filter(({ name, type }) => {
      const known = keys[name];
      return known === undefined || (typeof known === "string" ? known !== type : type !== "string");
    })
    .map(({ name, type }) => `${name}: ${type}`);
}
