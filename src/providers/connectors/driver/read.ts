import type { LiveConnector, PartStatus } from "../../../clients/connect.ts";
import type { KafkaPort } from "../../../clients/kafka.ts";
import { error, KpipeError } from "../../../core/errors.ts";
import type { Scope } from "../../../core/kind.ts";
import { type Address, type Ailment, addressOf, type Live } from "../../../core/model.ts";
import { Secret, scrub } from "../../../core/secret.ts";
import { type IsPassword, told } from "../secrecy.ts";
import type { ConnectorConfig, ConnectorSpec } from "../spec.ts";
import { traceLines } from "../trace.ts";
import type { Facts, Ports } from "./facts.ts";

export type LiveConnectors = ReadonlyMap<Address, Live<ConnectorSpec>>;

/** Every connector of every cluster, claimed or not: what a topic's deletion costs depends on all of them. */
export async function readConnectors(
  ports: Ports,
  kafka: KafkaPort,
  facts: Facts,
  scope: Scope,
): Promise<LiveConnectors> {
  await sameKafka(ports, kafka);
  const clusters = await Promise.all(
    [...ports].map(async ([connect, port]) => ({ connect, connectors: await port.connectors() })),
  );
  const chosen = new Map<Address, { readonly connect: string; readonly connector: LiveConnector }>();
  for (const { connect, connectors } of clusters) {
    for (const [name, connector] of connectors) {
      const address = addressOf("connector", name);
      const declaredOn = scope.desired?.get(address)?.spec.connect;
      // A declared one is looked for where it is declared; any other one is the first of its name.
      const wanted = declaredOn === undefined ? !chosen.has(address) : declaredOn === connect;
      if (wanted) chosen.set(address, { connect, connector });
    }
  }
  return new Map(
    await Promise.all(
      [...chosen].map(async ([address, { connect, connector }]) => {
        const mine = scope.declared.has(address) || scope.claims(address);
        const connectorClass = connector.config.get("connector.class") ?? "";
        const isPassword = mine ? await facts.passwords(connect, connectorClass) : () => false;
        const config = scope.desired?.get(address)?.spec.config;
        const isMap = typeof config === "object" && config !== null && !(config instanceof Secret);
        const declared = isMap ? Object.values(config) : [];
        return [address, liveFrom(connect, connector, isPassword, declared)] as const;
      }),
    ),
  );
}

/**
 * A connector as the plan compares it. `declared`: values of the file, which a trace may quote where the worker
 * hides them.
 */
export function liveFrom(
  connect: string,
  { name, config, status }: LiveConnector,
  isPassword: IsPassword,
  declared: readonly unknown[] = [],
): Live<ConnectorSpec> {
  const spec: ConnectorSpec = {
    connect,
    class: config.get("connector.class") ?? "",
    config: configFrom(config, isPassword),
    state: stateOf(status.connector),
  };
  const secrets = [...Object.values(spec.config), ...declared];
  const health = [
    ...ailments([], status.connector, secrets),
    ...status.tasks.flatMap((task, number) => ailments(["task", String(number)], task, secrets)),
  ];
  return { address: addressOf("connector", name), spec, health };
}

/** Only `name`, the class and `__internal.*` (Confluent 8) are not the user's. */
function configFrom(config: LiveConnector["config"], isPassword: IsPassword): ConnectorConfig {
  return Object.fromEntries(
    [...config]
      .filter(([key]) => key !== "name" && key !== "connector.class" && !key.startsWith("__internal."))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, text]) => [key, text === null ? null : told(key, text, isPassword)]),
  );
}

/** What it was asked to be; one that failed or moves to another worker was asked to run. */
function stateOf({ state }: PartStatus): ConnectorSpec["state"] {
  return state === "paused" || state === "stopped" ? state : "running";
}

function ailments(
  path: readonly string[],
  { state, trace }: PartStatus,
  secrets: readonly unknown[],
): readonly Ailment[] {
  if (state !== "failed") return [];
  // First of all: a secret that is cut, or parted into lines, is no longer recognised.
  const lines = trace === undefined ? [] : traceLines(scrub(trace, secrets));
  return [{ path, message: lines.length === 0 ? "failed without a trace" : lines.join("\n") }];
}

/** Topics and connectors of one file belong to one Kafka. */
async function sameKafka(ports: Ports, kafka: KafkaPort): Promise<void> {
  if (ports.size === 0) return;
  const [{ clusterId }, ...workers] = await Promise.all([
    kafka.cluster(),
    ...[...ports].map(async ([connect, port]) => ({ connect, port, worker: await port.worker() })),
  ]);
  const strangers = workers.filter(({ worker }) => worker.kafkaClusterId !== clusterId);
  if (strangers.length === 0) return;
  throw new KpipeError(
    strangers.map(({ connect, port, worker }) =>
      error(
        "KP2057",
        `Connect cluster ${connect} works on Kafka ${worker.kafkaClusterId}, and connections.kafka is ${clusterId}`,
        { position: port.position },
      ),
    ),
  );
}
