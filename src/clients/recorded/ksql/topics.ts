import { createTopics } from "../kafka/topics.ts";
import type { KafkaState, TopicState } from "../state.ts";
import { causedBy, type Refusal, refused } from "./answer.ts";

/** The topic that a stream or table wants; undefined: as the topic has it. */
export interface WantedTopic {
  readonly name: string;
  readonly partitions: number;
  readonly replicas: number | undefined;
  /** Milliseconds; -1: for ever. */
  readonly retention: number | undefined;
  readonly cleanup: "delete" | "compact" | "compact,delete";
}

const week = 604_800_000;

/** Milliseconds that a topic keeps records. */
export function retentionOf({ topicConfigKeys }: KafkaState, topic: TopicState): number {
  const key = "retention.ms";
  return Number(topic.config.get(key) ?? topicConfigKeys.get(key)?.default ?? week);
}

export function replicasOf({ partitions }: TopicState): number {
  return partitions[0]?.replicas.length ?? 0;
}

/** Creates the topic, or checks that it is as wanted. */
export function ensureTopic(
  kafka: KafkaState,
  wanted: WantedTopic,
): { readonly refused: Refusal } | undefined {
  const topic = kafka.topics.get(wanted.name);
  return topic ? mismatch(kafka, topic, wanted) : created(kafka, wanted);
}

function mismatch(
  kafka: KafkaState,
  topic: TopicState,
  wanted: WantedTopic,
): { readonly refused: Refusal } | undefined {
  const has = {
    partitions: topic.partitions.length,
    replicas: replicasOf(topic),
    retention: retentionOf(kafka, topic),
  };
  const { name, partitions, replicas = has.replicas, retention = has.retention } = wanted;
  if (partitions === has.partitions && replicas === has.replicas && retention === has.retention)
    return undefined;
  return refused(
    50000,
    `A Kafka topic with the name '${name}' already exists, with different partition/replica/retention configuration than required. KSQL expects ${partitions} partitions (topic has ${has.partitions}), ${replicas} replication factor (topic has ${has.replicas}), and ${retention} retention (topic has ${has.retention}).`,
  );
}

function created(
  kafka: KafkaState,
  { name, partitions, replicas = 1, retention, cleanup }: WantedTopic,
): { readonly refused: Refusal } | undefined {
  const config = new Map<string, string>([["cleanup.policy", cleanup]]);
  if (retention !== undefined && cleanup !== "compact") config.set("retention.ms", String(retention));
  const topic = { name, partitions, replicationFactor: replicas, config };
  const result = createTopics(kafka, [topic], "execute").get(name);
  if (!result || result.ok) return undefined;
  return refused(50000, `Failed to guarantee existence of topic ${name}\n${causedBy(result.error.message)}`);
}
