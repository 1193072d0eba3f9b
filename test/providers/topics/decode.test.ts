import { expect, test } from "vitest";
import type { Diagnostic } from "../../../src/core/errors.ts";
import { reportCollisions } from "../../../src/providers/topics/decode.ts";
import { declared, decoded, said } from "./given.ts";

test("an empty entry leaves everything to the brokers", () => {
  for (const yaml of ["", "{}", "config:"]) {
    expect(declared(yaml)).toMatchObject({
      address: "topic/purchases",
      spec: { partitions: null, replicationFactor: null, config: {} },
      policy: { protect: false, unmanagedConfig: "warn" },
    });
  }
});

test("a full entry", () => {
  const yaml = `
    partitions: 6
    replicationFactor: 3
    protect: true
    unmanagedConfig: reset
    config: { retention.ms: 7d, cleanup.policy: [delete, compact], segment.ms: null, confluent.value.schema.validation: true }`;
  expect(declared(yaml)).toMatchObject({
    spec: {
      partitions: 6,
      replicationFactor: 3,
      config: {
        "cleanup.policy": "compact,delete",
        "confluent.value.schema.validation": "true",
        "retention.ms": "604800000",
        "segment.ms": null,
      },
    },
    policy: { protect: true, unmanagedConfig: "reset" },
  });
});

test.each<[wrong: string, name: string, yaml: string, said: readonly string[]]>([
  [
    "a misspelt key",
    "t",
    "config: { retention.mss: 7d }",
    ["KP1104 config/retention.mss key: did you mean retention.ms?"],
  ],
  [
    "every bad key and value at once",
    "t",
    "config: { retentionms: 1, segment.bytes: 7d, preallocate: maybe }",
    [
      "KP1106 config/preallocate value: must be true or false",
      "KP1104 config/retentionms key: did you mean retention.ms?",
      "KP1106 config/segment.bytes value: must be bytes, or a size such as 1GiB, 10MiB, 64KiB, 1kB or 512B",
    ],
  ],
  [
    "more in-sync replicas than replicas",
    "t",
    "{ replicationFactor: 1, config: { min.insync.replicas: 2 } }",
    [
      "KP1109 config/min.insync.replicas value: with 2 required and 1 replica every write that asks for all of them fails",
    ],
  ],
  [
    "a name with other letters",
    "a b/ä",
    "{}",
    ["KP1107 name: a blank and / and ä can't be in a topic's name: letters, digits, . _ and - can"],
  ],
  ["a name too long", "x".repeat(250), "{}", ["KP1107 name: is 250 characters long, and Kafka takes 249"]],
  ["the folder itself", ".", "{}", ["KP1107 name: no topic can be called ."]],
  ["the folder above", "..", "{}", ["KP1107 name: no topic can be called .."]],
  ["no name", "", "{}", ["KP1107 name: a topic needs a name"]],
])("refuses %s", (_, name, yaml, wrong) => {
  expect(decoded(yaml, name)[1]).toEqual(wrong);
});

test("a name of 249 characters and a vendor's key pass", () => {
  expect(decoded("config: { confluent.tier.local.hotset.ms: 1d }", "x".repeat(249))).toMatchObject([
    { spec: { config: { "confluent.tier.local.hotset.ms": "86400000" } } },
    [],
  ]);
});

test.each([
  ["retention.local.target.bytes", "1GiB", "1073741824"],
  ["write.caching", "true", "true"],
  ["colour", "red", "red"],
])("a key like no other is left to the brokers, with a warning: %s", (key, text, value) => {
  const [resource, wrong] = decoded(`config: { ${key}: ${text} }`);
  expect(resource.spec.config).toEqual({ [key]: value });
  expect(wrong).toEqual([
    `KP1104 config/${key} key: Kafka itself has no topic config ${key}; brokers of another make may`,
  ]);
});

test("names that differ only in . and _ collide, each with the first", () => {
  const wrong: Diagnostic[] = [];
  const topics = ["a.b", "a-b", "a_b", "a.b.c", "a_b.c", "A_b"].map((name) => declared("", name));
  reportCollisions(topics, (it) => wrong.push(it));
  expect(wrong.map((it) => `${it.address} ${said(it)}`)).toEqual([
    "topic/a_b KP1108 name: collides with a.b (name:1): Kafka takes . and _ for the same",
    "topic/a_b.c KP1108 name: collides with a.b.c (name:1): Kafka takes . and _ for the same",
  ]);
});
