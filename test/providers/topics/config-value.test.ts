import { expect, test } from "vitest";
import { configKeys } from "../../../src/providers/topics/config-keys.ts";
import { canonicalValue, vendorValue } from "../../../src/providers/topics/config-value.ts";
import { parseValidValues } from "../../../src/providers/topics/valid-values.ts";
import { normalised } from "./normalised.ts";

function canonical(name: string, text: string) {
  const key = configKeys.get(name);
  if (key === undefined) throw new Error(`no such key: ${name}`);
  return canonicalValue(name, key, text);
}

test.each(normalised)("%s: %j is reported as %j", (name, text, value) => {
  expect(canonical(name, text)).toEqual({ ok: true, value });
});

test.each<[name: string, text: string, value: string]>([
  ["retention.ms", "7d", "604800000"],
  ["retention.ms", "1d12h", "129600000"],
  ["retention.ms", " 500ms ", "500"],
  ["segment.bytes", "1GiB", "1073741824"],
  ["retention.bytes", "10kB", "10000"],
])("%s: %j is %s", (name, text, value) => {
  expect(canonical(name, text)).toEqual({ ok: true, value });
});

test.each<[name: string, text: string, reason: string]>([
  ["retention.ms", "1e3", "must be milliseconds, or a duration such as 7d, 12h, 30m, 45s, 500ms or 1d12h"],
  ["retention.ms", "1GiB", "must be milliseconds, or a duration such as 7d, 12h, 30m, 45s, 500ms or 1d12h"],
  ["retention.ms", "-2", "must be at least -1"],
  ["retention.ms", "9223372036854775808", "must be at most 9223372036854775807"],
  ["retention.bytes", "-9223372036854775809", "must be at least -9223372036854775808"],
  ["segment.bytes", "3GiB", "must be at most 2147483647"],
  ["segment.bytes", "13", "must be at least 14"],
  ["segment.bytes", "", "must be bytes, or a size such as 1GiB, 10MiB, 64KiB, 1kB or 512B"],
  ["min.insync.replicas", "0", "must be at least 1"],
  ["min.insync.replicas", "two", "must be a whole number"],
  ["compression.gzip.level", "0", "must be between 1 and 9, or -1"],
  ["compression.gzip.level", "10", "must be between 1 and 9, or -1"],
  ["min.cleanable.dirty.ratio", "1.01", "must be between 0 and 1"],
  ["min.cleanable.dirty.ratio", "half", "must be a number"],
  ["preallocate", "yes", "must be true or false"],
  ["compression.type", "zstdd", "did you mean zstd?"],
  ["compression.type", "ZSTD", "did you mean zstd?"],
  ["compression.type", "brotli", "brotli is none of uncompressed, zstd, lz4, snappy, gzip, producer"],
  ["cleanup.policy", "compact,deleet", "did you mean delete?"],
  ["cleanup.policy", "compact,,delete", "an empty value is none of compact, delete"],
  ["leader.replication.throttled.replicas", "0:1,x", "x is neither partition:broker, such as 0:1, nor *"],
])("%s: refuses %j", (name, text, reason) => {
  expect(canonical(name, text)).toEqual({ ok: false, reason });
});

test("a vendor's value changes only where its key names a unit and it has one", () => {
  expect(vendorValue("confluent.x.ms", "1d")).toBe("86400000");
  expect(vendorValue("confluent.x.bytes", "1KiB")).toBe("1024");
  expect(vendorValue("confluent.x.ms", " 0010 ")).toBe(" 0010 ");
  expect(vendorValue("confluent.placement.constraints", "7d")).toBe("7d");
});

test("every default of the catalogue is a value that its key takes, spelt as brokers spell it", () => {
  for (const [name, key] of configKeys) {
    expect(canonicalValue(name, key, key.default), name).toEqual({ ok: true, value: key.default });
  }
});

test.each<[text: string, valid: ReturnType<typeof parseValidValues>]>([
  ["[0,...]", { type: "range", min: 0, max: undefined, or: [] }],
  ["[...,9]", { type: "range", min: undefined, max: 9, or: [] }],
  ["[0,...,0.5]", { type: "range", min: 0, max: 0.5, or: [] }],
  ["[1,...,9] or -1", { type: "range", min: 1, max: 9, or: [-1] }],
  ["[compact, delete]", { type: "choice", of: ["compact", "delete"] }],
  ["[partitionId]:[brokerId],[partitionId]:[brokerId],...", { type: "replicas" }],
])("reads the notation %s", (text, valid) => {
  expect(parseValidValues(text)).toEqual(valid);
});

test("a notation that it doesn't know is a fault of the catalogue", () => {
  expect(() => parseValidValues("non-empty string")).toThrow("unknown notation");
});
