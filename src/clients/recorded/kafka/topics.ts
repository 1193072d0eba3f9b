import type { ConfigChange, KafkaFailure, NewTopic, Results, WriteMode } from "../../kafka.ts";
import type { KafkaState, TopicState } from "../state.ts";
import { normalConfig, refusedConfig } from "./configs.ts";
import { placements } from "./placement.ts";
import { refusal, repeated, result } from "./refusal.ts";
import { collisionKey, invalidName } from "./topic-names.ts";

/** A controller takes so many partitions, and records of its log, in one request. */
const batchLimit = 10_000;
const tooManyRecords = refusal(44, "Unable to perform excessively large batch operation.");
const tooManyPartitions = refusal(44, "Excessively large number of partitions per request.");

/** CreateTopics as a controller answers it. Topics of one request don't see each other. */
export function createTopics(state: KafkaState, topics: readonly NewTopic[], mode: WriteMode): Results {
  const partitionsOf = ({ partitions }: NewTopic) => partitions ?? state.defaultPartitions ?? 1;
  const allPartitions = sum(topics.map((topic) => Math.max(1, topic.partitions ?? 1)));
  if (allPartitions > batchLimit) return everywhere(topics, tooManyPartitions);

  const existing = new Map([...state.topics.keys()].map((name) => [collisionKey(name), name]));
  const refusals = new Map(topics.map((topic) => [topic.name, refusedTopic(state, topic, existing)]));
  for (const name of repeated(topics.map(({ name }) => name)))
    refusals.set(name, refusal(42, "Duplicate topic name."));

  const accepted = topics.filter(({ name }) => !refusals.get(name));
  const records = sum(accepted.map((topic) => 1 + partitionsOf(topic) + topic.config.size));
  if (records > batchLimit) return everywhere(topics, tooManyRecords);
  if (mode === "execute") {
    for (const topic of accepted) state.topics.set(topic.name, newTopic(state, topic, partitionsOf(topic)));
  }
  return new Map(topics.map(({ name }) => [name, result(refusals.get(name))]));
}

function refusedTopic(
  state: KafkaState,
  topic: NewTopic,
  existing: ReadonlyMap<string, string>,
): KafkaFailure | undefined {
  const { name, partitions, config } = topic;
  const invalid = invalidName(name);
  if (invalid !== undefined) return refusal(17, invalid);
  if (state.topics.has(name)) return refusal(36, `Topic '${name}' already exists.`);
  const rival = existing.get(collisionKey(name));
  if (rival !== undefined) return refusal(17, `Topic '${name}' collides with existing topic: ${rival}`);
  const badConfig = refusedConfig("topic", state.topicConfigKeys, config);
  if (badConfig) return badConfig;
  if (partitions !== null && partitions !== -1 && partitions < 1)
    return refusal(37, "Number of partitions was set to an invalid non-positive value.");
  return refusedReplication(factorOf(state, topic), state.brokers.length);
}

function refusedReplication(factor: number, brokers: number): KafkaFailure | undefined {
  if (factor === 0 || factor < -1)
    return refusal(38, "Replication factor must be larger than 0, or -1 to use the default value.");
  if (factor <= brokers) return undefined;
  return refusal(
    38,
    `Unable to replicate the partition ${factor} time(s): The target replication factor of ${factor} cannot be reached because only ${brokers} broker(s) are registered or some brokers have all their log directories cordoned.`,
  );
}

function factorOf({ defaultReplicationFactor }: KafkaState, { replicationFactor }: NewTopic): number {
  return replicationFactor ?? defaultReplicationFactor ?? 1;
}

function newTopic(state: KafkaState, topic: NewTopic, partitions: number): TopicState {
  return {
    internal: false,
    partitions: placements(state.brokers, 0, partitions, factorOf(state, topic)),
    config: normalConfig(state.topicConfigKeys, topic.config),
  };
}

/** IncrementalAlterConfigs of topics as a controller answers it. */
export function alterTopicConfigs(
  state: KafkaState,
  changes: readonly ConfigChange[],
  mode: WriteMode,
): Results {
  const planned = changes.map((change) => plannedConfig(state, change));
  if (sum(planned.map(({ records }) => records)) > batchLimit) return everywhere(changes, tooManyRecords);
  if (mode === "execute") {
    for (const { topic, refused, config } of planned) if (topic && !refused) replace(topic.config, config);
  }
  return new Map(planned.map(({ name, refused }) => [name, result(refused)]));
}

function plannedConfig(state: KafkaState, change: ConfigChange) {
  const topic = state.topics.get(change.name);
  const values = normalConfig(state.topicConfigKeys, change.set);
  const dropped = change.reset.filter((key) => topic?.config.has(key));
  const kept = [...(topic?.config ?? [])].filter(([key]) => !dropped.includes(key));
  const changed = [...values].filter(([key, value]) => topic?.config.get(key) !== value);
  const keys = new Set([...changed.map(([key]) => key), ...dropped]);
  // A change of min.insync.replicas also clears the eligible leader replicas, by one more record.
  const records = keys.size + (keys.has("min.insync.replicas") ? 1 : 0);
  // Judged as sent, because the broker's words quote it.
  const refused = refusedChange(state, change, new Map([...kept, ...change.set]));
  const config = new Map([...kept, ...values]);
  return { name: change.name, topic, refused, config, records: refused ? 0 : records };
}

function refusedChange(
  state: KafkaState,
  { name, set, reset }: ConfigChange,
  proposed: ReadonlyMap<string, string | null>,
): KafkaFailure | undefined {
  if (name === "") return refusal(42, "Default topic resources are not allowed.");
  const invalid = invalidName(name);
  if (invalid !== undefined) return refusal(17, invalid);
  if (reset.some((key) => set.has(key))) return refusal(42, "Error due to duplicate config keys");
  const badConfig = refusedConfig("topic", state.topicConfigKeys, proposed);
  if (badConfig) return badConfig;
  return state.topics.has(name) ? undefined : refusal(3, `The topic '${name}' does not exist.`);
}

/** DeleteTopics; the broker drops the offsets that groups committed on them. */
export function deleteTopics(state: KafkaState, topics: readonly string[]): Results {
  return new Map(
    topics.map((name) => {
      if (!state.topics.delete(name)) return [name, result(refusal(3))];
      for (const { committed } of state.groups.values()) committed.delete(name);
      return [name, result(undefined)];
    }),
  );
}

function replace(into: Map<string, string | null>, from: ReadonlyMap<string, string | null>): void {
  into.clear();
  for (const [key, value] of from) into.set(key, value);
}

function everywhere(requests: readonly { readonly name: string }[], refused: KafkaFailure): Results {
  return new Map(requests.map(({ name }) => [name, result(refused)]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
