import type { KafkaPort } from "../../clients/kafka.ts";
import { nameOf } from "../../core/model.ts";
import { topicDiff } from "./diff.ts";
import {
  configChange,
  configFields,
  growthOf,
  newPartitions,
  newTopic,
  recordsOf,
  type TopicCreate,
  type TopicDelete,
  type TopicUpdate,
} from "./requests.ts";
import type { Write } from "./write.ts";

// Every request that changes topics. `perhapsDone` are the codes that it meets where it was done before.

export function creating(kafka: KafkaPort): Write<TopicCreate> {
  return {
    weightOf: recordsOf,
    send: (chunk) => kafka.createTopics(chunk.map(newTopic), "execute"),
    perhapsDone: [36],
    looksAtConfig: false,
    shown: ({ desired: { spec } }, live) =>
      live !== undefined && (spec.partitions ?? live.spec.partitions) === live.spec.partitions,
    reached: ({ desired }, live) =>
      live !== undefined &&
      topicDiff(live, { ...desired, policy: { ...desired.policy, unmanagedConfig: "ignore" } }).fields
        .length === 0,
  };
}

export function growing(kafka: KafkaPort): Write<TopicUpdate> {
  const shown: Write<TopicUpdate>["shown"] = ({ desired }, live) =>
    live !== undefined && (live.spec.partitions ?? 0) >= (desired.spec.partitions ?? 0);
  return {
    weightOf: growthOf,
    send: (chunk) => kafka.createPartitions(chunk.map(newPartitions), "execute"),
    perhapsDone: [37],
    looksAtConfig: false,
    shown,
    reached: shown,
  };
}

export function configuring(kafka: KafkaPort): Write<TopicUpdate> {
  const shown: Write<TopicUpdate>["shown"] = (change, live) =>
    live !== undefined && configFields(change).every(({ key, after }) => live.spec.config[key] === after);
  return {
    weightOf: (change) => configFields(change).length,
    send: (chunk) => kafka.alterTopicConfigs(chunk.map(configChange), "execute"),
    perhapsDone: [],
    looksAtConfig: true,
    shown,
    reached: shown,
  };
}

export function deleting(kafka: KafkaPort): Write<TopicDelete> {
  return {
    weightOf: ({ live }) => 1 + (live.spec.partitions ?? 1),
    send: (chunk) => kafka.deleteTopics(chunk.map(({ address }) => nameOf(address))),
    perhapsDone: [3],
    looksAtConfig: false,
    shown: (_, live) => live === undefined,
    reached: (_, live) => live === undefined,
  };
}
