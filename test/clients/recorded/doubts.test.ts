import { expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { groupConfigKeys } from "../../../src/clients/kafka-config-keys.ts";
import { recordedCluster } from "../../../src/clients/recorded/clients.ts";
import { recording } from "./recordings.ts";

const permissions = "permissions: a recording doesn't have the brokers' ACLs, quotas and policies";
const topic = (config: Readonly<Record<string, string>> = {}) => ({
  name: "new",
  partitions: 1,
  replicationFactor: 1,
  config: new Map(Object.entries(config)),
});

test.each<[asked: string, ask: (kafka: KafkaPort) => Promise<unknown>, notChecked: readonly string[]]>([
  ["what is there", (kafka) => kafka.topics(), []],
  ["nothing", (kafka) => kafka.createTopics([], "validate"), []],
  ["a new topic", (kafka) => kafka.createTopics([topic()], "validate"), [permissions]],
  [
    "a topic in tiered storage",
    (kafka) => kafka.createTopics([topic({ "remote.storage.enable": "true" })], "validate"),
    [permissions, "remote.storage.enable: a recording doesn't say whether the brokers have tiered storage"],
  ],
  [
    "a limit of a group",
    (kafka) =>
      kafka.alterGroupConfigs(
        [{ name: "g", set: new Map([["consumer.session.timeout.ms", "1"]]), reset: [] }],
        "validate",
      ),
    ["group configs: a recording doesn't have the brokers' own limits on them", permissions],
  ],
  [
    "the age of records",
    (kafka) => kafka.offsetsAt(["filled", "empty", "missing"], 0),
    ["topic/filled: the recording doesn't say when its records were written"],
  ],
])("asked for %s", async (_, ask, notChecked) => {
  const { clients } = recordedCluster(
    recording({
      groupConfigKeys,
      topics: {
        filled: { partitions: [{ replicas: [1], latest: "5" }] },
        empty: { partitions: [{ replicas: [1] }] },
      },
    }),
  );
  await ask(clients.kafka);
  expect(clients.notChecked()).toEqual(notChecked);
});
