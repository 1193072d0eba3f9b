import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KafkaBench, type KafkaUnderTest } from "./kafka-bench.ts";
import { configsContract } from "./kafka-configs.ts";
import { dataContract } from "./kafka-data.ts";
import { groupsContract } from "./kafka-groups.ts";
import { topicsContract } from "./kafka-topics.ts";
import { answers, refusalRows, send } from "./refusals.ts";

/**
 * What KafkaPort promises, the same for every implementation and every real broker. The broker may be
 * shared: nothing is said of what else is there.
 */
export function kafkaContract(name: string, open: () => Promise<KafkaUnderTest>): void {
  describe(name, () => {
    const bench = new KafkaBench();
    beforeAll(() => bench.open(open));
    afterAll(() => bench.close());

    test("the cluster tells its id and its brokers", async () => {
      const { clusterId, brokers } = await bench.kafka.cluster();
      expect(clusterId).toBe(bench.cluster.clusterId);
      expect(brokers).toEqual([
        { id: 1, host: expect.stringMatching(/./), port: expect.any(Number), rack: null },
      ]);
    });

    topicsContract(bench);
    configsContract(bench);
    dataContract(bench);
    groupsContract(bench);
    refusalsContract(bench);
  });
}

/** The closed list of what a broker refuses, in its own words. */
function refusalsContract(bench: KafkaBench): void {
  describe("refusals", () => {
    let leave: () => Promise<void>;
    beforeAll(async () => {
      const config = new Map([["max.compaction.lag.ms", "1000"]]);
      const three = await bench.create("three", { partitions: 3, config });
      await bench.create("other");
      leave = await bench.cluster.join(`${bench.run}.active`, three);
    });
    afterAll(() => leave?.());

    describe.each(["topics", "topic-configs", "groups"] as const)("%s", (file) => {
      const rows = refusalRows(file, bench.run);
      test.each(rows.map((row) => [row.name, row] as const))("%s", async (_, row) => {
        expect(answers(await send(bench.kafka, row.request), row)).toEqual(row.answers);
      });
    });
  });
}
