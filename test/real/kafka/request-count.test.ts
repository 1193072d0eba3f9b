import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { connectKafka } from "../../../src/clients/live/kafka/index.ts";
import { type KafkaCluster, startKafka } from "../../../stack/cluster.ts";
import { position } from "./on-brokers.ts";

let cluster: KafkaCluster;
const open: KafkaPort[] = [];
beforeAll(async () => {
  cluster = await startKafka();
});
afterAll(async () => {
  for (const port of open) await port.close();
  await cluster?.stop();
});

function counting(): { readonly kafka: KafkaPort; readonly sent: string[] } {
  const sent: string[] = [];
  const onRequest = ({ name }: { readonly name: string }) => sent.push(name);
  const kafka = connectKafka(
    { brokers: cluster.bootstrap, position },
    { timeoutMs: 200_000, clientId: "kpipe-test", onRequest },
  );
  open.push(kafka);
  return { kafka, sent };
}

describe.each([5, 5_000])("with %i topics", (count) => {
  const names = Array.from({ length: count }, (_, at) => `t${at}`);
  beforeAll(async () => {
    const config = new Map([["retention.ms", "5"]]);
    const topics = names.map((name) => ({ name, partitions: 1, replicationFactor: 1, config }));
    const results = await counting().kafka.createTopics(topics, "execute");
    const failed = [...results].filter(([, result]) => !result.ok);
    expect(failed).toEqual([]);
  });

  test("reading all of them takes at most 6 + topics / 2000 requests, handshakes not counted", async () => {
    const { kafka, sent } = counting();
    await kafka.cluster();
    const topics = await kafka.topics();
    const overrides = await kafka.topicOverrides(topics.map(({ name }) => name));
    expect(topics.map(({ name }) => name)).toEqual(expect.arrayContaining(names.slice(0, 5)));
    expect(names.filter((name) => overrides.get(name)?.get("retention.ms") !== "5")).toEqual([]);
    expect(sent.length).toBeLessThanOrEqual(6 + count / 2000);
  });
});
