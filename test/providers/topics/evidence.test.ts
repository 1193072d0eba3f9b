import { expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { error, KpipeError } from "../../../src/core/errors.ts";
import { cluster, counting, driver, NOW, topic, updating, WORLD } from "./cluster.ts";
import { creation, deletion } from "./given.ts";

const DAY = 86_400_000;

test("what a delete loses", async () => {
  const many = Array.from({ length: 7 }, (_, at) => `many-${at}`);
  const kafka = cluster({
    topics: {
      full: {
        partitions: [
          { replicas: [1], earliest: "10", latest: "12040", bytes: 1_288_490_188 },
          { replicas: [1], latest: "10" },
        ],
      },
      empty: topic(1),
      crowded: topic(1),
    },
    groups: {
      billing: { members: [{ clientId: "b", host: "h", topics: ["full"] }] },
      audit: { committed: { full: { 0: "7" } } },
      other: { committed: { elsewhere: { 0: "7" } } },
      ...Object.fromEntries(many.map((group) => [group, { committed: { crowded: { 0: "1" } } }])),
    },
  });
  const deletes = ["full", "empty", "crowded"].map((name) => deletion({}, name));
  const evidence = await driver(kafka).assess(deletes, WORLD);
  expect(evidence.map(({ risks }) => risks.map(({ message }) => message))).toEqual([
    ["12,040 records, 1.2 GiB", "group billing is active", "group audit has read from it and is not active"],
    ["no records", "no groups"],
    [
      "no records",
      ...many.slice(0, 5).map((group) => `group ${group} has read from it and is not active`),
      "2 more groups, 0 active",
    ],
  ]);
  expect(evidence.map(({ facts }) => facts)).toEqual([
    { holdsRecords: true, groups: ["audit", "billing"], active: ["billing"] },
    { holdsRecords: false, groups: [], active: [] },
    { holdsRecords: false, groups: many, active: [] },
  ]);
});

test.each<[yaml: string, messages: readonly string[]]>([
  ["config: { retention.ms: 1d }", ["about 75 MiB in 2 partitions is older than 1d and becomes deletable"]],
  ["config: { retention.ms: 2d }", ["about 60 MiB in 2 partitions is older than 2d and becomes deletable"]],
  ["config: { retention.ms: 3d }", []],
  ["config: { retention.ms: 8d }", []],
  [
    "config: { retention.bytes: 40MiB }",
    ["about 20 MiB in 2 partitions is above 40MiB a partition and becomes deletable"],
  ],
  [
    "config: { retention.bytes: 49MiB, retention.ms: 1d }",
    [
      "about 75 MiB in 2 partitions is older than 1d and becomes deletable",
      "about 2 MiB in 2 partitions is above 49MiB a partition and becomes deletable",
    ],
  ],
  ["config: { min.insync.replicas: 1 }", []],
])("what %s makes deletable", async (yaml, messages) => {
  const times: [number, string][] = [
    [NOW - 3 * DAY, "0"],
    [NOW - 2 * DAY, "60"],
    [NOW - DAY, "75"],
  ];
  const full = { replicas: [1], latest: "100", bytes: 50 * 2 ** 20, times };
  const kafka = cluster({ topics: { t: { partitions: [full, full, { replicas: [1] }] } } });
  const evidence = await driver(kafka).assess([await updating(kafka, yaml, "t")], WORLD);
  expect(evidence.flatMap(({ risks }) => risks.map(({ message }) => message))).toEqual(messages);
  // Records grow old by themselves: that makes no plan stale.
  expect(evidence.map(({ facts }) => facts)).toEqual(evidence.map(() => ({})));
});

test("what becomes deletable is told in records where no size is known", async () => {
  const partition = { replicas: [1], latest: "100", times: [[NOW - DAY, "40"]] as const };
  const kafka = cluster({ topics: { t: { partitions: [partition] } } });
  const change = await updating(kafka, "config: { retention.ms: 1d }", "t");
  expect(await driver(kafka).assess([change], WORLD)).toMatchObject([
    { risks: [{ message: "40 records in 1 partition are older than 1d and become deletable" }] },
  ]);
});

test("a principal that may not read sizes is told the rest", async () => {
  const partition = { replicas: [1], latest: "100", bytes: 2048, times: [[NOW - 2 * DAY, "100"]] as const };
  const kafka = cluster({ topics: { t: { partitions: [partition] } } });
  const denied = new KpipeError(error("KP3011", "not allowed to read the sizes on broker 1"));
  const blind: KafkaPort = { ...kafka, sizes: () => Promise.reject(denied) };
  const change = await updating(kafka, "config: { retention.ms: 1d, retention.bytes: 1kB }", "t");
  const evidence = await driver(blind).assess([change, deletion({}, "t")], WORLD);
  expect(evidence.map(({ risks }) => risks.map(({ message }) => message))).toEqual([
    ["100 records", "no groups"],
    [
      "100 records in 1 partition are older than 1d and become deletable",
      "what is above 1kB a partition becomes deletable; how much it is kpipe may not read",
    ],
  ]);
});

test("a partition whose records are all older becomes deletable as a whole", async () => {
  const partition = { replicas: [1], latest: "100", bytes: 2048, times: [[NOW - 2 * DAY, "100"]] as const };
  const kafka = cluster({ topics: { t: { partitions: [partition] } } });
  const change = await updating(kafka, "config: { retention.ms: 1d }", "t");
  expect(await driver(kafka).assess([change], WORLD)).toMatchObject([
    { risks: [{ message: "about 2 KiB in 1 partition is older than 1d and becomes deletable" }] },
  ]);
});

test("nothing is asked where nothing is lost", async () => {
  const { kafka, calls } = counting(cluster({ topics: { t: topic(1) } }));
  const change = await updating(kafka, "{ partitions: 3, config: { retention.ms: 8d } }", "t");
  calls.length = 0;
  expect(await driver(kafka).assess([change, creation("", "new")], WORLD)).toEqual([]);
  expect(calls).toEqual([]);
});
