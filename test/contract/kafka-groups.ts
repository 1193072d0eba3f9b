import { describe, expect, test } from "vitest";
import { expectOk, type KafkaBench, soon } from "./kafka-bench.ts";

/** Groups, their offsets and their configs. */
export function groupsContract(bench: KafkaBench): void {
  describe("groups", () => {
    const listed = async (group: string) => (await bench.kafka.groups()).find((it) => it.group === group);
    const committedOf = async (group: string) => (await bench.kafka.committed([group])).get(group);

    test("a commit makes a group that has no members", async () => {
      const name = await bench.create("committed", { partitions: 2 });
      const group = `${bench.run}.by-commit`;
      const offsets = [0, 1].map((partition) => ({ topic: name, partition, offset: 7n }));
      expectOk(await bench.kafka.commit(group, offsets), `${name}-0`, `${name}-1`);
      expect(await listed(group)).toEqual({ group, protocol: "classic", state: "Empty" });
      expect((await bench.kafka.describeGroups([group])).get(group)).toEqual({
        group,
        state: "Empty",
        members: [],
      });
      const partitions = new Map([
        [0, 7n],
        [1, 7n],
      ]);
      expect(await committedOf(group)).toEqual(new Map([[name, partitions]]));
    });

    test("a commit leaves what else is committed", async () => {
      const name = await bench.create("recommitted", { partitions: 2 });
      const group = `${bench.run}.again`;
      await bench.kafka.commit(group, [{ topic: name, partition: 0, offset: 1n }]);
      await bench.kafka.commit(group, [{ topic: name, partition: 1, offset: 2n }]);
      await bench.kafka.commit(group, [{ topic: name, partition: 1, offset: 3n }]);
      const partitions = new Map([
        [0, 1n],
        [1, 3n],
      ]);
      expect(await committedOf(group)).toEqual(new Map([[name, partitions]]));
    });

    test("a consumer is a member with the topics that it reads", async () => {
      const name = await bench.create("read");
      const group = `${bench.run}.reader`;
      const leave = await bench.cluster.join(group, name);
      expect(await listed(group)).toEqual({ group, protocol: "classic", state: "Stable" });
      const description = (await bench.kafka.describeGroups([group])).get(group);
      expect(description?.members).toEqual([
        { clientId: expect.stringMatching(/./), host: expect.stringMatching(/./), topics: [name] },
      ]);
      await leave();
      await soon(async () => (await bench.kafka.describeGroups([group])).get(group)?.members).toEqual([]);
      expect((await listed(group))?.state).toBe("Empty");
    });

    test("a deleted group is gone with its offsets", async () => {
      const name = await bench.create("left");
      const group = `${bench.run}.deleted`;
      await bench.kafka.commit(group, [{ topic: name, partition: 0, offset: 0n }]);
      expectOk(await bench.kafka.deleteGroups([group]), group);
      expect(await listed(group)).toBeUndefined();
      expect((await committedOf(group))?.size ?? 0).toBe(0);
    });

    test("offsets on a topic go with the topic, and the group stays", async () => {
      const name = await bench.create("short-lived");
      const group = `${bench.run}.survivor`;
      await bench.kafka.commit(group, [{ topic: name, partition: 0, offset: 0n }]);
      await bench.kafka.deleteTopics([name]);
      await soon(async () => (await committedOf(group))?.size ?? 0).toBe(0);
      expect(await listed(group)).toBeDefined();
    });

    test("a group that isn't there is left out", async () => {
      expect(await bench.kafka.describeGroups([`${bench.run}.nobody`])).toEqual(new Map());
      expect((await committedOf(`${bench.run}.nobody`))?.size ?? 0).toBe(0);
      expect(await bench.kafka.describeGroups([])).toEqual(new Map());
    });

    test("configs of a group are set, kept in the broker's spelling, and reset", async () => {
      const name = `${bench.run}.configured`;
      const overrides = async () => (await bench.kafka.groupOverrides([name]))?.get(name);
      const key = "consumer.session.timeout.ms";
      const set = [{ name, set: new Map([[key, " 046000 "]]), reset: [] }];
      expectOk(await bench.kafka.alterGroupConfigs(set, "validate"), name);
      expect((await overrides())?.size ?? 0).toBe(0);
      expectOk(await bench.kafka.alterGroupConfigs(set, "execute"), name);
      await soon(overrides).toEqual(new Map([[key, "46000"]]));
      expectOk(
        await bench.kafka.alterGroupConfigs([{ name, set: new Map(), reset: [key] }], "execute"),
        name,
      );
      await soon(async () => (await overrides())?.size ?? 0).toBe(0);
    });
  });
}
