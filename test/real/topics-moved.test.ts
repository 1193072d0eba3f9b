import { afterAll, beforeAll, expect, test } from "vitest";
import type { KafkaPort } from "../../src/clients/kafka.ts";
import { connectKafka } from "../../src/clients/live/kafka/index.ts";
import type { Driver } from "../../src/core/kind.ts";
import { type Address, addressOf, type Update, type World } from "../../src/core/model.ts";
import { topicDriver } from "../../src/providers/topics/driver.ts";
import type { TopicSpec } from "../../src/providers/topics/spec.ts";
import { type KafkaCluster, startKafka } from "../../stack/cluster.ts";
import { creation, declared, said, updateOf } from "../providers/topics/given.ts";
import { applicationsOn } from "./kafka/applications.ts";
import { position } from "./kafka/on-brokers.ts";

const WORLD: World = { desired: new Map(), actual: new Map() };

let brokers: KafkaCluster;
let kafka: KafkaPort;
let driver: Driver<TopicSpec>;
beforeAll(async () => {
  brokers = await startKafka({ brokers: 3 });
  kafka = connectKafka(
    { brokers: brokers.bootstrap, position },
    { timeoutMs: 20_000, clientId: "kpipe-test" },
  );
  driver = topicDriver(kafka);
});
afterAll(async () => {
  await kafka?.close();
  await brokers?.stop();
});

async function planned(name: string, yaml: string): Promise<Update<TopicSpec>> {
  const address: Address = addressOf("topic", name);
  const live = await driver.read({ declared: new Set([address]), claims: () => false });
  const topic = live.get(address);
  if (topic === undefined) throw new Error(`no topic ${name}`);
  return updateOf(topic, declared(yaml, name));
}

async function applied(changes: Parameters<typeof driver.apply>[0]): Promise<readonly string[]> {
  const ended: string[] = [];
  for await (const it of driver.apply(changes, WORLD, new AbortController().signal)) {
    if (it.type !== "progress")
      ended.push(`${it.type} ${it.type === "failed" ? said(it.diagnostic) : it.message}`);
  }
  return ended;
}

async function replicasOf(name: string): Promise<readonly (readonly number[])[]> {
  const topic = (await kafka.topics()).find((it) => it.name === name);
  return topic?.partitions.map(({ replicas }) => replicas) ?? [];
}

test("the replication factor goes up with partitions and configs, and down again", async () => {
  await applied([creation("{ partitions: 3, replicationFactor: 1 }", "moved")]);
  await applicationsOn(brokers.bootstrap).produce("moved", 100);
  const before = await replicasOf("moved");

  const up = "{ partitions: 6, replicationFactor: 3, config: { min.insync.replicas: 2 } }";
  const raise = await planned("moved", up);
  expect((await driver.check([raise], WORLD)).diagnostics).toEqual([]);
  expect(await applied([raise])).toEqual(["done partitions 3 -> 6, replication factor 1 -> 3, 1 config"]);
  expect((await planned("moved", up)).fields).toEqual([]);
  const raised = await replicasOf("moved");
  expect(raised.map((replicas) => new Set(replicas).size)).toEqual([3, 3, 3, 3, 3, 3]);
  expect(raised.slice(0, 3).map(([leader]) => leader)).toEqual(before.map(([leader]) => leader));

  const down = "{ replicationFactor: 2, config: { min.insync.replicas: 1 } }";
  expect(await applied([await planned("moved", down)])).toEqual(["done replication factor 3 -> 2, 1 config"]);
  expect((await planned("moved", down)).fields).toEqual([]);
  const lowered = await replicasOf("moved");
  expect(lowered.map((replicas) => replicas.length)).toEqual([2, 2, 2, 2, 2, 2]);
  expect(lowered.map(([leader]) => leader)).toEqual(raised.map(([leader]) => leader));
  const held = [1, 2, 3].map((id) => lowered.filter((replicas) => replicas.includes(id)).length);
  expect(held).toEqual([4, 4, 4]);
  expect((await kafka.offsets(["moved"])).get("moved")?.[0]).toMatchObject({ latest: 100n });
});

test("a topic whose partitions differ is made even", async () => {
  await applied([creation("{ partitions: 2, replicationFactor: 1 }", "uneven")]);
  await kafka.reassign([{ topic: "uneven", partition: 0, replicas: [1, 2, 3] }]);
  await expect.poll(async () => (await kafka.reassigning(["uneven"])).size, { timeout: 60_000 }).toBe(0);
  await expect.poll(async () => (await replicasOf("uneven"))[0]?.length, { timeout: 60_000 }).toBe(3);
  const even = await planned("uneven", "replicationFactor: 2");
  expect(even.fields).toMatchObject([{ before: null, after: 2 }]);
  expect(await applied([even])).toEqual(["done replication factor uneven -> 2"]);
  expect((await replicasOf("uneven")).map((replicas) => replicas.length)).toEqual([2, 2]);
});

test("more replicas than brokers are refused while planning", async () => {
  await applied([creation("{ partitions: 1, replicationFactor: 1 }", "wide")]);
  const { diagnostics } = await driver.check([await planned("wide", "replicationFactor: 4")], WORLD);
  expect(diagnostics.map(said)).toEqual(["KP2011 replicationFactor value: 3 brokers can't hold 4 replicas"]);
});
