import type { ConfigKey } from "../kafka/config-key.ts";

const MAX_LONG = "9223372036854775807";
const REPLICAS = "[partitionId]:[brokerId],[partitionId]:[brokerId],...";

/**
 * Every topic config key of Kafka 3.9.2 and 4.3.1, as the brokers describe them. `message.format.version`
 * stays open: brokers take more spellings (`2.8`) than the list that they give.
 */
export const configKeys: ReadonlyMap<string, ConfigKey> = new Map<string, ConfigKey>([
  ["cleanup.policy", { type: "list", default: "delete", valid: "[compact, delete]" }],
  ["compression.gzip.level", { type: "int", default: "-1", valid: "[1,...,9] or -1" }],
  ["compression.lz4.level", { type: "int", default: "9", valid: "[1,...,17]" }],
  [
    "compression.type",
    { type: "string", default: "producer", valid: "[uncompressed, zstd, lz4, snappy, gzip, producer]" },
  ],
  ["compression.zstd.level", { type: "int", default: "3", valid: "[-131072,...,22]" }],
  ["delete.retention.ms", { type: "long", default: "86400000", valid: "[0,...]" }],
  ["file.delete.delay.ms", { type: "long", default: "60000", valid: "[0,...]" }],
  ["flush.messages", { type: "long", default: MAX_LONG, valid: "[1,...]" }],
  ["flush.ms", { type: "long", default: MAX_LONG, valid: "[0,...]" }],
  ["follower.replication.throttled.replicas", { type: "list", default: "", valid: REPLICAS }],
  ["index.interval.bytes", { type: "int", default: "4096", valid: "[0,...]" }],
  ["leader.replication.throttled.replicas", { type: "list", default: "", valid: REPLICAS }],
  ["local.retention.bytes", { type: "long", default: "-2", valid: "[-2,...]" }],
  ["local.retention.ms", { type: "long", default: "-2", valid: "[-2,...]" }],
  ["max.compaction.lag.ms", { type: "long", default: MAX_LONG, valid: "[1,...]" }],
  ["max.message.bytes", { type: "int", default: "1048588", valid: "[0,...]" }],
  ["message.downconversion.enable", { type: "boolean", default: "true", versions: ["3.9"] }],
  ["message.format.version", { type: "string", default: "3.0-IV1", versions: ["3.9"] }],
  ["message.timestamp.after.max.ms", { type: "long", default: "3600000", valid: "[0,...]" }],
  ["message.timestamp.before.max.ms", { type: "long", default: MAX_LONG, valid: "[0,...]" }],
  [
    "message.timestamp.difference.max.ms",
    { type: "long", default: MAX_LONG, valid: "[0,...]", versions: ["3.9"] },
  ],
  ["message.timestamp.type", { type: "string", default: "CreateTime", valid: "[CreateTime, LogAppendTime]" }],
  ["min.cleanable.dirty.ratio", { type: "double", default: "0.5", valid: "[0,...,1]" }],
  ["min.compaction.lag.ms", { type: "long", default: "0", valid: "[0,...]" }],
  ["min.insync.replicas", { type: "int", default: "1", valid: "[1,...]" }],
  ["preallocate", { type: "boolean", default: "false" }],
  ["remote.log.copy.disable", { type: "boolean", default: "false" }],
  ["remote.log.delete.on.disable", { type: "boolean", default: "false" }],
  ["remote.storage.enable", { type: "boolean", default: "false" }],
  ["retention.bytes", { type: "long", default: "-1" }],
  ["retention.ms", { type: "long", default: "604800000", valid: "[-1,...]" }],
  ["segment.bytes", { type: "int", default: "1073741824", valid: "[14,...]" }],
  ["segment.index.bytes", { type: "int", default: "10485760", valid: "[4,...]" }],
  ["segment.jitter.ms", { type: "long", default: "0", valid: "[0,...]" }],
  ["segment.ms", { type: "long", default: "604800000", valid: "[1,...]" }],
  ["unclean.leader.election.enable", { type: "boolean", default: "false" }],
]);

const vendorPrefixes = ["automq.", "confluent.", "diskless.", "inkless.", "redpanda.", "warpstream."];

/** Whether a key is some vendor's own, which only that vendor's broker can judge. */
export function isVendorKey(key: string): boolean {
  return vendorPrefixes.some((prefix) => key.startsWith(prefix));
}
