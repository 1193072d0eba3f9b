/** The operations on Kafka that kpipe needs, batched: one call for a thousand topics. */
export interface KafkaPort {
  /** Who answers: the cluster's id and its brokers. */
  cluster(): Promise<KafkaCluster>;
  /** Every topic, internal ones too, in one request. */
  topics(): Promise<readonly TopicDescription[]>;
  /**
   * Per topic the configs set on the topic itself, no defaults. A topic that vanished meanwhile is left out.
   */
  topicOverrides(topics: readonly string[]): Promise<ReadonlyMap<string, ConfigOverrides>>;
  /** Every config that a topic has, defaults too, with type and source; undefined for an unknown topic. */
  topicConfig(topic: string): Promise<readonly ConfigEntry[] | undefined>;
  /** What brokers do where whoever wants a topic leaves it to them. */
  topicCreation(): Promise<TopicCreation>;
  createTopics(topics: readonly NewTopic[], mode: WriteMode): Promise<Results>;
  /** Grows topics to `partitions` in total each. */
  createPartitions(topics: readonly NewPartitions[], mode: WriteMode): Promise<Results>;
  /** IncrementalAlterConfigs (KIP-339): touches the named keys only. */
  alterTopicConfigs(changes: readonly ConfigChange[], mode: WriteMode): Promise<Results>;
  deleteTopics(topics: readonly string[]): Promise<Results>;
  /** Starts moving partitions to the given brokers (KIP-455); `reassigning` tells when it has ended. */
  reassign(partitions: readonly Reassignment[]): Promise<Results>;
  /** The partitions that are being moved now, as `topic` to partition numbers. */
  reassigning(topics: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>;
  /** Bytes on disk per topic and partition: of the largest replica on the brokers that are up. */
  sizes(topics: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>>;
  /** First and next offset of each partition of the topics that has a leader. */
  offsets(topics: readonly string[]): Promise<ReadonlyMap<string, readonly PartitionOffsets[]>>;
  /** The first offset at or after a time (ms since the epoch), per partition; undefined: none so late. */
  offsetsAt(
    topics: readonly string[],
    timestamp: number,
  ): Promise<ReadonlyMap<string, ReadonlyMap<number, bigint | undefined>>>;
  /** Every group of the cluster with its state: one ListGroups a broker. */
  groups(): Promise<readonly GroupListing[]>;
  /** Members of groups, classic and KIP-848; an unknown group is left out. */
  describeGroups(groups: readonly string[]): Promise<ReadonlyMap<string, GroupDescription>>;
  /** Committed offsets per group and topic. */
  committed(
    groups: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, bigint>>>>;
  /** Commits for a group without members (generation -1). */
  commit(group: string, offsets: readonly TopicOffset[]): Promise<Results>;
  deleteGroups(groups: readonly string[]): Promise<Results>;
  /** Per group the configs set on it (resource type GROUP, Kafka 4); undefined where brokers have none. */
  groupOverrides(groups: readonly string[]): Promise<ReadonlyMap<string, ConfigOverrides> | undefined>;
  alterGroupConfigs(changes: readonly ConfigChange[], mode: WriteMode): Promise<Results>;
  close(): Promise<void>;
}

/** `validate` asks what the broker would answer and changes nothing. */
export type WriteMode = "validate" | "execute";

/**
 * Per name (topic, group, `topic-partition`), what became of it. Where the servers can't be reached any more
 * after some of it was answered, the rest is NETWORK_EXCEPTION (13): it may be done or not.
 */
export type Results = ReadonlyMap<string, Result>;
export type Result = { readonly ok: true } | { readonly ok: false; readonly error: KafkaFailure };

/** An error code of Kafka's protocol with its name, such as 36 and `TOPIC_ALREADY_EXISTS`. */
export interface KafkaFailure {
  readonly code: number;
  readonly name: string;
  /** The broker's own words; the code's general description where it gave none. */
  readonly message: string;
}

export interface KafkaCluster {
  readonly clusterId: string;
  readonly brokers: readonly Broker[];
}

export interface Broker {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

/** Each undefined where the brokers don't tell this user. */
export interface TopicCreation {
  /** Whether they create a topic when somebody writes to it: `auto.create.topics.enable`. */
  readonly automatic: boolean | undefined;
  /** `num.partitions` */
  readonly partitions: number | undefined;
  /** `default.replication.factor` */
  readonly replicationFactor: number | undefined;
}

export interface TopicDescription {
  readonly name: string;
  readonly internal: boolean;
  /** By partition number, from 0. */
  readonly partitions: readonly PartitionDescription[];
}

export interface PartitionDescription {
  readonly partition: number;
  /** -1: none. */
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
}

/** Key to value; null: sensitive, the broker doesn't tell. */
export type ConfigOverrides = ReadonlyMap<string, string | null>;

export interface ConfigEntry {
  readonly key: string;
  readonly value: string | null;
  readonly type: ConfigType;
  readonly source: "topic" | "broker" | "default" | "unknown";
  readonly sensitive: boolean;
  readonly readOnly: boolean;
}

export type ConfigType =
  | "boolean"
  | "string"
  | "int"
  | "short"
  | "long"
  | "double"
  | "list"
  | "class"
  | "password"
  | "unknown";

export interface NewTopic {
  readonly name: string;
  /** null: the broker's `num.partitions`. */
  readonly partitions: number | null;
  /** null: the broker's `default.replication.factor`. */
  readonly replicationFactor: number | null;
  readonly config: ReadonlyMap<string, string>;
}

export interface NewPartitions {
  readonly topic: string;
  /** In total. */
  readonly partitions: number;
}

export interface ConfigChange {
  /** The topic or group. */
  readonly name: string;
  readonly set: ReadonlyMap<string, string>;
  /** Keys that go back to their default. */
  readonly reset: readonly string[];
}

export interface Reassignment {
  readonly topic: string;
  readonly partition: number;
  /** Broker ids, the preferred leader first. */
  readonly replicas: readonly number[];
}

export interface PartitionOffsets {
  readonly partition: number;
  readonly earliest: bigint;
  /** The offset that the next record gets. */
  readonly latest: bigint;
}

export interface TopicOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

export interface GroupListing {
  readonly group: string;
  readonly protocol: "classic" | "consumer" | "share" | "streams" | "unknown";
  /** As the broker says: `Stable`, `Empty`, `Dead`, ... */
  readonly state: string;
}

export interface GroupDescription {
  readonly group: string;
  readonly state: string;
  readonly members: readonly GroupMember[];
}

export interface GroupMember {
  readonly clientId: string;
  readonly host: string;
  /** Topics that it has partitions of. */
  readonly topics: readonly string[];
}
