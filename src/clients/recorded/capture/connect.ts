import { addressOf } from "../../../core/model.ts";
import { Secret, scrub } from "../../../core/secret.ts";
import type { ConfigDefinition, ConnectPort, LiveConnector, PartStatus } from "../../connect.ts";
import { recordable, withoutSecrets } from "../secrecy.ts";
import type { ConnectorEntry, ConnectState, PluginState } from "../state.ts";
import type { CaptureScope } from "./scope.ts";

/** Keys of a connector outside the scope that tell what it reads and writes, and nothing else. */
const edgeKey = /^connector\.class$|topic|table|collection|^query$|^transforms/i;

/**
 * A Connect cluster: its plugins with their keys, and the connectors that are within the scope or touch a
 * topic within, without any secret.
 */
export async function captureConnect(connect: ConnectPort, scope: CaptureScope): Promise<ConnectState> {
  const { version, kafkaClusterId } = await connect.worker();
  const plugins = new Map<string, PluginState>();
  for (const plugin of await connect.plugins()) {
    const definitions = await connect.definitions(plugin.class);
    plugins.set(plugin.class, { type: plugin.type, version: plugin.version, definitions });
  }
  const connectors = new Map<string, ConnectorEntry>();
  for (const live of (await connect.connectors()).values()) {
    const topics = await connect.activeTopics(live.name);
    const definitions = plugins.get(live.config.get("connector.class") ?? "")?.definitions;
    const address = addressOf("connector", live.name);
    const whole = scope.within(address);
    const near = [...topics, ...topicsNamedIn(live)].some((it) => scope.within(addressOf("topic", it)));
    if (whole || near) connectors.set(live.name, connectorOf(live, topics, definitions, { whole, scope }));
  }
  return { version, kafkaClusterId, plugins, connectors };
}

/** The topics that a recorded connector reads or writes, as far as its config names them. */
export function topicsOf({ connectors }: ConnectState): readonly string[] {
  return [...connectors.values()].flatMap(({ config, topics }) => [...topics, ...wordsOf(config)]);
}

function topicsNamedIn({ config }: LiveConnector): readonly string[] {
  return wordsOf(config);
}

/** Every word of the values that speak of topics or tables; one that is no topic touches nothing. */
function wordsOf(config: ReadonlyMap<string, string | null>): readonly string[] {
  return [...config].flatMap(([key, value]) =>
    edgeKey.test(key) ? (value ?? "").split(/[^\w.-]+/).filter((word) => word !== "") : [],
  );
}

function connectorOf(
  { name, config, status }: LiveConnector,
  topics: readonly string[],
  definitions: readonly ConfigDefinition[] | undefined,
  { whole, scope }: { readonly whole: boolean; readonly scope: CaptureScope },
): ConnectorEntry {
  const told = new Map([...config].map(([key, value]) => [key, asSecret(name, key, value, scope)]));
  const kept = [...told].filter(([key]) => key !== "name" && (whole || edgeKey.test(key)));
  const clean = (part: PartStatus): PartStatus => {
    if (part.trace === undefined) return part;
    const { trace, ...rest } = part;
    return whole
      ? { ...rest, trace: withoutSecrets(scrub(trace, told.values()), config, definitions) }
      : rest;
  };
  return {
    config: new Map(
      kept.map(([key, value]) => [key, value === null ? null : recordable(key, value, definitions)]),
    ),
    type: status.type,
    status: clean(status.connector),
    target: undefined,
    tasks: status.tasks.map(clean),
    topics: whole ? topics : [],
  };
}

function asSecret(
  name: string,
  key: string,
  value: string | null,
  scope: CaptureScope,
): string | Secret | null {
  return value !== null && scope.isSecret?.(addressOf("connector", name), key) ? Secret.of(value) : value;
}
