import { expect, inject, test } from "vitest";
import { connectKafka } from "../../../src/clients/live/kafka/index.ts";
import { startKafka } from "../../../stack/cluster.ts";
import { position } from "./on-brokers.ts";

async function createsTopics(brokers: readonly string[]): Promise<boolean | undefined> {
  const kafka = connectKafka({ brokers, position }, { timeoutMs: 20_000, clientId: "kpipe-test" });
  try {
    return await kafka.createsTopics();
  } finally {
    await kafka.close();
  }
}

test("Kafka 4.3.1 says that it creates no topics by itself", async () => {
  expect(await createsTopics(inject("kafka").bootstrap)).toBe(false);
});

test("Kafka 3.9.2 says that it does", async () => {
  const kafka = await startKafka({ version: "3.9.2", properties: { "auto.create.topics.enable": "true" } });
  try {
    expect(await createsTopics(kafka.bootstrap)).toBe(true);
  } finally {
    await kafka.stop();
  }
});
