import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { KafkaPort, NewTopic, Results } from "../../../src/clients/kafka.ts";
import { connectKafka } from "../../../src/clients/live/kafka/index.ts";
import { KpipeError } from "../../../src/core/errors.ts";
import { type KafkaCluster, startKafka } from "../../../stack/cluster.ts";
import { freePorts } from "../../../stack/ports.ts";
import { position } from "./on-brokers.ts";
import { type FaultyProxy, startProxy } from "./proxy.ts";

const topic = (name: string, partitions = 2): NewTopic => ({
  name,
  partitions,
  replicationFactor: 1,
  config: new Map([["retention.ms", "0077"]]),
});
const plain = (results: Results) => Object.fromEntries(results);
const ok = { ok: true };

let proxy: FaultyProxy;
let cluster: KafkaCluster;
const open: KafkaPort[] = [];
beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  proxy = await startProxy(port, "kpipe-test");
  // Clients that came through the proxy are sent to it again.
  cluster = await startKafka({
    ports: [port],
    properties: { "advertised.listeners": `PLAINTEXT://${proxy.address}` },
  });
});
afterEach(async () => {
  for (const port of open.splice(0)) await port.close();
});
afterAll(async () => {
  await cluster?.stop();
  await proxy?.close();
});

function port(timeoutMs = 20_000): KafkaPort {
  const kafka = connectKafka({ brokers: [proxy.address], position }, { timeoutMs, clientId: "kpipe-test" });
  open.push(kafka);
  return kafka;
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const thrown = await work.catch((error: unknown) => error);
  if (!(thrown instanceof KpipeError)) throw new Error(`expected a KpipeError, not ${String(thrown)}`);
  return thrown.diagnostics.map(({ code, message }) => [code, message]);
}

describe("an answer that is lost after the broker did the work is found out", () => {
  test.each<[string, number, (kafka: KafkaPort) => Promise<Results>]>([
    ["CreateTopics", 19, (kafka) => kafka.createTopics([topic("lost")], "execute")],
    [
      "CreatePartitions",
      37,
      (kafka) => kafka.createPartitions([{ topic: "lost", partitions: 4 }], "execute"),
    ],
    [
      "IncrementalAlterConfigs",
      44,
      (kafka) =>
        kafka.alterTopicConfigs(
          [{ name: "lost", set: new Map([["segment.ms", "5"]]), reset: ["retention.ms"] }],
          "execute",
        ),
    ],
    ["OffsetCommit", 8, (kafka) => kafka.commit("lost", [{ topic: "lost", partition: 0, offset: 7n }])],
    ["DeleteGroups", 42, (kafka) => kafka.deleteGroups(["lost"])],
    ["DeleteTopics", 20, (kafka) => kafka.deleteTopics(["lost"])],
  ])("%s", async (_, api, change) => {
    const kafka = port();
    const before = proxy.spoiled();
    proxy.spoil(api, "lose");
    const results = await change(kafka);
    expect([...results.values()]).toEqual([ok]);
    expect(proxy.spoiled()).toBe(before + 1);
  });

  test("Metadata", async () => {
    const kafka = port();
    await kafka.cluster();
    proxy.spoil(3, "lose");
    expect((await kafka.topics()).map(({ name }) => name)).not.toContain("lost");
  });
});

describe("a broker that hangs", () => {
  afterEach(async () => {
    cluster.resume(0);
    await expect.poll(() => port(2_000).cluster(), { timeout: 60_000 }).toBeDefined();
  });

  test("from the start", async () => {
    cluster.pause(0);
    expect(await failureOf(port(1_000).topics())).toEqual([
      ["KP3002", `no answer from kafka ${proxy.address} within 1 s`],
    ]);
  });

  test("later on", async () => {
    const kafka = port(1_000);
    await kafka.cluster();
    cluster.pause(0);
    expect(await failureOf(kafka.topics())).toEqual([
      ["KP3002", `no answer from kafka ${proxy.address} to Metadata within 1 s`],
    ]);
  });
});

describe("a broker that dies", () => {
  test("and stays dead ends the operation", async () => {
    const kafka = port(2_000);
    await kafka.cluster();
    await cluster.kill(0);
    expect(await failureOf(kafka.topics())).toEqual([
      ["KP3003", expect.stringContaining(`kafka ${proxy.address} `)],
    ]);
    await cluster.restart(0);
    expect((await kafka.cluster()).brokers).toHaveLength(1);
  });

  test("between the chunks of one operation and comes back is waited for", async () => {
    const kafka = port(90_000);
    // Configs fill chunks as partitions do, and cost the broker no files: 600 topics are three chunks.
    await kafka.createTopics([topic("sample")], "execute");
    const entries = (await kafka.topicConfig("sample")) ?? [];
    const config = new Map(
      entries
        .filter(({ type }) => type === "long" || type === "int" || type === "boolean")
        .map(({ key, value }) => [key, value ?? ""]),
    );
    const many = Array.from({ length: 600 }, (_, at) => ({ ...topic(`chunked-${at}`, 1), config }));
    const creating = kafka.createTopics(many, "execute");
    await sleep(300);
    await cluster.kill(0);
    await cluster.restart(0);
    expect(plain(await creating)).toEqual(Object.fromEntries(many.map(({ name }) => [name, ok])));
    const held = await port().topics();
    expect(held.filter(({ name }) => name.startsWith("chunked-"))).toHaveLength(600);
  });
});
