import type { KafkaPort, WriteMode } from "../../kafka.ts";
import type { KafkaState } from "../state.ts";
import type { Store } from "../store.ts";
import { alterGroupConfigs, commit, deleteGroups } from "./groups.ts";
import { createPartitions, reassign } from "./partitions.ts";
import {
  committedOffsets,
  configEntries,
  groupDescriptions,
  groupListings,
  offsetAt,
  offsets,
  ofTopics,
  sizes,
  topicDescriptions,
  topicOverrides,
} from "./read.ts";
import { alterTopicConfigs, createTopics, deleteTopics } from "./topics.ts";

/** Kafka over a recording: answers and refuses as a broker would, and keeps what it is told. */
export function kafkaOf(store: Store): KafkaPort {
  const read = <T>(look: (kafka: KafkaState) => T) => store.read(({ kafka }) => look(kafka));
  const write = <T>(change: (kafka: KafkaState) => T) => store.write(({ kafka }) => change(kafka));
  const ask = (mode: WriteMode) => (mode === "execute" ? write : read);
  return {
    cluster: () => read(({ clusterId, brokers }) => ({ clusterId, brokers })),
    topics: () => read(topicDescriptions),
    topicOverrides: (topics) => read((kafka) => ofTopics(kafka, topics, topicOverrides)),
    topicConfig: (topic) => read((kafka) => configEntries(kafka, topic)),
    createTopics: (topics, mode) => ask(mode)((kafka) => createTopics(kafka, topics, mode)),
    createPartitions: (topics, mode) => ask(mode)((kafka) => createPartitions(kafka, topics, mode)),
    alterTopicConfigs: (changes, mode) => ask(mode)((kafka) => alterTopicConfigs(kafka, changes, mode)),
    deleteTopics: (topics) => write((kafka) => deleteTopics(kafka, topics)),
    reassign: (partitions) => write((kafka) => reassign(kafka, partitions)),
    reassigning: async () => new Map(),
    sizes: (topics) => read((kafka) => ofTopics(kafka, topics, sizes)),
    offsets: (topics) => read((kafka) => ofTopics(kafka, topics, offsets)),
    offsetsAt: (topics, ms) =>
      read((kafka) =>
        ofTopics(
          kafka,
          topics,
          ({ partitions }) => new Map(partitions.map((it, partition) => [partition, offsetAt(it, ms)])),
        ),
      ),
    groups: () => read(groupListings),
    describeGroups: (groups) => read((kafka) => groupDescriptions(kafka, groups)),
    committed: (groups) => read((kafka) => committedOffsets(kafka, groups)),
    commit: (group, offsets) => write((kafka) => commit(kafka, group, offsets)),
    deleteGroups: (groups) => write((kafka) => deleteGroups(kafka, groups)),
    groupOverrides: (groups) =>
      read(
        ({ groupConfigKeys, groupConfigs }) =>
          groupConfigKeys && new Map(groups.map((group) => [group, new Map(groupConfigs.get(group))])),
      ),
    alterGroupConfigs: (changes, mode) => ask(mode)((kafka) => alterGroupConfigs(kafka, changes, mode)),
    close: async () => {},
  };
}
