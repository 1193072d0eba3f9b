import { describe, expect, test } from "vitest";
import { expectOk, type KafkaBench, soon } from "./kafka-bench.ts";

/** What partitions hold, and where. */
export function dataContract(bench: KafkaBench): void {
  describe("data", () => {
    test("offsets and sizes tell what the partitions hold", async () => {
      const name = await bench.create("filled", { partitions: 2 });
      await bench.cluster.produce(name, 3);
      await soon(async () => (await bench.kafka.offsets([name])).get(name)).toEqual([
        { partition: 0, earliest: 0n, latest: 3n },
        { partition: 1, earliest: 0n, latest: 0n },
      ]);
      const sizes = (await bench.kafka.sizes([name])).get(name);
      expect(sizes?.get(0)).toBeGreaterThan(0);
      expect(sizes?.get(1)).toBe(0);
    });

    test("an offset by time is the first record then or later", async () => {
      const name = await bench.create("timed");
      await bench.cluster.produce(name, 2);
      const at = async (ms: number) => (await bench.kafka.offsetsAt([name], ms)).get(name)?.get(0);
      expect(await at(0)).toBe(0n);
      expect(await at(Date.now() + 3_600_000)).toBeUndefined();
    });

    test("a partition moves to where it is already", async () => {
      const name = await bench.create("moved", { partitions: 2 });
      const moves = [0, 1].map((partition) => ({ topic: name, partition, replicas: [1] }));
      expectOk(await bench.kafka.reassign(moves), `${name}-0`, `${name}-1`);
      await soon(async () => [...(await bench.kafka.reassigning([name]))]).toEqual([]);
    });
  });
}
