import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import type { KafkaRecording } from "../../../src/clients/recorded/document.ts";
import { error, KpipeError } from "../../../src/core/errors.ts";
import type { Actual, Change, World } from "../../../src/core/model.ts";
import type { Pipeline } from "../../../src/core/pipeline.ts";
import { draftPlan } from "../../../src/planner/draft.ts";
import { groupDriver } from "../../../src/providers/groups/driver.ts";
import { groupKind } from "../../../src/providers/groups/kind.ts";
import type { GroupSpec } from "../../../src/providers/groups/spec.ts";
import { topicKind } from "../../../src/providers/topics/kind.ts";
import { lines, loadBody } from "../../schema/loading.ts";
import { cluster } from "../topics/cluster.ts";

const kinds = [topicKind, groupKind];
const allKinds = new Map<string, typeof topicKind | typeof groupKind>(kinds.map((kind) => [kind.name, kind]));
const options = { prune: false, targets: [], excludes: [], base: new Set<`${string}/${string}`>() };
const pace = { patience: 30, doubt: 10 };
const signal = new AbortController().signal;
const address = "group/billing";

function load(entry: string, rest = ""): Pipeline {
  const { pipeline, diagnostics } = loadBody(`${rest}\nconsumerGroups: { billing: ${entry} }`, { kinds });
  if (pipeline === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return pipeline;
}

/** What is wrong with an entry before any server is asked. */
const wrongWith = (entry: string) => lines(loadBody(`consumerGroups: { billing: ${entry} }`, { kinds }));

async function drafted(kafka: KafkaPort, pipeline: Pipeline) {
  const driver = groupDriver(kafka, pace);
  const { desired } = pipeline;
  const scope = {
    declared: new Set([...desired.keys(), ...pipeline.removed.keys()]),
    claims: () => false,
    desired,
  };
  const actual: Actual = await driver.read(scope);
  const world: World = { desired, actual };
  const draft = draftPlan(pipeline, world, allKinds, options);
  const changes = draft.changes.filter((it): it is Change<GroupSpec> => it.address === address);
  return { driver, world, draft, changes };
}

async function applied(kafka: KafkaPort, pipeline: Pipeline): Promise<readonly string[]> {
  const { driver, world, changes } = await drafted(kafka, pipeline);
  const said: string[] = [];
  for await (const it of driver.apply(changes, world, signal))
    said.push(it.type === "failed" ? `failed ${it.diagnostic.code}` : `${it.type} ${it.message}`);
  return said;
}

const purchases = {
  partitions: [
    { replicas: [1], earliest: "5", latest: "50", times: [[Date.UTC(2026, 0, 1), "20"]] as const },
    { replicas: [1], earliest: "0", latest: "10", times: [[Date.UTC(2026, 0, 1), "10"]] as const },
  ],
};
const member = { clientId: "c", host: "h", topics: ["purchases"] };
const given = (billing?: NonNullable<KafkaRecording["groups"]>[string]): KafkaPort =>
  cluster({ topics: { purchases }, ...(billing && { groups: { billing } }) });

const offsetsOf = async (kafka: KafkaPort) => [
  ...((await kafka.committed(["billing"])).get("billing")?.get("purchases") ?? []),
];

describe("what no Kafka would take", () => {
  test.each([
    ["{ startFrom: earliest }", "KP1250"],
    ["{ topics: [a], startFrom: earliset }", "KP1251"],
    ["{ topics: [a], startFrom: 2026-01-31T08:00:00 }", "KP1251"],
    ["{ topics: [a b] }", "KP1107"],
    ["{ topics: [a, a] }", "KP1003"],
    ["{ config: { consumer.session.timeout: 1 } }", "KP1252"],
    ["{ config: { consumer.session.timeout.ms: soon } }", "KP1253"],
    ["{ maxLag: -1 }", "KP1"],
    ["{ members: 0 }", "KP1"],
  ])("%s", (entry, code) => expect(wrongWith(entry).join("\n")).toContain(code));
});

describe("startFrom", () => {
  test.each([
    [
      "earliest",
      [
        [0, 5n],
        [1, 0n],
      ],
    ],
    [
      "latest",
      [
        [0, 50n],
        [1, 10n],
      ],
    ],
    [
      "2026-01-01T01:00:00+01:00",
      [
        [0, 20n],
        [1, 10n],
      ],
    ],
  ] as const)(
    "%s is committed for a group that isn't there, and then nothing is left",
    async (start, offsets) => {
      const kafka = given();
      const pipeline = load(`{ topics: [purchases], startFrom: "${start}" }`);
      const { draft } = await drafted(kafka, pipeline);
      expect(draft.changes).toMatchObject([{ action: "create", risks: [{ code: "commits-expired" }] }]);
      expect(await applied(kafka, pipeline)).toEqual(["done committed on 2 partitions"]);
      expect(await offsetsOf(kafka)).toEqual(offsets);
      expect((await drafted(kafka, pipeline)).draft.changes).toEqual([]);
    },
  );

  test("leaves the commits that are there", async () => {
    const kafka = given({ committed: { purchases: { 0: "7" } } });
    const pipeline = load("{ topics: [purchases], startFrom: earliest }");
    const { changes } = await drafted(kafka, pipeline);
    expect(changes).toMatchObject([
      { action: "update", fields: [{ path: ["offsets", "purchases"], before: { partitions: [1], of: 2 } }] },
    ]);
    await applied(kafka, pipeline);
    expect(await offsetsOf(kafka)).toEqual([
      [0, 7n],
      [1, 0n],
    ]);
  });

  test("counts the partitions that the same plan adds", async () => {
    const kafka = given({ committed: { purchases: { 0: "7", 1: "7" } } });
    const pipeline = load(
      "{ topics: [purchases], startFrom: earliest }",
      "topics: { purchases: { partitions: 4 } }",
    );
    const { changes } = await drafted(kafka, pipeline);
    expect(changes).toMatchObject([{ fields: [{ before: { partitions: [2, 3], of: 4 } }] }]);
  });

  test("is a remark and no change while the group has members", async () => {
    const { draft } = await drafted(
      given({ members: [member] }),
      load("{ topics: [purchases], startFrom: earliest }"),
    );
    expect(draft.changes).toEqual([]);
    expect(draft.remarks).toMatchObject([{ type: "note", path: ["startFrom"] }]);
  });

  test("fails if the group got members since the plan", async () => {
    const kafka = given();
    const busy = { group: "billing", state: "Stable", members: [member] };
    const joined: KafkaPort = { ...kafka, describeGroups: async () => new Map([["billing", busy]]) };
    const pipeline = load("{ topics: [purchases], startFrom: earliest }");
    const { changes, world } = await drafted(kafka, pipeline);
    const events = [];
    for await (const it of groupDriver(joined, pace).apply(changes, world, signal)) events.push(it);
    expect(events).toMatchObject([{ type: "failed", diagnostic: { code: "KP4090" } }]);
    expect(await offsetsOf(kafka)).toEqual([]);
  });

  test("is done if only the answer got lost", async () => {
    const kafka = given();
    const losing: KafkaPort = {
      ...kafka,
      commit: async (group, offsets) => {
        await kafka.commit(group, offsets);
        throw new KpipeError(error("KP3003", "connection lost"));
      },
    };
    const pipeline = load("{ topics: [purchases], startFrom: earliest }");
    expect(await applied(losing, pipeline)).toEqual(["done committed on 2 partitions"]);
  });

  test.each([
    ["returns", "", ["returns is not there, and the file doesn't declare it"]],
    [
      "returns",
      "topics: { returns: { partitions: 1 } }",
      ["returns is not there, and this plan doesn't make it"],
    ],
    ["purchases", "", []],
    ["purchases", "topics: { purchases: { partitions: 2 } }", []],
    [
      "purchases",
      "topics: { purchases: { partitions: 4 } }",
      ["purchases has 2 partitions of 4, and this plan doesn't add the others"],
    ],
  ])("on %s, with %s of which the plan makes nothing, is refused as %j", async (topic, topics, refusals) => {
    const pipeline = load(`{ topics: [${topic}], startFrom: earliest }`, topics);
    const { driver, changes, world } = await drafted(given(), pipeline);
    const { diagnostics } = await driver.check(changes, world, () => false);
    expect(diagnostics.map(({ message }) => message)).toEqual(refusals);
    expect(diagnostics.every(({ code, severity }) => code === "KP2153" && severity === "error")).toBe(true);
    expect((await driver.check(changes, world, () => true)).diagnostics).toEqual([]);
  });

  test("doesn't wait for the groups before it, and takes a few at a time", async () => {
    const kafka = given();
    let [running, most] = [0, 0];
    const counting: KafkaPort = {
      ...kafka,
      commit: async (group, offsets) => {
        running += 1;
        most = Math.max(most, running);
        await setTimeout(5);
        running -= 1;
        return kafka.commit(group, offsets);
      },
    };
    const names = Array.from({ length: 30 }, (_, at) => `reader-${at}`);
    const entries = names.map((name) => `${name}: { topics: [purchases], startFrom: earliest }`);
    const { pipeline } = loadBody(`consumerGroups: { ${entries.join(", ")} }`, { kinds });
    const desired = pipeline?.desired ?? new Map();
    const world: World = { desired, actual: new Map() };
    const driver = groupDriver(counting, pace);
    const ended: string[] = [];
    const changes = [...desired.values()].map(
      (it): Change<GroupSpec> => ({
        action: "create",
        address: it.address,
        desired: it,
        vanished: false,
        risks: [],
        after: [],
      }),
    );
    for await (const it of driver.apply(changes, world, signal)) ended.push(`${it.type} ${it.address}`);
    expect(ended.toSorted()).toEqual(names.map((name) => `done group/${name}`).toSorted());
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  test("fails on a topic that went since the plan", async () => {
    const pipeline = load("{ topics: [nowhere], startFrom: earliest }");
    expect(await applied(given(), pipeline)).toEqual(["failed KP4091"]);
  });
});

test("a missing group without a start is a note", async () => {
  const { draft } = await drafted(given(), load("{ topics: [purchases], maxLag: 1, members: 2 }"));
  expect(draft.changes).toEqual([]);
  expect(draft.remarks).toMatchObject([{ type: "note", message: expect.stringContaining("not there yet") }]);
});

describe("checks", () => {
  const group = { members: [member], committed: { purchases: { 0: "40", 1: "10" } } };
  test.each([
    ["{ topics: [purchases], maxLag: 9 }", ["maxLag"]],
    ["{ topics: [purchases], maxLag: 10 }", []],
    ["{ maxLag: 9 }", ["maxLag"]],
    ["{ members: 2 }", ["members"]],
    ["{ members: 1 }", []],
  ])("%s", async (entry, failing) => {
    const { draft } = await drafted(given(group), load(entry));
    expect(draft.changes).toEqual([]);
    expect(draft.remarks.map(({ type, path }) => `${type} ${path}`)).toEqual(
      failing.map((it) => `check ${it}`),
    );
  });
});

describe("a delete", () => {
  const removed = "removed: [group/billing]";
  const loaded = () => {
    const { pipeline } = loadBody(removed, { kinds });
    if (pipeline === undefined) throw new Error("not loaded");
    return pipeline;
  };

  test("says what is lost, and is made", async () => {
    const kafka = given({ committed: { purchases: { 0: "40" } } });
    const { driver, world, changes } = await drafted(kafka, loaded());
    expect(await driver.assess(changes, world)).toMatchObject([
      {
        risks: [{ code: "no-members" }, { message: "commits on purchases, 10 records behind" }],
        facts: { active: false, topics: ["purchases"] },
      },
    ]);
    expect(await applied(kafka, loaded())).toEqual(["done deleted"]);
    expect(await kafka.groups()).toEqual([]);
  });

  test("is refused while it has members", async () => {
    const { driver, world, changes } = await drafted(given({ members: [member] }), loaded());
    expect((await driver.check(changes, world)).diagnostics).toMatchObject([
      { severity: "error", code: "KP2152" },
    ]);
  });
});

describe("configs", () => {
  const pipeline = () => load("{ config: { consumer.session.timeout.ms: 46s } }");
  const key = { type: "int", default: "45000", valid: "[1,...]" } as const;

  test("are set on a group that isn't there, and then nothing is left", async () => {
    const kafka = cluster({ groupConfigKeys: { "consumer.session.timeout.ms": key } });
    expect(await applied(kafka, pipeline())).toEqual(["done 1 config"]);
    expect((await drafted(kafka, pipeline())).draft.changes).toEqual([]);
  });

  test("are refused where the brokers have none", async () => {
    const { driver, world, changes } = await drafted(cluster({}), pipeline());
    expect((await driver.check(changes, world)).diagnostics).toMatchObject([
      { severity: "error", code: "KP2150" },
    ]);
  });
});
