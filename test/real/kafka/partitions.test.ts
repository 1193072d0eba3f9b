import { beforeAll, describe, expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { applicationsOn } from "./applications.ts";
import { onBrokers } from "./on-brokers.ts";

onBrokers((on) => {
  let kafka: KafkaPort;
  let topic: string;
  beforeAll(async () => {
    kafka = on.kafka();
    topic = on.name("filled");
    const config = new Map<string, string>();
    await kafka.createTopics([{ name: topic, partitions: 2, replicationFactor: 1, config }], "execute");
    await applicationsOn([on.bootstrap()]).produce(topic, 3);
  });

  test("ListOffsets: first and next of each partition, without topics that aren't there", async () => {
    expect([...(await kafka.offsets([topic, on.name("missing"), on.name("bad name")]))]).toEqual([
      [
        topic,
        [
          { partition: 0, earliest: 0n, latest: 3n },
          { partition: 1, earliest: 0n, latest: 0n },
        ],
      ],
    ]);
  });

  test("ListOffsets: by time", async () => {
    const at = async (ms: number) => [...((await kafka.offsetsAt([topic], ms)).get(topic) ?? [])].sort();
    expect(await at(0)).toEqual([
      [0, 0n],
      [1, undefined],
    ]);
    expect(await at(Date.now() + 3_600_000)).toEqual([
      [0, undefined],
      [1, undefined],
    ]);
  });

  test("DescribeLogDirs: the bytes of each partition", async () => {
    const sizes = await kafka.sizes([topic, on.name("missing")]);
    expect([...sizes.keys()]).toEqual([topic]);
    expect(sizes.get(topic)?.get(0)).toBeGreaterThan(0);
    expect(sizes.get(topic)?.get(1)).toBe(0);
  });

  describe("AlterPartitionReassignments", () => {
    test("a move to where it is, beside one that can't be", async () => {
      const moves = [
        { topic, partition: 0, replicas: [1] },
        { topic, partition: 1, replicas: [99] },
        { topic: on.name("missing"), partition: 0, replicas: [1] },
      ];
      expect(Object.fromEntries(await kafka.reassign(moves))).toEqual({
        [`${topic}-0`]: { ok: true },
        [`${topic}-1`]: {
          ok: false,
          error: {
            code: 39,
            name: "INVALID_REPLICA_ASSIGNMENT",
            message: expect.stringContaining("broker 99"),
          },
        },
        [`${on.name("missing")}-0`]: {
          ok: false,
          error: { code: 3, name: "UNKNOWN_TOPIC_OR_PARTITION", message: expect.stringMatching(/./) },
        },
      });
    });
  });

  test("ListPartitionReassignments: nothing is moving", async () => {
    expect([...(await kafka.reassigning([topic]))]).toEqual([]);
  });
});
