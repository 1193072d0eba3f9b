import type { ConfigOverrides, KafkaPort, TopicDescription } from "../../clients/kafka.ts";
import type { Scope } from "../../core/kind.ts";
import { type Address, addressOf, type Live } from "../../core/model.ts";
import { reportedValue } from "../kafka/config-value.ts";
import { configKeys } from "./config-keys.ts";
import type { TopicSpec } from "./spec.ts";

export type LiveTopics = ReadonlyMap<Address, Live<TopicSpec>>;

/** The declared and the claimed topics. One that is deleted between the two requests is absent. */
export function readTopics(kafka: KafkaPort, scope: Scope): Promise<LiveTopics> {
  return liveTopics(kafka, (address) => scope.declared.has(address) || scope.claims(address));
}

/** The topics that are wanted, each as the cluster holds it now. */
export async function liveTopics(
  kafka: KafkaPort,
  wanted: (address: Address) => boolean,
): Promise<LiveTopics> {
  const described = (await kafka.topics()).filter(({ name }) => wanted(addressOf("topic", name)));
  if (described.length === 0) return new Map();
  const overrides = await kafka.topicOverrides(described.map(({ name }) => name));
  return byAddress(
    described.flatMap((topic) => {
      const config = overrides.get(topic.name);
      return config ? [liveTopic(topic, config)] : [];
    }),
  );
}

/** The same without configs, at half the price. */
export async function liveShapes(
  kafka: KafkaPort,
  wanted: (address: Address) => boolean,
): Promise<LiveTopics> {
  const described = (await kafka.topics()).filter(({ name }) => wanted(addressOf("topic", name)));
  return byAddress(described.map((topic) => liveTopic(topic, new Map())));
}

function byAddress(topics: readonly Live<TopicSpec>[]): LiveTopics {
  return new Map(topics.map((topic) => [topic.address, topic]));
}

function liveTopic(topic: TopicDescription, overrides: ConfigOverrides): Live<TopicSpec> {
  const [factor, ...others] = new Set(topic.partitions.map(({ replicas }) => replicas.length));
  const config = [...overrides].map(
    ([key, value]) => [key, value === null ? null : reportedValue(key, configKeys.get(key), value)] as const,
  );
  return {
    address: addressOf("topic", topic.name),
    spec: {
      partitions: topic.partitions.length,
      replicationFactor: factor === undefined || others.length > 0 ? null : factor,
      config: Object.fromEntries(config.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    },
    health: [],
  };
}
