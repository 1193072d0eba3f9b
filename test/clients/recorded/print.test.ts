import fc from "fast-check";
import { expect, test } from "vitest";
import type { Recording } from "../../../src/clients/recorded/document.ts";
import { parseRecording } from "../../../src/clients/recorded/parse.ts";
import { printRecording } from "../../../src/clients/recorded/print.ts";
import { recordingOf, stateOf } from "../../../src/clients/recorded/section.ts";
import { recording } from "./recordings.ts";

const again = (it: Recording) => recordingOf(stateOf(parseRecording(printRecording(it), "a.json")));

test("keys are sorted, and what is flat stands on one line", () => {
  const printed = printRecording(
    recording({ topics: { b: { partitions: [{ replicas: [1, 2], latest: "7" }] } }, groups: {} }),
  );
  expect(printed).toBe(`{
  "formatVersion": 1,
  "kafka": {
    "brokers": [
      { "host": "broker-1", "id": 1, "port": 9092 }
    ],
    "clusterId": "MkU3OEVBNTcwNTJENDM2Qk",
    "groups": {},
    "topics": {
      "b": {
        "partitions": [
          { "latest": "7", "replicas": [1, 2] }
        ]
      }
    }
  },
  "kind": "Recording"
}
`);
});

test("the same cluster is the same bytes, in whatever order it was read", () => {
  const topic = { partitions: [{ replicas: [1] }] };
  const one = again(recording({ topics: { a: topic, b: topic } }));
  const other = again(recording({ topics: { b: topic, a: topic } }));
  expect(printRecording(one)).toBe(printRecording(other));
});

test("ten thousand topics of three partitions are read and written", () => {
  const topic = { partitions: Array.from({ length: 3 }, () => ({ replicas: [1], latest: "9" })) };
  const topics = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`topic.${at}`, topic]));
  const large = recording({ topics });
  expect(printRecording(again(large))).toBe(printRecording(large));
});

test("nothing is lost between text and memory, whatever things are called", () => {
  const name = fc.oneof(fc.constantFrom("constructor", "__proto__", "toString"), fc.string());
  const offset = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
  const partition = fc.record(
    { replicas: fc.array(fc.nat(3), { minLength: 1 }), latest: offset, bytes: fc.nat() },
    { requiredKeys: ["replicas"] },
  );
  const topics = fc.dictionary(
    name,
    fc.record({
      partitions: fc.array(partition, { minLength: 1, maxLength: 3 }),
      config: fc.dictionary(name, fc.option(fc.string(), { nil: null })),
    }),
  );
  const committed = fc.dictionary(name, fc.dictionary(fc.nat(9).map(String), offset));
  const groups = fc.dictionary(name, fc.record({ committed }));
  fc.assert(
    fc.property(topics, groups, (topics, groups) => {
      const once = again(recording({ topics, groups }));
      expect(printRecording(again(once))).toBe(printRecording(once));
      expect(Object.keys(once.kafka.topics ?? {}).sort()).toEqual(Object.keys(topics).sort());
      expect(stateOf(once)).toEqual(stateOf(recording({ topics, groups })));
    }),
  );
});
