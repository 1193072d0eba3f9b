import type { PartStatus } from "../../connect.ts";
import type {
  ConnectorRecording,
  ConnectRecording,
  DefinitionRecording,
  PartRecording,
  PluginRecording,
} from "../document.ts";
import { mapOf, namedOf } from "../named.ts";
import type { ConnectorEntry, ConnectState, PluginState } from "../state.ts";

/** The recording of a Connect cluster in memory, its defaults filled in. */
export function connectState(recording: ConnectRecording, kafkaClusterId: string): ConnectState {
  const plugins = mapOf(recording.plugins, pluginState);
  return {
    version: recording.version,
    kafkaClusterId: recording.kafkaClusterId ?? kafkaClusterId,
    plugins,
    connectors: mapOf(recording.connectors, (connector) => connectorEntry(connector, plugins)),
  };
}

/** The same as a section of a document, what is default left out. */
export function connectRecording(state: ConnectState, kafkaClusterId: string): ConnectRecording {
  return {
    version: state.version,
    ...(state.kafkaClusterId !== kafkaClusterId && { kafkaClusterId: state.kafkaClusterId }),
    plugins: namedOf(state.plugins, pluginRecording),
    ...(state.connectors.size > 0 && {
      connectors: namedOf(state.connectors, (connector) => connectorRecording(connector, state.plugins)),
    }),
  };
}

function pluginState({ type, version, definitions }: PluginRecording): PluginState {
  return {
    type,
    version,
    definitions:
      definitions &&
      Object.entries(definitions).map(([name, { type, required = false }]) => ({ name, type, required })),
  };
}

function pluginRecording({ type, version, definitions }: PluginState): PluginRecording {
  const entries = definitions?.map(({ name, type, required }): [string, DefinitionRecording] => [
    name,
    { type, ...(required && { required }) },
  ]);
  return { type, version, ...(entries && { definitions: Object.fromEntries(entries) }) };
}

type Plugins = ReadonlyMap<string, PluginState>;

function connectorEntry(
  { config, type, status, target, tasks, topics }: ConnectorRecording,
  plugins: Plugins,
): ConnectorEntry {
  return {
    config: mapOf(config, (value) => value),
    type: type ?? pluginType(config["connector.class"], plugins),
    status: partStatus(status ?? {}),
    target,
    tasks: (tasks ?? []).map(partStatus),
    topics: topics ?? [],
  };
}

function connectorRecording(
  { config, type, status, target, tasks, topics }: ConnectorEntry,
  plugins: Plugins,
): ConnectorRecording {
  const connector = partRecording(status);
  return {
    config: namedOf(config, (value) => value),
    ...(type !== pluginType(config.get("connector.class"), plugins) && { type }),
    ...(Object.keys(connector).length > 0 && { status: connector }),
    ...(target !== undefined && target !== "running" && { target }),
    ...(tasks.length > 0 && { tasks: tasks.map(partRecording) }),
    ...(topics.length > 0 && { topics }),
  };
}

function pluginType(className: string | null | undefined, plugins: Plugins): ConnectorEntry["type"] {
  return plugins.get(className ?? "")?.type ?? "unknown";
}

function partStatus({ state = "running", worker = "", trace }: PartRecording): PartStatus {
  return { state, worker, ...(trace !== undefined && { trace }) };
}

function partRecording({ state, worker, trace }: PartStatus): PartRecording {
  return {
    ...(state !== "running" && { state }),
    ...(worker !== "" && { worker }),
    ...(trace !== undefined && { trace }),
  };
}
