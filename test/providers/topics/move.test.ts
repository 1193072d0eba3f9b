import { expect, test } from "vitest";
import type { KafkaPort, Reassignment } from "../../../src/clients/kafka.ts";
import { MIN_INSYNC } from "../../../src/providers/topics/spec.ts";
import { applied, cluster, specs, topic, updating } from "./cluster.ts";

/** A cluster on which every look finds one more partition moved. */
function slow(kafka: KafkaPort, looked: (left: number) => void = () => {}): KafkaPort {
  const waiting: Reassignment[] = [];
  return {
    ...kafka,
    reassign: async (partitions) => {
      waiting.push(...partitions);
      return new Map(partitions.map(({ topic, partition }) => [`${topic}-${partition}`, { ok: true }]));
    },
    reassigning: async () => {
      const next = waiting.shift();
      if (next) await kafka.reassign([next]);
      looked(waiting.length);
      const left = waiting.map(({ partition }) => partition);
      return new Map(left.length > 0 ? [["t", left]] : []);
    },
  };
}

test("waits and says how much is left", async () => {
  const kafka = cluster({ topics: { t: topic(3) } });
  const change = await updating(kafka, "replicationFactor: 2", "t");
  expect(await applied(slow(kafka), [change])).toEqual([
    "progress t: moving data: 2 partitions to go",
    "progress t: moving data: 1 partition to go",
    "done t: replication factor 1 -> 2",
  ]);
  expect(await specs(kafka)).toMatchObject({ t: { replicationFactor: 2 } });
});

test("new partitions get the new replicas too", async () => {
  const kafka = cluster({ topics: { t: topic(1) } });
  await applied(kafka, [await updating(kafka, "{ partitions: 4, replicationFactor: 3 }", "t")]);
  expect(await specs(kafka)).toMatchObject({ t: { partitions: 4, replicationFactor: 3 } });
});

test("topics share the brokers", async () => {
  const names = Array.from({ length: 6 }, (_, at) => `t${at}`);
  const kafka = cluster({ topics: Object.fromEntries(names.map((name) => [name, topic(1)])) });
  await applied(kafka, await Promise.all(names.map((name) => updating(kafka, "replicationFactor: 2", name))));
  const held = (await kafka.topics()).flatMap(({ partitions }) =>
    partitions.flatMap(({ replicas }) => replicas),
  );
  expect([1, 2, 3].map((id) => held.filter((it) => it === id).length)).toEqual([6, 3, 3]);
});

test("writes are never asked for more replicas than there are", async () => {
  const kafka = cluster({
    topics: { up: topic(1, [1]), down: topic(1, [1, 2, 3], { "min.insync.replicas": "3" }) },
  });
  const changes = [
    await updating(kafka, "{ replicationFactor: 3, config: { min.insync.replicas: 2 } }", "up"),
    await updating(kafka, "{ replicationFactor: 1, config: { min.insync.replicas: 1 } }", "down"),
  ];
  const short: string[] = [];
  const look = async <T>(results: T): Promise<T> => {
    short.push(...(await shortOfReplicas(kafka)));
    return results;
  };
  const watched: KafkaPort = {
    ...kafka,
    reassign: async (partitions) => look(await kafka.reassign(partitions)),
    alterTopicConfigs: async (configs, mode) => look(await kafka.alterTopicConfigs(configs, mode)),
  };
  await applied(watched, changes);
  expect(short).toEqual([]);
  expect(await specs(kafka)).toMatchObject({
    up: { replicationFactor: 3, config: { "min.insync.replicas": "2" } },
    down: { replicationFactor: 1, config: { "min.insync.replicas": "1" } },
  });
});

/** Topics on which a write that asks for all in-sync replicas fails. */
async function shortOfReplicas(kafka: KafkaPort): Promise<readonly string[]> {
  return Object.entries(await specs(kafka))
    .filter(([, { replicationFactor, config }]) => Number(config[MIN_INSYNC] ?? 1) > (replicationFactor ?? 0))
    .map(([name]) => name);
}

test("waits for a move that somebody else started", async () => {
  const kafka = cluster({ topics: { t: topic(1) } });
  let looks = 0;
  const busy: KafkaPort = {
    ...kafka,
    reassigning: async () => new Map(++looks === 1 ? [["t", [0]]] : []),
  };
  expect(await applied(busy, [await updating(kafka, "replicationFactor: 2", "t")])).toEqual([
    "progress t: waits for a move that is under way: 1 partition to go",
    "done t: replication factor 1 -> 2",
  ]);
});

test("interrupted while it waits for somebody else's move, it starts none of its own", async () => {
  const kafka = cluster({ topics: { t: topic(1) } });
  const controller = new AbortController();
  const change = await updating(kafka, "replicationFactor: 2", "t");
  const busy: KafkaPort = {
    ...kafka,
    reassigning: async () => {
      controller.abort();
      return new Map([["t", [0]]]);
    },
  };
  expect(await applied(busy, [change], controller.signal)).toEqual([]);
  expect(await specs(kafka)).toMatchObject({ t: { replicationFactor: 1 } });
});

test("interrupted while data moves, it says that the brokers go on", async () => {
  const kafka = cluster({ topics: { t: topic(3) } });
  const controller = new AbortController();
  const change = await updating(kafka, "{ replicationFactor: 2, config: { min.insync.replicas: 2 } }", "t");
  const stopping = slow(kafka, (left) => {
    if (left === 1) controller.abort();
  });
  expect(await applied(stopping, [change], controller.signal)).toEqual([
    "progress t: moving data: 2 partitions to go",
    "progress t: moving data: 1 partition to go",
    "failed t: KP4011 replicationFactor value: interrupted; the brokers go on moving its data",
  ]);
});

test("a move that somebody cancels is not waited for without end", async () => {
  const kafka = cluster({ topics: { t: topic(1) } });
  const cancelled: KafkaPort = {
    ...kafka,
    reassign: async (partitions) =>
      new Map(partitions.map(({ topic, partition }) => [`${topic}-${partition}`, { ok: true }])),
  };
  expect(await applied(cancelled, [await updating(kafka, "replicationFactor: 2", "t")])).toEqual([
    "failed t: KP4011 replicationFactor value: the brokers stopped moving its data before every partition was there",
  ]);
});

test("a broker fewer than when it was planned", async () => {
  const kafka = cluster({ topics: { t: topic(1), u: topic(1) } });
  const changes = [
    await updating(kafka, "replicationFactor: 3", "t"),
    await updating(kafka, "replicationFactor: 2", "u"),
  ];
  const shrunk: KafkaPort = {
    ...kafka,
    cluster: async () => {
      const { clusterId, brokers } = await kafka.cluster();
      return { clusterId, brokers: brokers.slice(0, 2) };
    },
  };
  expect(await applied(shrunk, changes)).toEqual([
    "failed t: KP2011 replicationFactor value: 2 brokers can't hold 3 replicas",
    "done u: replication factor 1 -> 2",
  ]);
});
