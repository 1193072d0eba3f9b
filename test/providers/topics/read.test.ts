import { expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import type { Address } from "../../../src/core/model.ts";
import { cluster, counting, driver, everything, specs, topic } from "./cluster.ts";

test("declared and claimed topics, with what is set on them", async () => {
  const config = { "retention.ms": "604800000", "cleanup.policy": "delete,compact" };
  const kafka = cluster({
    topics: { declared: topic(2, [1, 2], config), "claimed.one": topic(1), foreign: topic(1) },
  });
  const scope = {
    declared: new Set<Address>(["topic/declared", "topic/missing"]),
    claims: (address: Address) => address.startsWith("topic/claimed."),
  };
  expect([...(await driver(kafka).read(scope)).values()]).toEqual([
    {
      address: "topic/declared",
      spec: {
        partitions: 2,
        replicationFactor: 2,
        config: { "cleanup.policy": "compact,delete", "retention.ms": "604800000" },
      },
      health: [],
    },
    {
      address: "topic/claimed.one",
      spec: { partitions: 1, replicationFactor: 1, config: {} },
      health: [],
    },
  ]);
});

test("a topic with partitions of different replication has no single factor", async () => {
  const kafka = cluster({ topics: { t: { partitions: [{ replicas: [1] }, { replicas: [1, 2] }] } } });
  expect(await specs(kafka)).toMatchObject({ t: { partitions: 2, replicationFactor: null } });
});

test("a topic that vanishes during the scan is absent", async () => {
  const kafka = cluster({ topics: { stays: topic(1), goes: topic(1) } });
  const racing: KafkaPort = {
    ...kafka,
    topicOverrides: async (names) => {
      await kafka.deleteTopics(["goes"]);
      return kafka.topicOverrides(names);
    },
  };
  expect(Object.keys(await specs(racing))).toEqual(["stays"]);
});

test.each([
  [0, ["topics"]],
  [5, ["topics", "topicOverrides"]],
  [5_000, ["topics", "topicOverrides"]],
])("%i topics are read by %j", async (count, requests) => {
  const topics = Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, topic(1)]));
  const { kafka, calls } = counting(cluster({ topics }));
  await driver(kafka).read(everything);
  expect(calls).toEqual(requests);
});
