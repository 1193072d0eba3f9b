import { describe, expect, test } from "vitest";
import type { NewTopic } from "../../../../src/clients/kafka.ts";
import { broker, failureOf, port, shortly } from "./failing-servers.ts";
import { api, codes, type FakeBroker, metadata, overrides, type Script } from "./fake-broker.ts";

const topic = (name: string, partitions = 2): NewTopic => ({
  name,
  partitions,
  replicationFactor: 1,
  config: new Map([["retention.ms", "5"]]),
});

/** A cluster of one broker; what it says of topics may depend on how often it was asked. */
async function cluster(
  script: Script,
  topics: (before: number) => Record<string, readonly number[] | number>,
) {
  const it: FakeBroker = await broker({
    [api.metadata]: ({ before }) => metadata({ brokers: [{ id: 1, port: it.port }], topics: topics(before) }),
    ...script,
  });
  return it;
}

describe("an answer that is lost after the broker did the work", () => {
  test.each<[string, Record<string, readonly number[] | number>, Record<string, string>, boolean]>([
    ["a topic of the very shape is there: done", { orders: [1, 1] }, { "retention.ms": "5" }, true],
    ["it has other partitions: refused", { orders: [1, 1, 1] }, { "retention.ms": "5" }, false],
    ["it has another config: refused", { orders: [1, 1] }, { "retention.ms": "6" }, false],
    [
      "it has a config more: refused",
      { orders: [1, 1] },
      { "retention.ms": "5", preallocate: "true" },
      false,
    ],
  ])("create, and then %s", async (_, topics, configs, ok) => {
    const fake = await cluster(
      {
        [api.createTopics]: ({ before }) => (before === 0 ? "reset" : codes({ orders: 36 })),
        [api.describeConfigs]: () => overrides({ orders: configs }),
      },
      () => topics,
    );
    const results = await port([fake.address]).createTopics([topic("orders")], "execute");
    expect(results.get("orders")).toMatchObject(
      ok ? { ok } : { ok, error: { code: 36, name: "TOPIC_ALREADY_EXISTS" } },
    );
    expect(fake.count(api.createTopics)).toBe(2);
  });

  test("partitions, and then the topic has the number: done", async () => {
    const fake = await cluster(
      { [api.createPartitions]: ({ before }) => (before === 0 ? "close" : codes({ orders: 37 })) },
      () => ({ orders: [1, 1, 1, 1] }),
    );
    const growth = [{ topic: "orders", partitions: 4 }];
    const results = await port([fake.address]).createPartitions(growth, "execute");
    expect(Object.fromEntries(results)).toEqual({ orders: { ok: true } });
  });

  test("delete, and then the topic isn't there: done", async () => {
    const fake = await cluster(
      { [api.deleteTopics]: ({ before }) => (before === 0 ? "reset" : codes({ orders: 3 }, false)) },
      () => ({ orders: 3 }),
    );
    const results = await port([fake.address]).deleteTopics(["orders"]);
    expect(Object.fromEntries(results)).toEqual({ orders: { ok: true } });
  });
});

test("a controller that didn't finish in time is asked again, and has it then", async () => {
  const fake = await cluster(
    {
      [api.createTopics]: ({ before }) => codes({ orders: before === 0 ? 7 : 36 }),
      [api.describeConfigs]: () => overrides({ orders: { "retention.ms": "5" } }),
    },
    () => ({ orders: [1, 1] }),
  );
  const results = await port([fake.address]).createTopics([topic("orders")], "execute");
  expect(Object.fromEntries(results)).toEqual({ orders: { ok: true } });
});

describe("metadata that trails the controller", () => {
  test("what was created is waited for until it shows", async () => {
    const fake = await cluster({ [api.createTopics]: () => codes({ orders: 0 }) }, (before) => ({
      orders: before < 4 ? 3 : [1, 1],
    }));
    const kafka = port([fake.address]);
    await kafka.createTopics([topic("orders")], "execute");
    expect((await kafka.topics()).map(({ name }) => name)).toEqual(["orders"]);
  });

  test("what never shows is created all the same", async () => {
    const fake = await cluster({ [api.createTopics]: () => codes({ orders: 0 }) }, () => ({ orders: 3 }));
    const results = await port([fake.address], {}, shortly).createTopics([topic("orders")], "execute");
    expect(Object.fromEntries(results)).toEqual({ orders: { ok: true } });
  });

  test("validating waits for nothing", async () => {
    const fake = await cluster({ [api.createTopics]: () => codes({ orders: 0 }) }, () => ({ orders: 3 }));
    await port([fake.address]).createTopics([topic("orders")], "validate");
    expect(fake.count(api.metadata)).toBe(1);
  });
});

describe("a controller that moved", () => {
  test("is asked where it is now", async () => {
    const second = await broker({ [api.createTopics]: () => codes({ orders: 0 }) });
    const first: FakeBroker = await broker({
      [api.createTopics]: () => codes({ orders: 41 }),
      [api.metadata]: ({ before }) =>
        metadata({
          brokers: [
            { id: 1, port: first.port },
            { id: 2, port: second.port },
          ],
          controller: before === 0 ? 1 : 2,
          topics: { orders: [1, 1] },
        }),
    });
    const results = await port([first.address]).createTopics([topic("orders")], "execute");
    expect(Object.fromEntries(results)).toEqual({ orders: { ok: true } });
    expect([first.count(api.createTopics), second.count(api.createTopics)]).toEqual([1, 1]);
  });

  test("and isn't found before the time is up is the result of each entry", async () => {
    const fake = await cluster({ [api.createTopics]: () => codes({ orders: 41 }) }, () => ({}));
    const results = await port([fake.address], {}, shortly).createTopics([topic("orders")], "validate");
    expect(results.get("orders")).toMatchObject({ ok: false, error: { code: 41, name: "NOT_CONTROLLER" } });
  });
});

describe("a broker that disappears", () => {
  /** Each is a chunk of its own. */
  const large = ["one", "two", "three"].map((name) => topic(name, 4_000));

  test("before anything is known: an error that says so", async () => {
    const fake = await cluster(
      {
        [api.createTopics]: () => {
          void fake.close();
          return "reset";
        },
      },
      () => ({}),
    );
    expect(await failureOf(port([fake.address], {}, shortly).createTopics(large, "execute"))).toEqual([
      ["KP3003", `kafka ${fake.address} broke off during CreateTopics, and refuses connections since`],
    ]);
  });

  test("between two chunks: what is known, and the rest without an answer", async () => {
    const fake = await cluster(
      {
        [api.createTopics]: ({ before }) => {
          if (before === 0) return codes({ one: 0 });
          void fake.close();
          return "reset";
        },
      },
      () => ({ one: [1] }),
    );
    const message = `kafka ${fake.address} broke off during CreateTopics, and refuses connections since`;
    const unanswered = { ok: false, error: { code: 13, name: "NETWORK_EXCEPTION", message } };
    expect(
      Object.fromEntries(await port([fake.address], {}, shortly).createTopics(large, "execute")),
    ).toEqual({
      one: { ok: true },
      two: unanswered,
      three: unanswered,
    });
  });

  test("and is back in time: nothing is missing", async () => {
    const fake = await cluster(
      {
        [api.createTopics]: ({ before, body }) => {
          if (before === 1) return "reset";
          body.int32(); // how many topics
          return codes({ [body.text()]: 0 });
        },
      },
      () => ({ one: [1], two: [1], three: [1] }),
    );
    const results = await port([fake.address]).createTopics(large, "execute");
    expect(Object.fromEntries(results)).toEqual({
      one: { ok: true },
      two: { ok: true },
      three: { ok: true },
    });
  });
});
