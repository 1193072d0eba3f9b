import type { ConfigChange, NewTopic } from "../../kafka.ts";
import type { KafkaState, TopicState } from "../state.ts";

const permissions = "permissions: a recording doesn't have the brokers' ACLs, quotas and policies";

/** What can't be said of any change of Kafka offline. */
export function doubtsOfChange(requests: readonly unknown[]): readonly string[] {
  return requests.length > 0 ? [permissions] : [];
}

export function doubtsOfTopics(state: KafkaState, topics: readonly NewTopic[]): readonly string[] {
  return [
    ...doubtsOfChange(topics),
    ...topics.flatMap(({ config }) => doubtsOfConfig(config)),
    ...topics.flatMap((topic) => doubtsOfDefaults(state, topic)),
  ];
}

function doubtsOfDefaults(
  { defaultPartitions, defaultReplicationFactor }: KafkaState,
  { name, partitions, replicationFactor }: NewTopic,
): readonly string[] {
  const unsaid = [
    ...(partitions === null && defaultPartitions === undefined ? ["partitions"] : []),
    ...(replicationFactor === null && defaultReplicationFactor === undefined ? ["replication factor"] : []),
  ];
  if (unsaid.length === 0) return [];
  return [`topic/${name}: a recording doesn't have the brokers' default for ${unsaid.join(" and ")}`];
}

export function doubtsOfConfigs(changes: readonly ConfigChange[]): readonly string[] {
  return [...doubtsOfChange(changes), ...changes.flatMap(({ set }) => doubtsOfConfig(set))];
}

function doubtsOfConfig(config: ReadonlyMap<string, string>): readonly string[] {
  return config.get("remote.storage.enable")?.trim().toLowerCase() === "true"
    ? ["remote.storage.enable: a recording doesn't say whether the brokers have tiered storage"]
    : [];
}

export function doubtsOfGroupConfigs(changes: readonly ConfigChange[]): readonly string[] {
  const sets = changes.some(({ set }) => set.size > 0);
  return [
    ...doubtsOfChange(changes),
    ...(sets ? ["group configs: a recording doesn't have the brokers' own limits on them"] : []),
  ];
}

/** Times that the recording doesn't reach: no record is then taken for older than it is known to be. */
export function doubtsOfTimes(state: KafkaState, topics: readonly string[]): readonly string[] {
  const timeless = ({ partitions }: TopicState) =>
    partitions.some(({ earliest, latest, times }) => times.length === 0 && latest > earliest);
  return topics
    .filter((name) => {
      const topic = state.topics.get(name);
      return topic !== undefined && timeless(topic);
    })
    .map((name) => `topic/${name}: the recording doesn't say when its records were written`);
}
