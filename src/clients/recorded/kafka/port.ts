import type { KafkaPort, WriteMode } from "../../kafka.ts";
import type { Doubts } from "../doubts.ts";
import type { KafkaState } from "../state.ts";
import type { Store } from "../store.ts";
import {
  doubtsOfChange,
  doubtsOfConfigs,
  doubtsOfGroupConfigs,
  doubtsOfTimes,
  doubtsOfTopics,
} from "./doubts.ts";
import { alterGroupConfigs, commit, deleteGroups } from "./groups.ts";
import { createPartitions, reassign } from "./partitions.ts";
import {
  committedOffsets,
  configEntries,
  groupDescriptions,
  groupListings,
  offsets,
  offsetsAt,
  ofTopics,
  sizes,
  topicDescriptions,
  topicOverrides,
} from "./read.ts";
import { alterTopicConfigs, createTopics, deleteTopics } from "./topics.ts";

/** Kafka over a recording: answers and refuses as a broker would, and keeps what it is told. */
export function kafkaOf(store: Store, doubts: Doubts): KafkaPort {
  const read = <T>(look: (kafka: KafkaState) => T) => store.read(({ kafka }) => look(kafka));
  const write = <T>(change: (kafka: KafkaState) => T) => store.write(({ kafka }) => change(kafka));
  const ask = (mode: WriteMode) => (mode === "execute" ? write : read);
  return {
    cluster: () => read(({ clusterId, brokers }) => ({ clusterId, brokers })),
    topics: () => read(topicDescriptions),
    topicOverrides: (topics) => read((kafka) => ofTopics(kafka, topics, topicOverrides)),
    topicConfig: (topic) => read((kafka) => configEntries(kafka, topic)),
    // A recording holds no configs of brokers.
    topicCreation: () =>
      read(({ createsTopics, defaultPartitions, defaultReplicationFactor }) => ({
        automatic: createsTopics,
        partitions: defaultPartitions,
        replicationFactor: defaultReplicationFactor,
      })),
    createTopics: (topics, mode) =>
      ask(mode)((kafka) => {
        doubts.add(...doubtsOfTopics(kafka, topics));
        return createTopics(kafka, topics, mode);
      }),
    createPartitions: (topics, mode) => {
      doubts.add(...doubtsOfChange(topics));
      return ask(mode)((kafka) => createPartitions(kafka, topics, mode));
    },
    alterTopicConfigs: (changes, mode) => {
      doubts.add(...doubtsOfConfigs(changes));
      return ask(mode)((kafka) => alterTopicConfigs(kafka, changes, mode));
    },
    deleteTopics: (topics) => {
      doubts.add(...doubtsOfChange(topics));
      return write((kafka) => deleteTopics(kafka, topics));
    },
    reassign: (partitions) => {
      doubts.add(...doubtsOfChange(partitions));
      return write((kafka) => reassign(kafka, partitions));
    },
    reassigning: async () => new Map(),
    sizes: (topics) => read((kafka) => ofTopics(kafka, topics, sizes)),
    offsets: (topics) => read((kafka) => ofTopics(kafka, topics, offsets)),
    offsetsAt: (topics, ms) =>
      read((kafka) => {
        doubts.add(...doubtsOfTimes(kafka, topics));
        return ofTopics(kafka, topics, (topic) => offsetsAt(topic, ms));
      }),
    groups: () => read(groupListings),
    describeGroups: (groups) => read((kafka) => groupDescriptions(kafka, groups)),
    committed: (groups) => read((kafka) => committedOffsets(kafka, groups)),
    commit: (group, offsets) => {
      doubts.add(...doubtsOfChange(offsets));
      return write((kafka) => commit(kafka, group, offsets));
    },
    deleteGroups: (groups) => {
      doubts.add(...doubtsOfChange(groups));
      return write((kafka) => deleteGroups(kafka, groups));
    },
    groupOverrides: (groups) =>
      read(
        ({ groupConfigKeys, groupConfigs }) =>
          groupConfigKeys && new Map(groups.map((group) => [group, new Map(groupConfigs.get(group))])),
      ),
    alterGroupConfigs: (changes, mode) => {
      doubts.add(...doubtsOfGroupConfigs(changes));
      return ask(mode)((kafka) => alterGroupConfigs(kafka, changes, mode));
    },
    close: async () => {},
  };
}
