import type { GroupRecording, KafkaRecording, PartitionRecording, TopicRecording } from "../document.ts";
import { mapOf, namedOf } from "../named.ts";
import type { GroupState, KafkaState, PartitionState, TopicState } from "../state.ts";
import { inCheckOrder, usualTopicKeys } from "./config-keys.ts";

/** The recording's Kafka in memory, its defaults filled in. */
export function kafkaState(recording: KafkaRecording): KafkaState {
  return {
    clusterId: recording.clusterId,
    brokers: recording.brokers.map(({ rack = null, ...broker }) => ({ ...broker, rack })),
    topics: mapOf(recording.topics, topicState),
    groups: mapOf(recording.groups, groupState),
    topicConfigKeys: recording.topicConfigKeys
      ? inCheckOrder(mapOf(recording.topicConfigKeys, (key) => key))
      : usualTopicKeys,
    groupConfigKeys: recording.groupConfigKeys && mapOf(recording.groupConfigKeys, (key) => key),
    groupConfigs: mapOf(recording.groupConfigs, (config) => mapOf(config, (value) => value)),
    createsTopics: recording.createsTopics,
    defaultPartitions: recording.defaultPartitions,
    defaultReplicationFactor: recording.defaultReplicationFactor,
  };
}

/** The same as a section of a document, what is default left out. */
export function kafkaRecording(state: KafkaState): KafkaRecording {
  return {
    clusterId: state.clusterId,
    brokers: state.brokers.map(({ rack, ...broker }) => (rack === null ? broker : { ...broker, rack })),
    ...(state.topics.size > 0 && { topics: namedOf(state.topics, topicRecording) }),
    ...(state.groups.size > 0 && { groups: namedOf(state.groups, groupRecording) }),
    ...(state.topicConfigKeys !== usualTopicKeys && {
      topicConfigKeys: namedOf(state.topicConfigKeys, (key) => key),
    }),
    ...(state.groupConfigKeys && { groupConfigKeys: namedOf(state.groupConfigKeys, (key) => key) }),
    ...(state.groupConfigs.size > 0 && {
      groupConfigs: namedOf(state.groupConfigs, (config) => namedOf(config, (value) => value)),
    }),
    ...(state.createsTopics !== undefined && { createsTopics: state.createsTopics }),
    ...(state.defaultPartitions !== undefined && { defaultPartitions: state.defaultPartitions }),
    ...(state.defaultReplicationFactor !== undefined && {
      defaultReplicationFactor: state.defaultReplicationFactor,
    }),
  };
}

function topicState(topic: TopicRecording): TopicState {
  return {
    internal: topic.internal ?? false,
    partitions: topic.partitions.map(partitionState),
    config: mapOf(topic.config, (value) => value),
  };
}

function partitionState(partition: PartitionRecording): PartitionState {
  const { replicas, earliest = "0" } = partition;
  return {
    replicas,
    leader: partition.leader ?? replicas[0] ?? -1,
    inSync: partition.inSync ?? replicas,
    earliest: BigInt(earliest),
    latest: BigInt(partition.latest ?? earliest),
    bytes: partition.bytes ?? 0,
    times: (partition.times ?? []).map(([ms, offset]) => [ms, BigInt(offset)]),
  };
}

function groupState(group: GroupRecording): GroupState {
  const members = group.members ?? [];
  return {
    protocol: group.protocol ?? "classic",
    state: group.state ?? (members.length > 0 ? "Stable" : "Empty"),
    members,
    committed: mapOf(
      group.committed,
      (offsets) => new Map(Object.entries(offsets).map(([partition, at]) => [Number(partition), BigInt(at)])),
    ),
  };
}

function topicRecording({ internal, partitions, config }: TopicState): TopicRecording {
  return {
    ...(internal && { internal }),
    partitions: partitions.map(partitionRecording),
    ...(config.size > 0 && { config: namedOf(config, (value) => value) }),
  };
}

function partitionRecording(partition: PartitionState): PartitionRecording {
  const { replicas, leader, inSync, earliest, latest, bytes, times } = partition;
  return {
    replicas,
    ...(leader !== (replicas[0] ?? -1) && { leader }),
    ...(inSync.join() !== replicas.join() && { inSync }),
    ...(earliest !== 0n && { earliest: String(earliest) }),
    ...(latest !== earliest && { latest: String(latest) }),
    ...(bytes !== 0 && { bytes }),
    ...(times.length > 0 && { times: times.map(([ms, offset]) => [ms, String(offset)] as const) }),
  };
}

function groupRecording({ protocol, state, members, committed }: GroupState): GroupRecording {
  return {
    ...(protocol !== "classic" && { protocol }),
    ...(state !== (members.length > 0 ? "Stable" : "Empty") && { state }),
    ...(members.length > 0 && { members }),
    ...(committed.size > 0 && {
      committed: namedOf(committed, (offsets) =>
        Object.fromEntries([...offsets].map(([partition, at]) => [partition, String(at)])),
      ),
    }),
  };
}
