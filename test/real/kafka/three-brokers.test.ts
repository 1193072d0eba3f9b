import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { connectKafka } from "../../../src/clients/live/kafka/index.ts";
import { type KafkaCluster, startKafka } from "../../../stack/cluster.ts";
import { position } from "./on-brokers.ts";

let cluster: KafkaCluster;
let kafka: KafkaPort;
const names: string[] = [];
beforeAll(async () => {
  cluster = await startKafka({ brokers: 3 });
  kafka = connectKafka(
    { brokers: cluster.bootstrap.slice(0, 1), position },
    { timeoutMs: 30_000, clientId: "kpipe-test", onRequest: ({ name }) => names.push(name) },
  );
  const config = new Map<string, string>();
  await kafka.createTopics(
    [
      { name: "single", partitions: 6, replicationFactor: 1, config },
      { name: "copied", partitions: 3, replicationFactor: 3, config },
    ],
    "execute",
  );
});
afterAll(async () => {
  await kafka?.close();
  await cluster?.stop();
});

const replicasOf = async (topic: string) =>
  (await kafka.topics()).find(({ name }) => name === topic)?.partitions.map(({ replicas }) => replicas);

test("partitions move to more brokers, and are moving until they are there", async () => {
  const moves = [0, 1, 2, 3, 4, 5].map((partition) => ({ topic: "single", partition, replicas: [1, 2, 3] }));
  expect([...(await kafka.reassign(moves)).values()]).toEqual(moves.map(() => ({ ok: true })));
  await expect.poll(async () => [...(await kafka.reassigning(["single"]))], { timeout: 30_000 }).toEqual([]);
  await expect.poll(() => replicasOf("single"), { timeout: 10_000 }).toEqual(moves.map(() => [1, 2, 3]));
});

test("sizes and groups are asked for at each broker once, offsets at each leader", async () => {
  await kafka.sizes(["copied"]);
  await kafka.groups();
  names.length = 0;
  const sizes = await kafka.sizes(["copied"]);
  await kafka.groups();
  expect([...(sizes.get("copied")?.keys() ?? [])].sort()).toEqual([0, 1, 2]);
  expect(names.filter((name) => name === "DescribeLogDirs")).toHaveLength(3);
  expect(names.filter((name) => name === "ListGroups")).toHaveLength(3);
  names.length = 0;
  expect((await kafka.offsets(["copied"])).get("copied")).toHaveLength(3);
  expect(names.filter((name) => name === "ListOffsets").length).toBeLessThanOrEqual(6);
});

describe("when the broker that the file names is killed", () => {
  beforeAll(async () => {
    await kafka.createTopics(
      [{ name: "on-first", partitions: 3, replicationFactor: 1, config: new Map() }],
      "execute",
    );
    await cluster.kill(0);
  });
  afterAll(() => cluster.restart(0));

  test("the others are asked, whose addresses are known by now", async () => {
    expect((await kafka.topics()).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["single", "copied"]),
    );
    await expect
      .poll(async () => (await kafka.cluster()).brokers.map(({ id }) => id), { timeout: 20_000 })
      .not.toContain(1);
  });

  test("changes go to the new controller", async () => {
    const topic = { name: "later", partitions: 1, replicationFactor: 2, config: new Map<string, string>() };
    expect([...(await kafka.createTopics([topic], "execute"))]).toEqual([["later", { ok: true }]]);
    expect([...(await kafka.deleteTopics(["later"]))]).toEqual([["later", { ok: true }]]);
  });

  test("partitions without a leader are left out, and the others told", async () => {
    const leaderless = (await kafka.topics())
      .find(({ name }) => name === "on-first")
      ?.partitions.filter(({ leader }) => leader === -1)
      .map(({ partition }) => partition);
    expect(leaderless).toHaveLength(1);
    const offsets = (await kafka.offsets(["on-first", "copied"])) ?? new Map();
    expect(offsets.get("copied")).toHaveLength(3);
    expect(offsets.get("on-first")?.map(({ partition }) => partition)).toEqual(
      [0, 1, 2].filter((partition) => !leaderless?.includes(partition)),
    );
    expect((await kafka.sizes(["on-first"])).get("on-first")?.size).toBe(2);
  });
});
