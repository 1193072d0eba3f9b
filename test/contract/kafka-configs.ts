import { describe, expect, test } from "vitest";
import { expectOk, type KafkaBench, soon } from "./kafka-bench.ts";

/** Configs that are set on topics. */
export function configsContract(bench: KafkaBench): void {
  describe("topic configs", () => {
    test("only the named keys change", async () => {
      const config = new Map([
        ["retention.ms", "1000"],
        ["segment.ms", "1000"],
      ]);
      const name = await bench.create("altered", { config });
      const changes = [{ name, set: new Map([["retention.ms", "2000"]]), reset: [] }];
      expectOk(await bench.kafka.alterTopicConfigs(changes, "execute"), name);
      await soon(() => bench.overridesOf(name)).toEqual({ "retention.ms": "2000", "segment.ms": "1000" });
    });

    test("a reset key goes back to its default", async () => {
      const name = await bench.create("reset", { config: new Map([["retention.ms", "1000"]]) });
      const changes = [{ name, set: new Map(), reset: ["retention.ms", "segment.ms"] }];
      expectOk(await bench.kafka.alterTopicConfigs(changes, "execute"), name);
      await soon(() => bench.overridesOf(name)).toEqual({});
    });

    test("validating changes nothing", async () => {
      const name = await bench.create("asked", { config: new Map([["retention.ms", "1000"]]) });
      const changes = [{ name, set: new Map([["segment.ms", "1000"]]), reset: ["retention.ms"] }];
      expectOk(await bench.kafka.alterTopicConfigs(changes, "validate"), name);
      expect(await bench.overridesOf(name)).toEqual({ "retention.ms": "1000" });
    });

    test("values are told in the broker's spelling", async () => {
      const spellings = {
        "retention.ms": [" 0010 ", "10"],
        "flush.ms": ["+5", "5"],
        "cleanup.policy": [" delete , compact ", "delete,compact"],
        preallocate: [" TRUE ", "true"],
        "min.cleanable.dirty.ratio": ["0.50", "0.5"],
        "compression.type": [" gzip ", "gzip"],
        "min.insync.replicas": ["9", "9"],
        "leader.replication.throttled.replicas": [" 0:1 , 1:1 ", "0:1,1:1"],
      } as const;
      const pick = (which: 0 | 1) =>
        Object.entries(spellings).map(([key, pair]) => [key, pair[which]] as const);
      const name = await bench.create("spelled", { config: new Map(pick(0)) });
      await soon(() => bench.overridesOf(name)).toEqual(Object.fromEntries(pick(1)));
    });

    test.each([
      ["1", "1.0"],
      [".5", "0.5"],
      ["5e-1", "0.5"],
      ["1e-7", "1.0E-7"],
      ["0.001", "0.001"],
    ])("a double spelled %s is told as %s", async (spelled, told) => {
      const name = await bench.create(`double.${spelled}`.replace(".5", "half"), {
        config: new Map([["min.cleanable.dirty.ratio", spelled]]),
      });
      await soon(() => bench.overridesOf(name)).toEqual({ "min.cleanable.dirty.ratio": told });
    });
  });
}
