import { beforeAll, describe, expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { applicationsOn, joinByConsumerProtocol } from "./applications.ts";
import { onBrokers } from "./on-brokers.ts";

const ok = { ok: true };

onBrokers((on) => {
  let kafka: KafkaPort;
  let topic: string;
  beforeAll(async () => {
    kafka = on.kafka();
    topic = on.name("read");
    const config = new Map<string, string>();
    await kafka.createTopics([{ name: topic, partitions: 2, replicationFactor: 1, config }], "execute");
  });
  const join = (group: string) => applicationsOn([on.bootstrap()]).join(group, topic);
  const listed = async (group: string) => (await kafka.groups()).find((it) => it.group === group);
  const committed = async (...groups: readonly string[]) => {
    const offsets = await kafka.committed(groups);
    return groups.map((group) =>
      [...(offsets.get(group) ?? [])].map(([name, partitions]) => [name, [...partitions]]),
    );
  };

  test("OffsetCommit: as nobody, for a group without members", async () => {
    const group = on.name("committed");
    const offsets = [0, 1, 7].map((partition) => ({ topic, partition, offset: BigInt(partition + 5) }));
    const results = await kafka.commit(group, offsets);
    expect(Object.fromEntries(results)).toEqual({
      [`${topic}-0`]: ok,
      [`${topic}-1`]: ok,
      [`${topic}-7`]: {
        ok: false,
        error: { code: 3, name: "UNKNOWN_TOPIC_OR_PARTITION", message: expect.stringMatching(/./) },
      },
    });
    expect(await committed(group)).toEqual([
      [
        [
          topic,
          [
            [0, 5n],
            [1, 6n],
          ],
        ],
      ],
    ]);
  });

  test("OffsetCommit: refused while the group has members", async () => {
    const group = on.name("busy");
    const leave = await join(group);
    const results = await kafka.commit(group, [{ topic, partition: 0, offset: 0n }]);
    expect(results.get(`${topic}-0`)).toMatchObject({ error: { code: 25, name: "UNKNOWN_MEMBER_ID" } });
    await leave();
  });

  test("OffsetFetch: several groups in one request a coordinator", async () => {
    const names: string[] = [];
    const counted = on.kafka({}, { onRequest: ({ name }) => names.push(name) });
    const groups = ["one", "two", "three"].map((suffix) => on.name(suffix));
    for (const [at, group] of groups.entries())
      await kafka.commit(group, [{ topic, partition: 0, offset: BigInt(at) }]);
    const offsets = await counted.committed([...groups, on.name("nobody")]);
    expect(groups.map((group) => offsets.get(group)?.get(topic)?.get(0))).toEqual([0n, 1n, 2n]);
    expect(names.filter((name) => name === "OffsetFetch")).toHaveLength(1);
    expect(names.filter((name) => name === "FindCoordinator")).toHaveLength(1);
  });

  test("ListGroups and DescribeGroups: a group of the classic protocol", async () => {
    const group = on.name("classic");
    const leave = await join(group);
    expect(await listed(group)).toEqual({ group, protocol: "classic", state: "Stable" });
    expect((await kafka.describeGroups([group, on.name("nobody")])).get(group)).toEqual({
      group,
      state: "Stable",
      members: [{ clientId: "kafkajs", host: expect.stringContaining("127.0.0.1"), topics: [topic] }],
    });
    await leave();
    expect((await kafka.describeGroups([group])).get(group)).toEqual({ group, state: "Empty", members: [] });
  });

  if (on.version === "4.3.1")
    test("ConsumerGroupDescribe: a group of the consumer protocol", async () => {
      const group = on.name("kip-848");
      const [broker] = (await kafka.cluster()).brokers;
      if (broker === undefined) throw new Error("no broker");
      const leave = await joinByConsumerProtocol(broker, group, topic);
      expect(await listed(group)).toMatchObject({ group, protocol: "consumer" });
      const described = await kafka.describeGroups([group, on.name("nobody")]);
      expect([...described.keys()]).toEqual([group]);
      expect(described.get(group)?.members).toEqual([
        { clientId: "kip-848", host: expect.stringContaining("127.0.0.1"), topics: [topic] },
      ]);
      await leave();
      expect((await kafka.describeGroups([group])).get(group)).toEqual({
        group,
        state: "Empty",
        members: [],
      });
      expect((await kafka.commit(group, [{ topic, partition: 0, offset: 1n }])).get(`${topic}-0`)).toEqual(
        ok,
      );
    });

  test("DeleteGroups: with their offsets, beside those that can't be", async () => {
    const [gone, busy, nobody] = [on.name("gone"), on.name("reading"), on.name("nobody")];
    await kafka.commit(gone, [{ topic, partition: 0, offset: 0n }]);
    const leave = await join(busy);
    expect(Object.fromEntries(await kafka.deleteGroups([gone, busy, nobody]))).toEqual({
      [gone]: ok,
      [busy]: { ok: false, error: expect.objectContaining({ code: 68, name: "NON_EMPTY_GROUP" }) },
      [nobody]: { ok: false, error: expect.objectContaining({ code: 69, name: "GROUP_ID_NOT_FOUND" }) },
    });
    expect(await listed(gone)).toBeUndefined();
    expect(await committed(gone)).toEqual([[]]);
    await leave();
  });

  describe("DescribeConfigs and IncrementalAlterConfigs of groups", () => {
    const key = "consumer.session.timeout.ms";
    const change = (name: string) => [{ name, set: new Map([[key, "46000"]]), reset: [] }];

    if (on.version === "4.3.1")
      test("are set, told and reset", async () => {
        const name = on.name("configured");
        const overrides = async () => [...((await kafka.groupOverrides([name]))?.get(name) ?? [])];
        expect(Object.fromEntries(await kafka.alterGroupConfigs(change(name), "execute"))).toEqual({
          [name]: ok,
        });
        expect(await overrides()).toEqual([[key, "46000"]]);
        await kafka.alterGroupConfigs([{ name, set: new Map(), reset: [key] }], "execute");
        expect(await overrides()).toEqual([]);
      });

    if (on.version === "3.9.2")
      test("are nothing that the brokers have", async () => {
        const name = on.name("configured");
        expect(await kafka.groupOverrides([name])).toBeUndefined();
        expect((await kafka.alterGroupConfigs(change(name), "validate")).get(name)).toMatchObject({
          error: { code: 42, name: "INVALID_REQUEST" },
        });
      });
  });
});
