import { expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { error, KpipeError } from "../../../src/core/errors.ts";
import { addressOf } from "../../../src/core/model.ts";
import { topicDiff } from "../../../src/providers/topics/diff.ts";
import { applied, cluster, driver, everything, topic, updating } from "./cluster.ts";
import { creation, declared, deletion } from "./given.ts";

test("creates, changes and deletes, and the next diff is empty", async () => {
  const kafka = cluster({ topics: { old: topic(1, [1], { "retention.ms": "5" }), gone: topic(1) } });
  const created = "{ partitions: 2, replicationFactor: 2, config: { cleanup.policy: 'delete,compact' } }";
  const changed =
    "{ partitions: 3, replicationFactor: 2, config: { retention.ms: null, segment.ms: 1d, min.insync.replicas: 2 } }";
  const changes = [
    creation(created, "new"),
    creation("", "plain"),
    await updating(kafka, changed, "old"),
    deletion({}, "gone"),
  ];
  expect(await applied(kafka, changes)).toEqual([
    "done new: 2 partitions, 1 config",
    "done plain: created",
    "done gone: deleted",
    "done old: partitions 1 -> 3, replication factor 1 -> 2, 3 configs",
  ]);
  const live = await driver(kafka).read(everything);
  expect([...live.keys()]).toEqual(["topic/old", "topic/new", "topic/plain"]);
  for (const [name, yaml] of [
    ["new", created],
    ["old", changed],
  ] as const) {
    const now = live.get(addressOf("topic", name));
    expect(now && topicDiff(now, declared(yaml, name))).toEqual({ fields: [], remarks: [] });
  }
});

test("what fails stops its own topic, not the others", async () => {
  const kafka = cluster({ topics: { a: topic(1), b: topic(1) } });
  const failure = { code: 29, name: "TOPIC_AUTHORIZATION_FAILED", message: "Topic authorization failed." };
  const refusing: KafkaPort = {
    ...kafka,
    alterTopicConfigs: async (changes, mode) => {
      const allowed = changes.filter(({ name }) => name !== "a");
      return new Map([
        ...(await kafka.alterTopicConfigs(allowed, mode)),
        ["a", { ok: false, error: failure }],
      ]);
    },
  };
  const yaml = "{ partitions: 2, config: { retention.ms: 1d } }";
  const changes = [await updating(kafka, yaml, "a"), await updating(kafka, yaml, "b")];
  expect(await applied(refusing, changes)).toEqual([
    "failed a: KP3011 name: Topic authorization failed.",
    "done b: partitions 1 -> 2, 1 config",
  ]);
});

const one = { name: "t", partitions: 1, replicationFactor: 1, config: new Map() };

test.each<
  [
    what: string,
    meanwhile: (kafka: KafkaPort) => Promise<unknown>,
    change: "create" | "grow" | "delete",
    outcome: string,
  ]
>([
  [
    "created already, just as declared",
    (kafka) => kafka.createTopics([{ ...one, partitions: 2 }], "execute"),
    "create",
    "done t: 2 partitions",
  ],
  [
    "created already, and not as declared",
    (kafka) => kafka.createTopics([one], "execute"),
    "create",
    "failed t: KP2014 name: Topic 't' already exists.",
  ],
  [
    "grown already",
    (kafka) => kafka.createPartitions([{ topic: "u", partitions: 2 }], "execute"),
    "grow",
    "done u: partitions 1 -> 2",
  ],
  ["deleted already", (kafka) => kafka.deleteTopics(["u"]), "delete", "done u: deleted"],
])("a topic %s", async (_, meanwhile, change, outcome) => {
  const kafka = cluster({ topics: { u: topic(1) } });
  const changes = {
    create: creation("partitions: 2", "t"),
    grow: await updating(kafka, "partitions: 2", "u"),
    delete: deletion({}, "u"),
  };
  await meanwhile(kafka);
  expect(await applied(kafka, [changes[change]])).toEqual([outcome]);
});

const lost = new KpipeError(error("KP3002", "no answer from kafka localhost:9091 within 10 s"));

test("what got no answer is read again: done if it was", async () => {
  const kafka = cluster({});
  const deaf: KafkaPort = {
    ...kafka,
    createTopics: async (topics, mode) => {
      const heard = topics.filter(({ name }) => name !== "b");
      await kafka.createTopics(heard, mode);
      throw lost;
    },
  };
  expect(await applied(deaf, [creation("config: { retention.ms: 1d }", "a"), creation("", "b")])).toEqual([
    "done a: 1 config",
    "failed b: KP3002 undefined: no answer from kafka localhost:9091 within 10 s",
  ]);
});

test("brokers that don't answer questions either end the apply", async () => {
  const down = async () => {
    throw lost;
  };
  const dead: KafkaPort = { ...cluster({}), createTopics: down, topics: down };
  await expect(applied(dead, [creation("", "a")])).rejects.toThrow("KP3002");
});

test("a fault of kpipe itself is no lost answer", async () => {
  const faulty: KafkaPort = {
    ...cluster({}),
    createTopics: async () => {
      throw new TypeError("not a function");
    },
  };
  await expect(applied(faulty, [creation("", "a")])).rejects.toThrow(TypeError);
});

test("what the broker takes and doesn't show is not confirmed", async () => {
  const kafka = cluster({ topics: { t: topic(1) } });
  const change = await updating(kafka, "config: { retention.ms: 1d }", "t");
  const forgetful: KafkaPort = {
    ...kafka,
    alterTopicConfigs: async (changes) => new Map(changes.map(({ name }) => [name, { ok: true }])),
  };
  expect(await applied(forgetful, [change])).toEqual([
    "failed t: KP4010 name: the broker took it and doesn't show it after 0 s",
  ]);
});

test("metadata that trails behind is waited for", async () => {
  const kafka = cluster({});
  let looks = 0;
  const trailing: KafkaPort = { ...kafka, topics: async () => (++looks < 2 ? [] : kafka.topics()) };
  expect(await applied(trailing, [creation("", "t")])).toEqual(["done t: created"]);
});

test("a request that the brokers' default of partitions makes too large is sent in halves", async () => {
  const kafka = cluster({ defaultPartitions: 100 });
  const creates = Array.from({ length: 300 }, (_, at) => creation("", `t${at}`));
  const failed = (await applied(kafka, creates)).filter((it) => !it.startsWith("done"));
  expect(failed).toEqual([]);
  expect(await kafka.topics()).toHaveLength(300);
});

test("interrupted between chunks, it says nothing of what it didn't start", async () => {
  const kafka = cluster({});
  const controller = new AbortController();
  const stopping: KafkaPort = {
    ...kafka,
    createTopics: (topics, mode) => {
      controller.abort();
      return kafka.createTopics(topics, mode);
    },
  };
  const creates = [creation("partitions: 4000", "first"), creation("partitions: 4000", "second")];
  expect(await applied(stopping, creates, controller.signal)).toEqual(["done first: 4,000 partitions"]);
  expect((await kafka.topics()).map(({ name }) => name)).toEqual(["first"]);
});

test("interrupted with a topic half done, it says what is left", async () => {
  const kafka = cluster({ topics: { t: topic(1) } });
  const yaml = "{ partitions: 2, replicationFactor: 2, config: { retention.ms: 1d } }";
  const change = await updating(kafka, yaml, "t");
  const controller = new AbortController();
  const stopping: KafkaPort = {
    ...kafka,
    createPartitions: (topics, mode) => {
      controller.abort();
      return kafka.createPartitions(topics, mode);
    },
  };
  expect(await applied(stopping, [change], controller.signal)).toEqual([
    "failed t: KP4012 name: interrupted with config and replicas still to do",
  ]);
});
