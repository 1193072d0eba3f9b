import { describe, expect, test } from "vitest";
import { codeOf, expectOk, type KafkaBench, soon } from "./kafka-bench.ts";

/** Creating, growing and deleting topics. */
export function topicsContract(bench: KafkaBench): void {
  describe("topics", () => {
    test("a created topic has the partitions, replicas and configs that were asked for", async () => {
      const name = await bench.create("created", {
        partitions: 3,
        config: new Map([["retention.ms", "1000"]]),
      });
      expect(await bench.found(name)).toEqual({
        name,
        internal: false,
        partitions: [0, 1, 2].map((partition) => ({ partition, leader: 1, replicas: [1], inSync: [1] })),
      });
      expect(await bench.overridesOf(name)).toEqual({ "retention.ms": "1000" });
    });

    test("a topic without partitions and replicas asked for has the brokers' defaults", async () => {
      const name = await bench.create("default", { partitions: null, replicationFactor: null });
      expect(await bench.partitionsOf(name)).toBe(1);
      expect(await bench.overridesOf(name)).toEqual({});
    });

    test("every config tells its type and where its value comes from", async () => {
      const name = await bench.create("described", { config: new Map([["retention.ms", "1000"]]) });
      const entries = new Map((await bench.kafka.topicConfig(name))?.map((entry) => [entry.key, entry]));
      const plain = { sensitive: false, readOnly: false };
      expect(entries.get("retention.ms")).toEqual({
        ...plain,
        key: "retention.ms",
        value: "1000",
        type: "long",
        source: "topic",
      });
      expect(entries.get("cleanup.policy")).toEqual({
        ...plain,
        key: "cleanup.policy",
        value: "delete",
        type: "list",
        source: "default",
      });
      expect(entries.size).toBeGreaterThan(30);
    });

    test("what can be created is, beside what can't", async () => {
      const good = bench.topic("beside");
      const results = await bench.kafka.createTopics([good, bench.topic("bad name")], "execute");
      expect(codeOf(results, good.name)).toBe("ok");
      expect(codeOf(results, `${bench.run}.bad name`)).toBe(17);
      await soon(() => bench.partitionsOf(good.name)).toBe(1);
    });

    test("validating a topic creates none", async () => {
      const asked = bench.topic("validated");
      expectOk(await bench.kafka.createTopics([asked], "validate"), asked.name);
      expect(await bench.found(asked.name)).toBeUndefined();
      expectOk(await bench.kafka.createTopics([asked], "execute"), asked.name);
    });

    test("partitions grow to the number asked for, not by it, and not by validating", async () => {
      const name = await bench.create("grown", { partitions: 2 });
      const growth = [{ topic: name, partitions: 5 }];
      expectOk(await bench.kafka.createPartitions(growth, "validate"), name);
      expect(await bench.partitionsOf(name)).toBe(2);
      expectOk(await bench.kafka.createPartitions(growth, "execute"), name);
      await soon(() => bench.partitionsOf(name)).toBe(5);
    });

    test("a deleted topic is gone", async () => {
      const name = await bench.create("deleted");
      expectOk(await bench.kafka.deleteTopics([name]), name);
      await soon(() => bench.found(name)).toBeUndefined();
      await soon(() => bench.overridesOf(name)).toBeUndefined();
    });

    test("what isn't there is left out", async () => {
      const name = await bench.create("there");
      const both = [`${bench.run}.missing`, name];
      expect([...(await bench.kafka.topicOverrides(both)).keys()]).toEqual([name]);
      expect([...(await bench.kafka.offsets(both)).keys()]).toEqual([name]);
      expect([...(await bench.kafka.offsetsAt(both, 0)).keys()]).toEqual([name]);
      expect([...(await bench.kafka.sizes(both)).keys()]).toEqual([name]);
      expect(await bench.kafka.topicConfig(`${bench.run}.missing`)).toBeUndefined();
      expect(await bench.kafka.topicOverrides([])).toEqual(new Map());
    });

    test.each([
      ["topics and partitions", 5001, 1, {}],
      ["partitions", 2, 5001, {}],
      ["topics, partitions and configs", 3334, 1, { "retention.ms": "1" }],
    ])("a batch of more than 10,000 %s is refused whole, or split", async (_, topics, partitions, config) => {
      const batch = Array.from({ length: topics }, (_, at) =>
        bench.topic(`batch.${at}`, { partitions, config: new Map(Object.entries(config)) }),
      );
      const results = await bench.kafka.createTopics(batch, "validate");
      expect(new Set(batch.map(({ name }) => codeOf(results, name)))).toEqual(
        new Set([bench.cluster.splitsBatches ? "ok" : 44]),
      );
    });

    test("a batch of 10,000 topics and partitions is taken", async () => {
      const batch = Array.from({ length: 5000 }, (_, at) => bench.topic(`batch.${at}`));
      const results = await bench.kafka.createTopics(batch, "validate");
      expect(batch.filter(({ name }) => !results.get(name)?.ok)).toEqual([]);
    });
  });
}
