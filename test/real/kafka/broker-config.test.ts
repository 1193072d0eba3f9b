import { expect, inject, test } from "vitest";
import type { TopicCreation } from "../../../src/clients/kafka.ts";
import { connectKafka } from "../../../src/clients/live/kafka/index.ts";
import { startKafka } from "../../../stack/cluster.ts";
import { position } from "./on-brokers.ts";

async function topicCreation(brokers: readonly string[]): Promise<TopicCreation> {
  const kafka = connectKafka({ brokers, position }, { timeoutMs: 20_000, clientId: "kpipe-test" });
  try {
    return await kafka.topicCreation();
  } finally {
    await kafka.close();
  }
}

test("Kafka 4.3.1 says that it creates no topics by itself, and what others get by default", async () => {
  const created = await topicCreation(inject("kafka").bootstrap);
  expect(created).toEqual({ automatic: false, partitions: 1, replicationFactor: 1 });
});

test("Kafka 3.9.2 says that it does, and what they get", async () => {
  const properties = {
    "auto.create.topics.enable": "true",
    "num.partitions": "7",
    "default.replication.factor": "2",
  };
  const kafka = await startKafka({ version: "3.9.2", properties });
  try {
    const created = await topicCreation(kafka.bootstrap);
    expect(created).toEqual({ automatic: true, partitions: 7, replicationFactor: 2 });
  } finally {
    await kafka.stop();
  }
});
