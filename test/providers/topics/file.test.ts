import { expect, test } from "vitest";
import { topicKind } from "../../../src/providers/topics/kind.ts";
import { lines, loadBody } from "../../schema/loading.ts";

function topicsOf(body: string, vars: readonly (readonly [string, string])[] = []) {
  const { pipeline, diagnostics, sources } = loadBody(body, { kinds: [topicKind], vars: new Map(vars) });
  const specs = [...(pipeline?.desired ?? [])].map(([address, { spec }]) => [address, spec]);
  return { specs: Object.fromEntries(specs), said: lines({ diagnostics, sources }) };
}

test("defaults lie below an entry, key by key, and null takes one out", () => {
  const { specs, said } = topicsOf(`
defaults:
  topic: { partitions: 3, replicationFactor: 2, config: { retention.ms: 7d, segment.ms: 1d, preallocate: TRUE } }
topics:
  plain:
  empty: {}
  own: { partitions: 6, replicationFactor: null, config: { retention.ms: 1h, segment.ms: null } }
`);
  const config = { preallocate: "true", "retention.ms": "604800000", "segment.ms": "86400000" };
  expect(said).toEqual([]);
  expect(specs).toEqual({
    "topic/plain": { partitions: 3, replicationFactor: 2, config },
    "topic/empty": { partitions: 3, replicationFactor: 2, config },
    "topic/own": {
      partitions: 6,
      replicationFactor: null,
      config: { preallocate: "true", "retention.ms": "3600000", "segment.ms": null },
    },
  });
});

test("digits of the file survive", () => {
  const { specs } = topicsOf(`
topics:
  t:
    config: { retention.ms: 9007199254740993, segment.ms: 0010, min.cleanable.dirty.ratio: 0.50, preallocate: TRUE }
`);
  expect(specs["topic/t"]?.config).toEqual({
    "min.cleanable.dirty.ratio": "0.5",
    preallocate: "true",
    "retention.ms": "9007199254740993",
    "segment.ms": "10",
  });
});

test("variables give numbers and values", () => {
  const { specs, said } = topicsOf(
    'topics: { t: { partitions: "${var.n}", config: { retention.ms: "${var.keep}" } } }',
    [
      ["n", "12"],
      ["keep", "2d"],
    ],
  );
  expect(said).toEqual([]);
  expect(specs["topic/t"]).toMatchObject({ partitions: 12, config: { "retention.ms": "172800000" } });
});

test("everything wrong is told at once, where it stands, and a default once", () => {
  const { said } = topicsOf(`
defaults:
  topic: { config: { retenton.ms: 7d, segment.bytes: many } }
topics:
  a.b: { replicationFactor: 1, config: { min.insync.replicas: 2 } }
  a_b: { config: { cleanup.policy: [compact, deleet], preallocate: perhaps } }
  "no name": { partitions: 0 }
`);
  expect(said).toEqual([
    "pipeline.yaml:6:22 KP1104 [retenton.ms] did you mean retention.ms?",
    "pipeline.yaml:6:54 KP1106 [many] must be bytes, or a size such as 1GiB, 10MiB, 64KiB, 1kB or 512B",
    "pipeline.yaml:8:63 KP1109 [2] with 2 required and 1 replica every write that asks for all of them fails",
    "pipeline.yaml:9:3 KP1108 [a_b] collides with a.b (pipeline.yaml:8): Kafka takes . and _ for the same",
    "pipeline.yaml:9:20 KP1106 [cleanup.policy] did you mean delete?",
    "pipeline.yaml:9:68 KP1106 [perhaps] must be true or false",
    "pipeline.yaml:10:28 KP1105 [0] expected at least 1, got 0",
  ]);
});
