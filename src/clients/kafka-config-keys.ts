import type { ConfigType } from "./kafka.ts";

/** What brokers tell of a config key of a topic or a group. */
export interface KnownKey {
  readonly type: Extract<ConfigType, "boolean" | "string" | "int" | "long" | "double" | "list">;
  readonly default: string;
  /** In the brokers' notation: `[0,...]`, `[a, b]`. */
  readonly valid?: string;
}

type Keys = Readonly<Record<string, KnownKey>>;

const maxLong = "9223372036854775807";
const replicas = "[partitionId]:[brokerId],[partitionId]:[brokerId],...";

/**
 * Topic configs as Kafka 4.3.1 defines them, in the order in which a broker checks their values: it names
 * the first bad one only.
 */
export const topicConfigKeys: Keys = {
  "segment.bytes": { type: "int", default: "1073741824", valid: "[1048576,...]" },
  "segment.ms": { type: "long", default: "604800000", valid: "[1,...]" },
  "segment.jitter.ms": { type: "long", default: "0", valid: "[0,...]" },
  "segment.index.bytes": { type: "int", default: "10485760", valid: "[4,...]" },
  "flush.messages": { type: "long", default: maxLong, valid: "[1,...]" },
  "flush.ms": { type: "long", default: maxLong, valid: "[0,...]" },
  "retention.bytes": { type: "long", default: "-1" },
  "retention.ms": { type: "long", default: "604800000", valid: "[-1,...]" },
  "max.message.bytes": { type: "int", default: "1048588", valid: "[0,...]" },
  "index.interval.bytes": { type: "int", default: "4096", valid: "[0,...]" },
  "delete.retention.ms": { type: "long", default: "86400000", valid: "[0,...]" },
  "min.compaction.lag.ms": { type: "long", default: "0", valid: "[0,...]" },
  "max.compaction.lag.ms": { type: "long", default: maxLong, valid: "[1,...]" },
  "file.delete.delay.ms": { type: "long", default: "60000", valid: "[0,...]" },
  "min.cleanable.dirty.ratio": { type: "double", default: "0.5", valid: "[0,...,1]" },
  "cleanup.policy": { type: "list", default: "delete", valid: "[compact, delete]" },
  "unclean.leader.election.enable": { type: "boolean", default: "false" },
  "min.insync.replicas": { type: "int", default: "1", valid: "[1,...]" },
  "compression.type": {
    type: "string",
    default: "producer",
    valid: "[uncompressed, zstd, lz4, snappy, gzip, producer]",
  },
  "compression.gzip.level": { type: "int", default: "-1", valid: "[1,...,9] or -1" },
  "compression.lz4.level": { type: "int", default: "9", valid: "[1,...,17]" },
  "compression.zstd.level": { type: "int", default: "3", valid: "[-131072,...,22]" },
  preallocate: { type: "boolean", default: "false" },
  "message.timestamp.type": { type: "string", default: "CreateTime", valid: "[CreateTime, LogAppendTime]" },
  "message.timestamp.before.max.ms": { type: "long", default: maxLong, valid: "[0,...]" },
  "message.timestamp.after.max.ms": { type: "long", default: "3600000", valid: "[0,...]" },
  "leader.replication.throttled.replicas": { type: "list", default: "", valid: replicas },
  "follower.replication.throttled.replicas": { type: "list", default: "", valid: replicas },
  "remote.storage.enable": { type: "boolean", default: "false" },
  "local.retention.ms": { type: "long", default: "-2", valid: "[-2,...]" },
  "local.retention.bytes": { type: "long", default: "-2", valid: "[-2,...]" },
  "remote.log.copy.disable": { type: "boolean", default: "false" },
  "remote.log.delete.on.disable": { type: "boolean", default: "false" },
};

/** What Kafka 3.9.2 knows besides, or takes differently. */
const before4: Keys = {
  "segment.bytes": { type: "int", default: "1073741824", valid: "[14,...]" },
  "message.timestamp.after.max.ms": { type: "long", default: maxLong, valid: "[0,...]" },
  "message.downconversion.enable": { type: "boolean", default: "true" },
  // It takes more spellings, such as `2.8`, than the list that it gives.
  "message.format.version": { type: "string", default: "3.0-IV1" },
  "message.timestamp.difference.max.ms": { type: "long", default: maxLong, valid: "[0,...]" },
};

/** Topic configs as Kafka 3.9.2 defines them. */
export const topicConfigKeysBefore4: Keys = { ...topicConfigKeys, ...before4 };

const whole = (value: number, least: number): KnownKey => ({
  type: "int",
  default: String(value),
  valid: `[${least},...]`,
});

/**
 * Group configs as Kafka 4.3.1 defines them. Brokers also hold values to limits of their own
 * (`group.consumer.max.session.timeout.ms`), which nothing tells.
 */
export const groupConfigKeys: Keys = {
  "consumer.session.timeout.ms": whole(45_000, 1),
  "consumer.heartbeat.interval.ms": whole(5_000, 1),
  "consumer.assignment.interval.ms": whole(1_000, 0),
  "share.session.timeout.ms": whole(45_000, 1),
  "share.heartbeat.interval.ms": whole(5_000, 1),
  "share.assignment.interval.ms": whole(1_000, 0),
  "share.record.lock.duration.ms": whole(30_000, 1_000),
  "share.delivery.count.limit": whole(5, 2),
  "share.partition.max.record.locks": whole(2_000, 100),
  "share.auto.offset.reset": { type: "string", default: "latest" },
  "share.isolation.level": {
    type: "string",
    default: "read_uncommitted",
    valid: "[read_committed, read_uncommitted]",
  },
  "share.renew.acknowledge.enable": { type: "boolean", default: "true" },
  "streams.session.timeout.ms": whole(45_000, 1),
  "streams.heartbeat.interval.ms": whole(5_000, 1),
  "streams.num.standby.replicas": whole(0, 0),
  "streams.initial.rebalance.delay.ms": whole(3_000, 0),
  "streams.assignment.interval.ms": whole(1_000, 0),
};
