import type { ConfigDefinition, ConnectorState, ConnectorType, PartStatus } from "../connect.ts";
import type { Broker, GroupMember } from "../kafka.ts";
import type { KsqlField, KsqlQuery, KsqlSource, KsqlType } from "../ksql.ts";
import type { ConfigKey } from "./document.ts";

/** A recording in memory, to be read and changed. Maps, because a topic may be called `constructor`. */
export interface ClusterState {
  readonly kafka: KafkaState;
  readonly connect: ReadonlyMap<string, ConnectState>;
  readonly ksql: KsqlServerState | undefined;
}

export interface KafkaState {
  readonly clusterId: string;
  readonly brokers: readonly Broker[];
  readonly topics: Map<string, TopicState>;
  readonly groups: Map<string, GroupState>;
  /** In the order in which a broker checks values; `usualTopicKeys` if the recording doesn't say. */
  readonly topicConfigKeys: ConfigKeys;
  /** undefined: the brokers have no group configs. */
  readonly groupConfigKeys: ConfigKeys | undefined;
  /** By group, which need not exist otherwise. */
  readonly groupConfigs: Map<string, Map<string, string | null>>;
  /** What the recording doesn't say is undefined. */
  readonly createsTopics: boolean | undefined;
  readonly defaultPartitions: number | undefined;
  readonly defaultReplicationFactor: number | undefined;
}

export type ConfigKeys = ReadonlyMap<string, ConfigKey>;

export interface TopicState {
  readonly internal: boolean;
  readonly partitions: PartitionState[];
  readonly config: Map<string, string | null>;
}

export interface PartitionState {
  replicas: readonly number[];
  leader: number;
  inSync: readonly number[];
  readonly earliest: bigint;
  readonly latest: bigint;
  readonly bytes: number;
  readonly times: readonly (readonly [ms: number, offset: bigint])[];
}

export interface GroupState {
  readonly protocol: "classic" | "consumer" | "share" | "streams" | "unknown";
  readonly state: string;
  readonly members: readonly GroupMember[];
  /** By topic and partition. */
  readonly committed: Map<string, Map<number, bigint>>;
}

export interface ConnectState {
  readonly version: string;
  readonly kafkaClusterId: string;
  /** By class. */
  readonly plugins: ReadonlyMap<string, PluginState>;
  readonly connectors: Map<string, ConnectorEntry>;
}

export interface PluginState {
  readonly type: ConnectorType;
  readonly version: string;
  /** undefined: the worker couldn't tell. */
  readonly definitions: readonly ConfigDefinition[] | undefined;
}

/** A connector; replaced as a whole when anything of it changes. */
export interface ConnectorEntry {
  /** Without `name`. */
  readonly config: ReadonlyMap<string, string | null>;
  readonly type: ConnectorType;
  readonly status: PartStatus;
  /** What one that failed was asked to be since, which no status tells; undefined: to run. */
  readonly target: ConnectorState | undefined;
  readonly tasks: readonly PartStatus[];
  readonly topics: readonly string[];
}

export interface KsqlServerState {
  readonly version: string;
  readonly kafkaClusterId: string;
  readonly serviceId: string;
  readonly sources: Map<string, SourceState>;
  /** By id. */
  readonly queries: Map<string, QueryState>;
  /** By name, inlined. */
  readonly types: Map<string, KsqlType>;
  /** Number of the last command; every one takes two. */
  sequence: number;
  /** The number that the next query is named after. */
  nextQuery: number;
}

/** A stream or table; replaced as a whole when anything of it changes. */
export interface SourceState
  extends Pick<
    KsqlSource,
    "type" | "topic" | "keyFormat" | "valueFormat" | "windowType" | "fields" | "statement"
  > {
  readonly fields: readonly KsqlField[];
  /** Streams and tables that its query reads: they can't be dropped before it. */
  readonly from: readonly string[];
}

/** A persistent query; replaced as a whole when anything of it changes. */
export type QueryState = Pick<KsqlQuery, "text" | "sources" | "sinks" | "state" | "errors" | "properties">;
