import { expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import type { Change } from "../../../src/core/model.ts";
import type { TopicSpec } from "../../../src/providers/topics/spec.ts";
import { cluster, counting, driver, topic, updating, WORLD } from "./cluster.ts";
import { creation, deletion, said } from "./given.ts";

async function refused(kafka: KafkaPort, changes: readonly Change<TopicSpec>[]): Promise<readonly string[]> {
  const { diagnostics } = await driver(kafka).check(changes, WORLD);
  return diagnostics.map((it) => `${it.address} ${said(it)}`);
}

test("what the broker refuses is told at the field that it speaks about", async () => {
  const kafka = cluster({ topics: { "a.b": topic(3) } });
  expect(
    await refused(kafka, [
      creation("replicationFactor: 4", "wide"),
      creation("config: { segment.bytes: 1000 }", "small"),
      creation("config: { min.compaction.lag.ms: 2, max.compaction.lag.ms: 1 }", "torn"),
      creation("config: { confluent.x: 1 }", "vendor"),
      creation("", "a_b"),
      creation("{ partitions: 3, replicationFactor: 3, config: { retention.ms: 7d } }", "good"),
      await updating(kafka, "config: { message.format.version: 2.8 }", "a.b"),
    ]),
  ).toEqual([
    expect.stringMatching(/^topic\/wide KP2011 replicationFactor value: .*only 3 broker/),
    expect.stringMatching(/^topic\/small KP2010 config\/segment.bytes value: Invalid value 1000/),
    expect.stringMatching(/^topic\/torn KP2010 config\/max.compaction.lag.ms value: conflict/),
    "topic/vendor KP2010 config/confluent.x value: Unknown topic config name: confluent.x",
    "topic/a_b KP1108 name: Topic 'a_b' collides with existing topic: a.b",
    "topic/a.b KP2010 config/message.format.version value: Unknown topic config name: message.format.version",
  ]);
});

test("a topic that came or went since it was read", async () => {
  const kafka = cluster({ topics: { came: topic(1), went: topic(1) } });
  const grown = await updating(kafka, "partitions: 2", "went");
  await kafka.deleteTopics(["went"]);
  expect(await refused(kafka, [creation("", "came"), grown])).toEqual([
    "topic/came KP2014 name: Topic 'came' already exists.",
    "topic/went KP2014 name: This server does not host this topic-partition.",
  ]);
});

test("more replicas than brokers, which no request validates", async () => {
  const kafka = cluster({ topics: { t: topic(1) } });
  expect(await refused(kafka, [await updating(kafka, "replicationFactor: 4", "t")])).toEqual([
    "topic/t KP2011 replicationFactor value: 3 brokers can't hold 4 replicas",
  ]);
});

test("more in-sync replicas than the brokers' default gives a new topic", async () => {
  const two = creation("config: { min.insync.replicas: 2 }", "two");
  const three = creation("config: { min.insync.replicas: 3 }", "three");
  const said = creation("{ replicationFactor: 3, config: { min.insync.replicas: 3 } }", "said");
  expect(await refused(cluster({ defaultReplicationFactor: 2 }), [two, three, said])).toEqual([
    "topic/three KP2012 config/min.insync.replicas value: by the brokers' default, with 3 required and 2 replicas every write that asks for all of them fails",
  ]);
  expect(await refused(cluster({}), [two, three, said])).toEqual([]);
});

test("more partitions than a request adds", async () => {
  const kafka = cluster({ topics: { t: topic(1) } });
  expect(await refused(kafka, [await updating(kafka, "partitions: 10002", "t")])).toEqual([
    "topic/t KP2010 partitions value: brokers add 10000 partitions at once, and this adds 10001",
  ]);
});

test("a policy of the brokers, at the field that its words name", async () => {
  const failure = { code: 44, name: "POLICY_VIOLATION", message: "too few replicas" };
  const kafka: KafkaPort = {
    ...cluster({}),
    createTopics: async (topics) => new Map(topics.map(({ name }) => [name, { ok: false, error: failure }])),
  };
  expect(await refused(kafka, [creation("", "a"), creation("replicationFactor: 1", "b")])).toEqual([
    "topic/a KP2013 replicationFactor value: too few replicas",
    "topic/b KP2013 replicationFactor value: too few replicas",
  ]);
});

test("of two keys in a message the longer one is meant", async () => {
  const kafka = cluster({});
  const refusing: KafkaPort = {
    ...kafka,
    createTopics: async () => {
      const message = "Invalid value 5 for configuration local.retention.ms: Value must not be more than";
      return new Map([["t", { ok: false, error: { code: 40, name: "INVALID_CONFIG", message } }]]);
    },
  };
  const create = creation("config: { retention.ms: 1, local.retention.ms: 5 }", "t");
  expect((await refused(refusing, [create])).map((it) => it.split(":")[0])).toEqual([
    "topic/t KP2010 config/local.retention.ms value",
  ]);
});

test("brokers whose default of partitions makes a request too large are asked again in halves", async () => {
  const { kafka, calls } = counting(cluster({ defaultPartitions: 100 }));
  const creates = Array.from({ length: 300 }, (_, at) => creation("", `t${at}`));
  expect(await refused(kafka, creates)).toEqual([]);
  expect(calls.length).toBeGreaterThan(1);
});

test("nothing is asked about what can't be refused", async () => {
  const { kafka, calls } = counting(cluster({ topics: { t: topic(1) } }));
  expect(await refused(kafka, [])).toEqual([]);
  expect(await refused(kafka, [deletion({}, "t")])).toEqual([]);
  expect(calls).toEqual([]);
});
