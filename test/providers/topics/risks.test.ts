import { expect, test } from "vitest";
import { retentionCut } from "../../../src/providers/topics/retention.ts";
import { topicRisks } from "../../../src/providers/topics/risks.ts";
import type { TopicSpec } from "../../../src/providers/topics/spec.ts";
import { creation, update } from "./given.ts";

test.each<[what: string, actual: Partial<TopicSpec>, yaml: string, codes: readonly string[]]>([
  ["nothing risky", {}, "config: { retention.ms: 1d }", []],
  ["more partitions", {}, "partitions: 6", ["keys-move"]],
  ["more replicas", {}, "replicationFactor: 3", ["data-moves"]],
  ["an uneven topic", { replicationFactor: null }, "replicationFactor: 3", ["data-moves"]],
  ["fewer replicas", { replicationFactor: 3 }, "replicationFactor: 2", ["fewer-replicas"]],
  [
    "all replicas required",
    {},
    "{ replicationFactor: 3, config: { min.insync.replicas: 3 } }",
    ["data-moves", "no-slack"],
  ],
  [
    "all replicas required from now on",
    { replicationFactor: 2 },
    "config: { min.insync.replicas: 2 }",
    ["no-slack"],
  ],
  ["the only replica required", {}, "config: { min.insync.replicas: 1 }", []],
  ["compaction begins", {}, "config: { cleanup.policy: compact }", ["compacts"]],
  ["compaction besides", {}, "config: { cleanup.policy: 'compact,delete' }", ["compacts"]],
  [
    "compaction ends",
    { config: { "cleanup.policy": "compact" } },
    "config: { cleanup.policy: delete }",
    ["compaction-ends"],
  ],
  [
    "compaction ends by a reset",
    { config: { "cleanup.policy": "compact" } },
    "config: { cleanup.policy: null }",
    ["compaction-ends"],
  ],
  ["smaller batches", {}, "config: { max.message.bytes: 1kB }", ["smaller-messages"]],
  ["larger batches", {}, "config: { max.message.bytes: 10MiB }", []],
  ["unclean elections", {}, "config: { unclean.leader.election.enable: true }", ["unclean-election"]],
])("%s", (_, actual, yaml, codes) => {
  expect(topicRisks(update(actual, yaml)).map(({ code }) => code)).toEqual(codes);
});

test("fewer replicas are told in brokers", () => {
  expect(topicRisks(update({ replicationFactor: 3 }, "replicationFactor: 1"))).toEqual([
    { code: "fewer-replicas", message: "each partition is on 1 broker instead of 3" },
  ]);
});

test("a new topic that needs every broker is told from the start", () => {
  const yaml = "{ replicationFactor: 2, config: { min.insync.replicas: 2 } }";
  expect(topicRisks(creation(yaml))).toEqual([
    { code: "no-slack", message: "writes stop when one broker is down: all 2 replicas must be in sync" },
  ]);
});

const DAY = 86_400_000n;

test.each<
  [
    what: string,
    actual: TopicSpec["config"],
    yaml: string,
    cut: { readonly ms?: bigint; readonly bytes?: bigint } | undefined,
  ]
>([
  ["shorter", { "retention.ms": "604800000" }, "config: { retention.ms: 1d }", { ms: DAY }],
  ["longer", { "retention.ms": "604800000" }, "config: { retention.ms: 8d }", undefined],
  ["shorter than the usual default", {}, "config: { retention.ms: 1d }", { ms: DAY }],
  ["for ever, reset", { "retention.ms": "-1" }, "config: { retention.ms: null }", { ms: 7n * DAY }],
  ["for ever from now on", {}, "config: { retention.ms: -1 }", undefined],
  ["bytes where there was no limit", {}, "config: { retention.bytes: 1kB }", { bytes: 1000n }],
  ["bytes, reset", { "retention.bytes": "5" }, "config: { retention.bytes: null }", undefined],
  ["both", {}, "config: { retention.bytes: 1kB, retention.ms: 1d }", { ms: DAY, bytes: 1000n }],
  [
    "only compacted: nothing goes by age",
    { "cleanup.policy": "compact" },
    "config: { retention.ms: 1d }",
    undefined,
  ],
  [
    "compacted until now: everything old goes",
    { "cleanup.policy": "compact", "retention.ms": "1000" },
    "config: { cleanup.policy: 'compact,delete', retention.ms: 7d }",
    { ms: 7n * DAY },
  ],
])("retention, %s", (_, actual, yaml, cut) => {
  expect(retentionCut(update({ config: actual }, yaml))).toEqual(cut);
});
