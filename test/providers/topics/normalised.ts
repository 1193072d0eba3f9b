/**
 * What was set, and what brokers report then. One table for the canonical values here and for a real
 * broker, so that neither can go its own way.
 */
export const normalised: readonly (readonly [key: string, set: string, reported: string])[] = [
  ["preallocate", "TRUE", "true"],
  ["preallocate", " False ", "false"],
  ["retention.ms", "0010", "10"],
  ["retention.ms", " 604800000 ", "604800000"],
  ["retention.ms", "+5", "5"],
  ["retention.ms", "-1", "-1"],
  ["retention.ms", "9223372036854775807", "9223372036854775807"],
  ["retention.bytes", "-0", "0"],
  ["segment.bytes", "001048576", "1048576"],
  ["min.insync.replicas", "01", "1"],
  ["compression.gzip.level", "-1", "-1"],
  ["compression.zstd.level", "-131072", "-131072"],
  ["min.cleanable.dirty.ratio", "0.50", "0.5"],
  ["min.cleanable.dirty.ratio", "1", "1.0"],
  ["min.cleanable.dirty.ratio", "00.5", "0.5"],
  ["min.cleanable.dirty.ratio", ".25", "0.25"],
  ["min.cleanable.dirty.ratio", "5e-1", "0.5"],
  ["min.cleanable.dirty.ratio", "0.0005", "5.0E-4"],
  ["min.cleanable.dirty.ratio", "0.00012", "1.2E-4"],
  ["min.cleanable.dirty.ratio", "0", "0.0"],
  ["compression.type", " gzip ", "gzip"],
  ["message.timestamp.type", "LogAppendTime", "LogAppendTime"],
  ["cleanup.policy", "compact", "compact"],
  ["cleanup.policy", "compact , delete", "compact,delete"],
  ["leader.replication.throttled.replicas", "*", "*"],
  ["leader.replication.throttled.replicas", "0:1, 1:1", "0:1,1:1"],
];
