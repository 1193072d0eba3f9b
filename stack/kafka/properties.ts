import { host } from "../ports.ts";

export const kafkaVersions = ["4.3.1", "3.9.2"] as const;
export type KafkaVersion = (typeof kafkaVersions)[number];

interface BrokerPorts {
  readonly broker: number;
  readonly controller: number;
}

/** One entry a broker; node ids count from 1. */
export type Layout = readonly BrokerPorts[];

export type Properties = Readonly<Record<string, string>>;

/** The `server.properties` of one combined broker and controller. `overrides` win. */
export function brokerProperties(
  layout: Layout,
  index: number,
  dataDir: string,
  version: KafkaVersion,
  overrides: Properties = {},
): Properties {
  const ports = layout[index];
  if (ports === undefined) throw new RangeError(`There is no broker ${index} among ${layout.length}`);
  const copies = String(layout.length);
  return {
    "process.roles": "broker,controller",
    "node.id": String(index + 1),
    "controller.quorum.voters": layout
      .map(({ controller }, each) => `${each + 1}@${host}:${controller}`)
      .join(","),
    "controller.listener.names": "CONTROLLER",
    listeners: `PLAINTEXT://${host}:${ports.broker},CONTROLLER://${host}:${ports.controller}`,
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
    "log.dirs": dataDir,
    "auto.create.topics.enable": "false",
    ...internalTopic("offsets.topic", copies),
    ...internalTopic("transaction.state.log", copies),
    "transaction.state.log.min.isr": "1",
    ...(version.startsWith("4.") && {
      ...internalTopic("share.coordinator.state.topic", copies),
      "share.coordinator.state.topic.min.isr": "1",
    }),
    "group.initial.rebalance.delay.ms": "0",
    "log.cleaner.dedupe.buffer.size": "4194304",
    // Kafka allocates an index of this size for each segment: 10 MiB by default, which a thousand topics multiply.
    "log.index.size.max.bytes": "262144",
    "log.segment.delete.delay.ms": "1000",
    // A broker that was killed may register again only when its old session has ended.
    "broker.heartbeat.interval.ms": "1000",
    "broker.session.timeout.ms": "5000",
    ...overrides,
  };
}

function internalTopic(prefix: string, copies: string): Properties {
  return { [`${prefix}.replication.factor`]: copies, [`${prefix}.num.partitions`]: "5" };
}

/** Java's `.properties` syntax. */
export function renderProperties(properties: Properties): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n`)
    .join("");
}
