import type {
  ConnectorStatus,
  ConnectPort,
  ConnectResult,
  LiveConnector,
  WrittenConfig,
} from "../../connect.ts";
import type { Doubts } from "../doubts.ts";
import type { ConnectorEntry, ConnectState } from "../state.ts";
import type { Store } from "../store.ts";
import { create, putConfig, restartFailed, setState } from "./change.ts";
import { pluginOf, validation } from "./validate.ts";

/** A Connect cluster of a recording: `name` is the one that the document gives it. */
export function connectOf(store: Store, name: string, doubts: Doubts): ConnectPort {
  const read = <T>(look: (connect: ConnectState) => T) =>
    store.read((cluster) => look(section(cluster.connect, name)));
  const write = <T>(change: (connect: ConnectState) => T) =>
    store.write((cluster) => change(section(cluster.connect, name)));
  const status = (connector: string) =>
    read(({ connectors }) => {
      const found = connectors.get(connector);
      return found && statusOf(found);
    });
  /** What runs with another config or another state may fail; only a worker finds out. */
  const start = (connector: string, change: (connect: ConnectState) => ConnectResult) =>
    write((connect) => {
      const result = change(connect);
      if (result.ok && connect.connectors.get(connector)?.status.state === "running")
        doubts.add(`connector/${connector}: a recording doesn't tell whether it runs like this`);
      return result;
    });
  return {
    position: undefined,
    worker: () => read(({ version, kafkaClusterId }) => ({ version, kafkaClusterId })),
    plugins: () =>
      read(({ plugins }) => [...plugins].map(([it, { type, version }]) => ({ class: it, type, version }))),
    definitions: (pluginClass) => read(({ plugins }) => plugins.get(pluginClass)?.definitions),
    connectors: () =>
      read(({ connectors }) => new Map([...connectors].map(([it, entry]) => [it, liveOf(it, entry)]))),
    connector: (connector) =>
      read(({ connectors }) => {
        const found = connectors.get(connector);
        return found && liveOf(connector, found);
      }),
    activeTopics: (connector) => read(({ connectors }) => connectors.get(connector)?.topics ?? []),
    validate: (config) =>
      read((connect) => {
        doubts.add(...doubtsOf(connect, config));
        return validation(connect, config);
      }),
    create: (connector, config, state) =>
      start(connector, (connect) => create(connect, connector, config, state)),
    putConfig: (connector, config) => start(connector, (connect) => putConfig(connect, connector, config)),
    setState: (connector, state) => start(connector, (connect) => setState(connect, connector, state)),
    restartFailed: (connector) => {
      doubts.add(`connector/${connector}: a recording doesn't tell whether what failed runs again`);
      return write((connect) => restartFailed(connect, connector));
    },
    delete: (connector) =>
      write(({ connectors }) => {
        connectors.delete(connector);
        return { ok: true };
      }),
    async *settle(connector) {
      const settled = await status(connector);
      if (settled) yield settled;
    },
    close: async () => {},
  };
}

function section(connect: ReadonlyMap<string, ConnectState>, name: string): ConnectState {
  const found = connect.get(name);
  // Somebody recorded the cluster anew, without this one, while it was open.
  if (!found) throw new Error(`The recording has no Connect cluster ${name} any more`);
  return found;
}

function liveOf(name: string, connector: ConnectorEntry): LiveConnector {
  return { name, config: new Map([["name", name], ...connector.config]), status: statusOf(connector) };
}

function statusOf({ type, status, tasks }: ConnectorEntry): ConnectorStatus {
  return { type, connector: status, tasks };
}

function doubtsOf(state: ConnectState, config: WrittenConfig): readonly string[] {
  const found = pluginOf(state, config);
  if ("refusal" in found) return [];
  const connector = `connector/${config.get("name") ?? ""}`;
  return found.plugin.definitions === undefined
    ? [`${connector}: the recording doesn't have the keys that its plugin knows`]
    : [`${connector}: a recording checks required keys and types, and not what its plugin checks besides`];
}
