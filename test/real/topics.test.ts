import { beforeAll, describe, expect, test } from "vitest";
import type { KafkaPort } from "../../src/clients/kafka.ts";
import type { Driver } from "../../src/core/kind.ts";
import { type Address, addressOf, type Change, type Live, nameOf, type World } from "../../src/core/model.ts";
import { canonicalValue, reportedValue } from "../../src/providers/kafka/config-value.ts";
import { configKeys } from "../../src/providers/topics/config-keys.ts";
import { topicDiff } from "../../src/providers/topics/diff.ts";
import { topicDriver } from "../../src/providers/topics/driver.ts";
import type { TopicSpec } from "../../src/providers/topics/spec.ts";
import { creation, declared, deletion, said, updateOf } from "../providers/topics/given.ts";
import { impossible, normalised } from "../providers/topics/values.ts";
import { applicationsOn } from "./kafka/applications.ts";
import { onBrokers } from "./kafka/on-brokers.ts";

const WORLD: World = { desired: new Map(), actual: new Map() };

onBrokers((on) => {
  let kafka: KafkaPort;
  let driver: Driver<TopicSpec>;
  beforeAll(() => {
    kafka = on.kafka();
    driver = topicDriver(kafka);
  });

  const topicAt = (suffix: string): Address => addressOf("topic", on.name(suffix));
  const liveAt = async (address: Address): Promise<Live<TopicSpec> | undefined> =>
    (await driver.read({ declared: new Set([address]), claims: () => false })).get(address);

  /** What the file asks for, planned against the live topic; nothing if nothing differs. */
  async function planned(suffix: string, yaml: string): Promise<readonly Change<TopicSpec>[]> {
    const live = await liveAt(topicAt(suffix));
    if (live === undefined) return [creation(yaml, on.name(suffix))];
    const update = updateOf(live, declared(yaml, on.name(suffix)));
    return update.fields.length > 0 ? [update] : [];
  }

  async function refused(changes: readonly Change<TopicSpec>[]): Promise<readonly string[]> {
    return (await driver.check(changes, WORLD)).diagnostics.map(said);
  }

  async function applied(changes: readonly Change<TopicSpec>[]): Promise<readonly string[]> {
    const ended: string[] = [];
    for await (const it of driver.apply(changes, WORLD, new AbortController().signal)) {
      if (it.type !== "progress")
        ended.push(`${it.type} ${it.type === "failed" ? said(it.diagnostic) : it.message}`);
    }
    return ended;
  }

  test("every edit is planned, passes the check, is made, and leaves nothing to plan", async () => {
    const edits: readonly (readonly [yaml: string, fields: readonly string[], outcome: string])[] = [
      [
        "{ partitions: 2, config: { retention.ms: 7d, cleanup.policy: 'delete, compact' } }",
        [],
        "2 partitions, 2 configs",
      ],
      [
        "{ partitions: 2, config: { retention.ms: 1d, cleanup.policy: 'compact,delete' } }",
        ["retention.ms"],
        "1 config",
      ],
      [
        "{ partitions: 5, config: { retention.ms: null, cleanup.policy: 'compact,delete' } }",
        ["partitions", "retention.ms"],
        "partitions 2 -> 5, 1 config",
      ],
      [
        "{ config: { cleanup.policy: delete, preallocate: TRUE, min.cleanable.dirty.ratio: 0.50 } }",
        ["cleanup.policy", "min.cleanable.dirty.ratio", "preallocate"],
        "3 configs",
      ],
      ["unmanagedConfig: reset", ["cleanup.policy", "min.cleanable.dirty.ratio", "preallocate"], "3 configs"],
    ];
    for (const [yaml, fields, outcome] of edits) {
      const changes = await planned("edited", yaml);
      expect(
        changes.flatMap((it) => ("fields" in it ? it.fields.map(({ path }) => path.at(-1)) : [])),
      ).toEqual(fields);
      expect(await refused(changes)).toEqual([]);
      expect(await applied(changes)).toEqual([`done ${outcome}`]);
      expect(await planned("edited", yaml)).toEqual([]);
    }
    expect(await applied([deletion({}, on.name("edited"))])).toEqual(["done deleted"]);
    expect(await liveAt(topicAt("edited"))).toBeUndefined();
  });

  test("a topic that was made by hand is adopted, its other overrides reported", async () => {
    const name = on.name("adopted");
    const config = new Map([
      ["segment.bytes", "1048576"],
      ["retention.ms", "604800000"],
    ]);
    await kafka.createTopics([{ name, partitions: 3, replicationFactor: 1, config }], "execute");
    const live = await liveAt(topicAt("adopted"));
    const desired = declared("{ partitions: 3, replicationFactor: 1, config: { retention.ms: 7d } }", name);
    expect(live && topicDiff(live, desired)).toMatchObject({
      fields: [],
      remarks: [{ path: ["config", "segment.bytes"], type: "unmanaged" }],
    });
  });

  test("what the broker refuses is told at the field that it speaks about", async () => {
    const name = on.name("taken.name");
    await applied([creation("partitions: 3", name)]);
    const changes = [
      creation("replicationFactor: 2", on.name("wide")),
      creation("config: { min.compaction.lag.ms: 2, max.compaction.lag.ms: 1 }", on.name("torn")),
      creation("config: { confluent.x: 1 }", on.name("vendor")),
      creation("", on.name("taken_name")),
      creation("", name),
      ...(await planned("taken.name", "{ partitions: 4, config: { confluent.y: 1 } }")),
    ];
    expect((await refused(changes)).map((it) => it.split(":")[0])).toEqual([
      "KP2011 replicationFactor value",
      "KP2010 config/max.compaction.lag.ms value",
      "KP2010 config/confluent.x value",
      "KP1108 name",
      "KP2014 name",
      "KP2010 config/confluent.y value",
    ]);
    expect((await liveAt(topicAt("taken.name")))?.spec.partitions).toBe(3);
  });

  test("a topic that is deleted between two requests of a scan is absent", async () => {
    const [stays, goes] = [on.name("stays"), on.name("goes")];
    await applied([creation("", stays), creation("", goes)]);
    const racing: KafkaPort = {
      ...kafka,
      topicOverrides: async (names) => {
        await kafka.deleteTopics([goes]);
        return kafka.topicOverrides(names);
      },
    };
    const declaredNames = new Set([stays, goes].map((it) => addressOf("topic", it)));
    const live = await topicDriver(racing).read({ declared: declaredNames, claims: () => false });
    expect([...live.keys()].map(nameOf)).toEqual([stays]);
  });

  test("what a delete and a cut of retention lose", async () => {
    const [kept, gone] = [on.name("kept"), on.name("gone")];
    await applied([creation("partitions: 2", kept), creation("", gone)]);
    const applications = applicationsOn([on.bootstrap()]);
    await applications.produce(kept, 3);
    await applications.produce(gone, 1);
    await kafka.commit(on.name("idle"), [{ topic: gone, partition: 0, offset: 1n }]);
    const leave = await applications.join(on.name("active"), gone);
    try {
      const cuts = await planned("kept", "config: { retention.ms: 0 }");
      const evidence = await driver.assess([deletion({}, gone), ...cuts], WORLD);
      expect(evidence.map(({ risks }) => risks.map(({ message }) => message))).toEqual([
        [
          expect.stringMatching(/^1 record, \d+ B$/),
          `group ${on.name("active")} is active`,
          `group ${on.name("idle")} has read from it and is not active`,
        ],
        [expect.stringMatching(/^about \d+ B in 1 partition is older than 0 and becomes deletable$/)],
      ]);
      expect(evidence[0]?.facts).toEqual({
        holdsRecords: true,
        groups: [on.name("active"), on.name("idle")],
        active: [on.name("active")],
      });
    } finally {
      await leave();
    }
  });

  describe("the broker reports a value as kpipe writes it:", () => {
    beforeAll(async () => {
      await applied([creation("", on.name("normal"))]);
    });

    test.each(normalised)("%s %j as %j", async (key, set, reported) => {
      const name = on.name("normal");
      const change = { name, set: new Map([[key, set]]), reset: [] };
      expect([...(await kafka.alterTopicConfigs([change], "execute")).values()]).toEqual([{ ok: true }]);
      const told = (await kafka.topicOverrides([name])).get(name)?.get(key);
      expect(told).toBe(reported);
    });

    test.each(impossible)("what kpipe refuses the broker refuses: %s %j", async (key, set) => {
      const change = { name: on.name("normal"), set: new Map([[key, set]]), reset: [] };
      expect([...(await kafka.alterTopicConfigs([change], "validate")).values()]).toMatchObject([
        { ok: false },
      ]);
    });

    test("duplicates of a list are one, whether the broker drops them or not", async () => {
      const name = on.name("normal");
      const set = new Map([["cleanup.policy", "delete,compact,delete"]]);
      await kafka.alterTopicConfigs([{ name, set, reset: [] }], "execute");
      const told = (await kafka.topicOverrides([name])).get(name)?.get("cleanup.policy") ?? "";
      expect(reportedValue("cleanup.policy", configKeys.get("cleanup.policy"), told)).toBe("compact,delete");
    });
  });

  test("the catalogue is what the broker knows, and what it knows is what the broker takes", async () => {
    const name = on.name("normal");
    const told = (await kafka.topicConfig(name)) ?? [];
    const known = [...configKeys].filter(
      ([, { versions }]) => versions?.includes(on.version.slice(0, 3)) ?? true,
    );
    expect(told.map(({ key, type }) => [key, type]).toSorted()).toEqual(
      known.map(([key, { type }]) => [key, type]).toSorted(),
    );
    for (const { key, value } of told) {
      const entry = configKeys.get(key);
      expect(entry && canonicalValue(key, entry, value ?? ""), key).toMatchObject({ ok: true });
    }
  });
});
