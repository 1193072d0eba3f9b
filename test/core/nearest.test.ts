import { expect, test } from "vitest";
import { nearest } from "../../src/core/nearest.ts";

const configs = ["retention.ms", "retention.bytes", "cleanup.policy", "segment.ms"];

test.each([
  ["retention.mss", "retention.ms"],
  ["retentionMs", "retention.ms"],
  ["RETENTION_MS", "retention.ms"],
  ["retension.bytes", "retention.bytes"],
  ["cleanup.polices", "cleanup.policy"],
  ["segments.ms", "segment.ms"],
  ["min.insync.replicas", undefined],
  ["x", undefined],
  ["", undefined],
])("%j is near %j", (name, expected) => expect(nearest(name, configs)).toBe(expected));

test("of two equally near the first", () => expect(nearest("topicx", ["topics", "topic1"])).toBe("topics"));

test("one letter of a short name may differ", () => expect(nearest("kye", ["key", "to"])).toBe(undefined));
