import type { ConfigKey } from "../kafka/config-key.ts";

const whole = (valid: string, value: number): ConfigKey => ({ type: "int", default: String(value), valid });

/** The group configs of Kafka 4.3.1, as the brokers describe them; brokers limit some further. */
export const groupConfigKeys: ReadonlyMap<string, ConfigKey> = new Map<string, ConfigKey>([
  ["consumer.assignment.interval.ms", whole("[0,...]", 1_000)],
  ["consumer.heartbeat.interval.ms", whole("[1,...]", 5_000)],
  ["consumer.session.timeout.ms", whole("[1,...]", 45_000)],
  ["share.assignment.interval.ms", whole("[0,...]", 1_000)],
  ["share.auto.offset.reset", { type: "string", default: "latest" }],
  ["share.delivery.count.limit", whole("[2,...]", 5)],
  ["share.heartbeat.interval.ms", whole("[1,...]", 5_000)],
  [
    "share.isolation.level",
    { type: "string", default: "read_uncommitted", valid: "[read_committed, read_uncommitted]" },
  ],
  ["share.partition.max.record.locks", whole("[100,...]", 2_000)],
  ["share.record.lock.duration.ms", whole("[1000,...]", 30_000)],
  ["share.renew.acknowledge.enable", { type: "boolean", default: "true" }],
  ["share.session.timeout.ms", whole("[1,...]", 45_000)],
  ["streams.assignment.interval.ms", whole("[0,...]", 1_000)],
  ["streams.heartbeat.interval.ms", whole("[1,...]", 5_000)],
  ["streams.initial.rebalance.delay.ms", whole("[0,...]", 3_000)],
  ["streams.num.standby.replicas", whole("[0,...]", 0)],
  ["streams.session.timeout.ms", whole("[1,...]", 45_000)],
]);
