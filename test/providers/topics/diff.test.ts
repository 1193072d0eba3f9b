import { expect, test } from "vitest";
import { topicDiff } from "../../../src/providers/topics/diff.ts";
import type { TopicSpec } from "../../../src/providers/topics/spec.ts";
import { declared, live } from "./given.ts";

/** `config/retention.ms: 1 -> 2`, with the effect and the reason where it isn't an update. */
function diff(actual: Partial<TopicSpec>, yaml: string): readonly string[] {
  const { fields, remarks } = topicDiff(live(actual), declared(yaml));
  return [
    ...fields.map(({ path, before, after, effect, code, reason }) => {
      const refused = effect === "update" ? "" : ` ${effect} ${code}: ${reason}`;
      return `${path.join("/")}: ${before} -> ${after}${refused}`;
    }),
    ...remarks.map(({ path, type, message }) => `${type} ${path.join("/")}: ${message}`),
  ];
}

const RETENTION = { "retention.ms": "604800000" };

test.each<[is: string, actual: Partial<TopicSpec>, yaml: string, differs: readonly string[]]>([
  ["what is left to the brokers is never a change", {}, "", []],
  ["as declared", { config: RETENTION }, "{ partitions: 3, config: { retention.ms: 7d } }", []],
  ["more partitions", {}, "partitions: 6", ["partitions: 3 -> 6"]],
  [
    "fewer partitions are refused",
    {},
    "partitions: 2",
    ["partitions: 3 -> 2 refuse KP2003: the topic has 3, and Kafka can't remove partitions"],
  ],
  ["another replication factor", {}, "replicationFactor: 3", ["replicationFactor: 1 -> 3"]],
  [
    "an uneven topic has to be made even",
    { replicationFactor: null },
    "replicationFactor: 1",
    ["replicationFactor: null -> 1"],
  ],
  ["an uneven topic is left so where nothing is declared", { replicationFactor: null }, "", []],
  ["a config not set", {}, "config: { retention.ms: 7d }", ["config/retention.ms: undefined -> 604800000"]],
  [
    "a config with another value",
    { config: { "retention.ms": "1" } },
    "config: { retention.ms: 7d }",
    ["config/retention.ms: 1 -> 604800000"],
  ],
  [
    "a config reset",
    { config: RETENTION },
    "config: { retention.ms: null }",
    ["config/retention.ms: 604800000 -> undefined"],
  ],
  ["a reset of what is not set", {}, "config: { retention.ms: null }", []],
  [
    "the order of a list",
    { config: { "cleanup.policy": "compact,delete" } },
    "config: { cleanup.policy: 'delete, compact' }",
    [],
  ],
  [
    "an override that the file doesn't name",
    { config: { "segment.bytes": "1073741824" } },
    "",
    ["unmanaged config/segment.bytes: 1GiB is set on the topic and not in the file; left alone"],
  ],
  ["the same, ignored", { config: RETENTION }, "unmanagedConfig: ignore", []],
  [
    "the same, reset",
    { config: RETENTION },
    "unmanagedConfig: reset",
    ["config/retention.ms: 604800000 -> undefined"],
  ],
  [
    "a value that the broker doesn't tell",
    { config: { "confluent.key": null } },
    "config: { confluent.key: x }",
    ["unverifiable config/confluent.key: the broker doesn't tell this value"],
  ],
  [
    "a value that the broker doesn't tell, reset",
    { config: { "confluent.key": null } },
    "config: { confluent.key: null }",
    ["config/confluent.key: null -> undefined"],
  ],
  [
    "more in-sync replicas than the topic has",
    {},
    "config: { min.insync.replicas: 2 }",
    [
      "config/min.insync.replicas: undefined -> 2 refuse KP2012: with 2 required and 1 replica every write that asks for all of them fails",
    ],
  ],
  [
    "fewer replicas than an override of the topic requires",
    { replicationFactor: 3, config: { "min.insync.replicas": "2" } },
    "{ replicationFactor: 1, unmanagedConfig: ignore }",
    [
      "replicationFactor: 3 -> 1 refuse KP2012: with 2 required and 1 replica every write that asks for all of them fails",
    ],
  ],
  [
    "fewer replicas, and the override reset with them",
    { replicationFactor: 3, config: { "min.insync.replicas": "2" } },
    "{ replicationFactor: 1, unmanagedConfig: reset }",
    ["replicationFactor: 3 -> 1", "config/min.insync.replicas: 2 -> undefined"],
  ],
  [
    "more replicas together with more of them in sync",
    {},
    "{ replicationFactor: 3, config: { min.insync.replicas: 2 } }",
    ["replicationFactor: 1 -> 3", "config/min.insync.replicas: undefined -> 2"],
  ],
  [
    "a fault that nobody is changing",
    { config: { "min.insync.replicas": "2" } },
    "config: { min.insync.replicas: 2, retention.ms: 7d }",
    ["config/retention.ms: undefined -> 604800000"],
  ],
])("%s", (_, actual, yaml, differs) => {
  expect(diff(actual, yaml)).toEqual(differs);
});
