import { beforeAll, describe, expect, test } from "vitest";
import type { KafkaPort, NewTopic, Results } from "../../../src/clients/kafka.ts";
import { onBrokers } from "./on-brokers.ts";

const ok = { ok: true };
const refusal = (code: number, name: string, message: unknown) => ({
  ok: false,
  error: { code, name, message },
});
const plain = (results: Results) => Object.fromEntries(results);

onBrokers((on) => {
  let kafka: KafkaPort;
  beforeAll(() => {
    kafka = on.kafka();
  });
  const topic = (suffix: string, more: Partial<NewTopic> = {}): NewTopic => ({
    name: on.name(suffix),
    partitions: 2,
    replicationFactor: 1,
    config: new Map(),
    ...more,
  });
  const partitionsOf = async (name: string) =>
    (await kafka.topics()).find((it) => it.name === name)?.partitions.length;
  const overridesOf = async (name: string) => {
    const overrides = (await kafka.topicOverrides([name])).get(name);
    return overrides && Object.fromEntries(overrides);
  };

  describe("CreateTopics", () => {
    test("what was created can be read at once", async () => {
      const created = topic("created", { config: new Map([["retention.ms", "0077"]]) });
      expect(plain(await kafka.createTopics([created], "execute"))).toEqual({ [created.name]: ok });
      expect(await partitionsOf(created.name)).toBe(2);
      expect(await overridesOf(created.name)).toEqual({ "retention.ms": "77" });
    });

    test("each refusal comes with the broker's words, beside what it would take", async () => {
      const good = topic("good");
      const name = (suffix: string) => on.name(suffix);
      const results = await kafka.createTopics(
        [
          good,
          topic("bad name"),
          topic("config", { config: new Map([["retention.ms", "soon"]]) }),
          topic("replicas", { replicationFactor: 3 }),
          topic("none", { partitions: 0 }),
        ],
        "validate",
      );
      expect(plain(results)).toEqual({
        [good.name]: ok,
        [name("bad name")]: refusal(17, "INVALID_TOPIC_EXCEPTION", expect.stringContaining("is invalid")),
        [name("config")]: refusal(40, "INVALID_CONFIG", expect.stringContaining("retention.ms")),
        [name("replicas")]: refusal(38, "INVALID_REPLICATION_FACTOR", expect.stringContaining("3")),
        [name("none")]: refusal(37, "INVALID_PARTITIONS", expect.stringMatching(/partitions/i)),
      });
      expect(await partitionsOf(good.name)).toBeUndefined();
    });

    test("a topic that exists in the very shape asked for is as good as created", async () => {
      const config = new Map([["min.cleanable.dirty.ratio", "0.50"]]);
      const twice = topic("twice", { config });
      const twin = () => kafka.createTopics([twice], "execute");
      expect(plain(await twin())).toEqual({ [twice.name]: ok });
      expect(plain(await twin())).toEqual({ [twice.name]: ok });
    });

    test.each<[string, Partial<NewTopic>]>([
      ["partitions", { partitions: 3 }],
      ["a config", { config: new Map([["retention.ms", "1"]]) }],
    ])("a topic that exists and differs in %s is refused", async (_, different) => {
      const first = topic("differs");
      await kafka.createTopics([first], "execute");
      const results = await kafka.createTopics([{ ...first, ...different }], "execute");
      expect(plain(results)).toEqual({
        [first.name]: refusal(36, "TOPIC_ALREADY_EXISTS", expect.stringContaining("already exists")),
      });
    });

    test("more than one request holds is created in several", async () => {
      const names: string[] = [];
      const counted = on.kafka({}, { onRequest: ({ name }) => names.push(name) });
      // 60 topics of 99 partitions are 6,000 records.
      const many = Array.from({ length: 60 }, (_, at) => topic(`many-${at}`, { partitions: 99 }));
      const results = await counted.createTopics(many, "validate");
      expect([...results.values()]).toEqual(many.map(() => ok));
      expect(names.filter((name) => name === "CreateTopics")).toHaveLength(2);
    });
  });

  describe("CreatePartitions", () => {
    test("what has grown can be read at once", async () => {
      const grown = topic("grown");
      await kafka.createTopics([grown], "execute");
      const growth = [{ topic: grown.name, partitions: 5 }];
      expect(plain(await kafka.createPartitions(growth, "validate"))).toEqual({ [grown.name]: ok });
      expect(await partitionsOf(grown.name)).toBe(2);
      expect(plain(await kafka.createPartitions(growth, "execute"))).toEqual({ [grown.name]: ok });
      expect(await partitionsOf(grown.name)).toBe(5);
    });

    test("refusals name the topic and say why", async () => {
      const kept = topic("kept");
      await kafka.createTopics([kept], "execute");
      const missing = on.name("missing");
      const results = await kafka.createPartitions(
        [
          { topic: kept.name, partitions: 1 },
          { topic: missing, partitions: 4 },
        ],
        "validate",
      );
      expect(plain(results)).toEqual({
        [kept.name]: refusal(37, "INVALID_PARTITIONS", expect.stringContaining("currently has 2 partition")),
        [missing]: refusal(3, "UNKNOWN_TOPIC_OR_PARTITION", expect.stringMatching(/./)),
      });
    });
  });

  describe("IncrementalAlterConfigs", () => {
    test("what was set and reset can be read at once, and other keys stay", async () => {
      const altered = topic("altered", {
        config: new Map([
          ["retention.ms", "1"],
          ["segment.ms", "2"],
        ]),
      });
      await kafka.createTopics([altered], "execute");
      const set = new Map([
        ["preallocate", "TRUE"],
        ["cleanup.policy", "compact, delete"],
      ]);
      const change = { name: altered.name, set, reset: ["segment.ms"] };
      expect(plain(await kafka.alterTopicConfigs([change], "validate"))).toEqual({ [altered.name]: ok });
      expect(await overridesOf(altered.name)).toEqual({ "retention.ms": "1", "segment.ms": "2" });
      expect(plain(await kafka.alterTopicConfigs([change], "execute"))).toEqual({ [altered.name]: ok });
      expect(await overridesOf(altered.name)).toEqual({
        "retention.ms": "1",
        preallocate: "true",
        "cleanup.policy": "compact,delete",
      });
    });

    test("refusals come with the broker's words", async () => {
      const bad = topic("bad-config");
      await kafka.createTopics([bad], "execute");
      const missing = on.name("missing");
      const set = new Map([["retention.ms", "soon"]]);
      const results = await kafka.alterTopicConfigs(
        [
          { name: bad.name, set, reset: [] },
          { name: missing, set: new Map([["retention.ms", "1"]]), reset: [] },
        ],
        "validate",
      );
      expect(plain(results)).toEqual({
        [bad.name]: refusal(40, "INVALID_CONFIG", expect.stringContaining("retention.ms")),
        [missing]: refusal(3, "UNKNOWN_TOPIC_OR_PARTITION", expect.stringContaining("does not exist")),
      });
    });

    test("a change of nothing is done without asking", async () => {
      const nothing = { name: on.name("nothing"), set: new Map(), reset: [] };
      expect(plain(await kafka.alterTopicConfigs([nothing], "execute"))).toEqual({ [nothing.name]: ok });
    });
  });

  describe("DescribeConfigs", () => {
    test("one unknown topic does not hide the others", async () => {
      const known = topic("known", { config: new Map([["retention.ms", "5"]]) });
      await kafka.createTopics([known], "execute");
      const overrides = await kafka.topicOverrides([on.name("unknown"), known.name, on.name("bad name")]);
      expect([...overrides]).toEqual([[known.name, new Map([["retention.ms", "5"]])]]);
    });

    test("all configs of one topic, with types and sources", async () => {
      const described = topic("described", { config: new Map([["retention.ms", "5"]]) });
      await kafka.createTopics([described], "execute");
      const entries = await kafka.topicConfig(described.name);
      const plainly = { sensitive: false, readOnly: false };
      expect(entries).toEqual(
        expect.arrayContaining([
          { ...plainly, key: "retention.ms", value: "5", type: "long", source: "topic" },
          { ...plainly, key: "cleanup.policy", value: "delete", type: "list", source: "default" },
        ]),
      );
      expect(await kafka.topicConfig(on.name("unknown"))).toBeUndefined();
    });
  });

  describe("DeleteTopics", () => {
    test("what was deleted is gone at once, and what isn't there is refused", async () => {
      const deleted = topic("deleted");
      await kafka.createTopics([deleted], "execute");
      const missing = on.name("missing");
      expect(plain(await kafka.deleteTopics([deleted.name, missing]))).toEqual({
        [deleted.name]: ok,
        [missing]: refusal(3, "UNKNOWN_TOPIC_OR_PARTITION", expect.stringMatching(/./)),
      });
      expect(await partitionsOf(deleted.name)).toBeUndefined();
    });
  });
});
