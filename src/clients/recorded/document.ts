import type { ConfigKeyType, ConnectorType, PartStatus } from "../connect.ts";
import type { ConfigType } from "../kafka.ts";
import type { KsqlField, KsqlQuery } from "../ksql.ts";

/** The format that this version writes; it reads this one and every older one. */
export const formatVersion = 1;

/**
 * A recording of a cluster: everything that kpipe reads of it, as one JSON document. Offsets are decimal
 * text, because JSON numbers lose digits above 2^53. Maps are keyed by name.
 */
export interface Recording {
  readonly kind: "Recording";
  readonly formatVersion: typeof formatVersion;
  readonly kafka: KafkaRecording;
  /** Connect clusters by the name that files give them; `default` for the only one. */
  readonly connect?: Named<ConnectRecording>;
  readonly ksql?: KsqlRecording;
}

export type Named<T> = { readonly [name: string]: T };

export interface KafkaRecording {
  readonly clusterId: string;
  readonly brokers: readonly BrokerRecording[];
  readonly topics?: Named<TopicRecording>;
  readonly groups?: Named<GroupRecording>;
  /** What the brokers know of topic configs; absent: as Kafka 4.3. */
  readonly topicConfigKeys?: Named<ConfigKey>;
  /** What the brokers know of group configs; absent: they have none, as before Kafka 4. */
  readonly groupConfigKeys?: Named<ConfigKey>;
  /** Configs set on groups, which need not exist otherwise. */
  readonly groupConfigs?: Named<Named<string | null>>;
  /** `auto.create.topics.enable` of the brokers; absent: not known. */
  readonly createsTopics?: boolean;
  /** `num.partitions` of the brokers; absent: not known, and taken for 1. */
  readonly defaultPartitions?: number;
  /** `default.replication.factor` of the brokers; absent: not known, and taken for 1. */
  readonly defaultReplicationFactor?: number;
}

interface BrokerRecording {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack?: string;
}

export interface TopicRecording {
  readonly internal?: true;
  /** By partition number, from 0. */
  readonly partitions: readonly PartitionRecording[];
  /** Configs set on the topic; null: sensitive, left out. */
  readonly config?: Named<string | null>;
}

export interface PartitionRecording {
  /** Broker ids, the preferred leader first. */
  readonly replicas: readonly number[];
  /** -1: none; absent: the preferred leader. */
  readonly leader?: number;
  /** Absent: all replicas. */
  readonly inSync?: readonly number[];
  /** First offset; absent: 0. */
  readonly earliest?: string;
  /** The offset that the next record gets; absent: the first one, so the partition is empty. */
  readonly latest?: string;
  /** On disk, the largest replica's; absent: 0. */
  readonly bytes?: number;
  /** For some points in time (ms since the epoch, ascending), the first offset at or after them. */
  readonly times?: readonly (readonly [ms: number, offset: string])[];
}

export interface GroupRecording {
  /** Absent: classic. */
  readonly protocol?: "classic" | "consumer" | "share" | "streams" | "unknown";
  /** Absent: `Empty`, or `Stable` if it has members. */
  readonly state?: string;
  readonly members?: readonly MemberRecording[];
  /** Offsets by topic and partition number. */
  readonly committed?: Named<Named<string>>;
}

interface MemberRecording {
  readonly clientId: string;
  readonly host: string;
  readonly topics: readonly string[];
}

export interface ConfigKey {
  readonly type: ConfigType;
  /** null: sensitive, or none. */
  readonly default: string | null;
  /** Where the default comes from; absent: Kafka's own. */
  readonly source?: "broker";
  /** The values that brokers take, in the notation of Kafka's documentation: `[0,...]`, `[a, b]`. */
  readonly valid?: string;
  readonly sensitive?: true;
  readonly readOnly?: true;
}

export interface ConnectRecording {
  /** Such as `4.3.1` or `7.9.3-ccs`. */
  readonly version: string;
  /** Absent: the Kafka of the recording. */
  readonly kafkaClusterId?: string;
  /** By class. */
  readonly plugins: Named<PluginRecording>;
  readonly connectors?: Named<ConnectorRecording>;
}

export interface PluginRecording {
  readonly type: ConnectorType;
  readonly version: string;
  /** By key; absent: the worker couldn't tell. */
  readonly definitions?: Named<DefinitionRecording>;
}

export interface DefinitionRecording {
  readonly type: ConfigKeyType;
  readonly required?: true;
}

export interface ConnectorRecording {
  /** `name` left out. A value that is secret is `[hidden]`. */
  readonly config: Named<string | null>;
  /** Absent: its plugin's. */
  readonly type?: ConnectorType;
  /** The connector itself; absent: running. */
  readonly status?: PartRecording;
  /** What one that failed was asked to be since; absent: running. */
  readonly target?: "paused" | "stopped";
  readonly tasks?: readonly PartRecording[];
  /** Topics that it has used. */
  readonly topics?: readonly string[];
}

export interface PartRecording {
  /** Absent: running. */
  readonly state?: PartStatus["state"];
  /** `host:port`; absent: unknown. */
  readonly worker?: string;
  /** The stack trace of a failure, without secrets. */
  readonly trace?: string;
}

export interface KsqlRecording {
  readonly version: string;
  readonly serviceId: string;
  /** Absent: the Kafka of the recording. */
  readonly kafkaClusterId?: string;
  readonly sources?: Named<SourceRecording>;
  /** By id. */
  readonly queries?: Named<QueryRecording>;
  /** Custom types by name, inlined. */
  readonly types?: Named<TypeRecording>;
  /** Number of the last command, of which every one takes two; absent: none yet. */
  readonly sequence?: number;
  /** The number that the next query is named after; absent: the one after `sequence`. */
  readonly nextQuery?: number;
}

/** A primitive type is its name. */
export type TypeRecording =
  | string
  | { readonly type: "ARRAY" | "MAP"; readonly member: TypeRecording }
  | {
      readonly type: "STRUCT";
      readonly fields: readonly { readonly name: string; readonly type: TypeRecording }[];
    }
  | { readonly type: "DECIMAL"; readonly precision: number; readonly scale: number };

/** A stream or table. */
export interface SourceRecording {
  readonly type: "stream" | "table";
  readonly topic: string;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly windowType?: "TUMBLING" | "HOPPING" | "SESSION";
  readonly fields: readonly FieldRecording[];
  /** As the server rewrote it. */
  readonly statement: string;
  /** Streams and tables that it was created from. */
  readonly from?: readonly string[];
}

export interface FieldRecording {
  readonly name: string;
  readonly type: TypeRecording;
  /** Absent: value. */
  readonly role?: Exclude<KsqlField["role"], "value">;
  readonly headerKey?: string;
}

export interface QueryRecording {
  readonly text: string;
  readonly sources?: readonly string[];
  readonly sinks?: readonly string[];
  /** Absent: running. */
  readonly state?: KsqlQuery["state"];
  /** Newest first. */
  readonly errors?: KsqlQuery["errors"];
  readonly properties?: Named<string>;
}
