import { expect, test } from "vitest";
import { canonicalValue, vendorValue } from "../../../src/providers/kafka/config-value.ts";
import { parseValidValues } from "../../../src/providers/kafka/valid-values.ts";
import { configKeys } from "../../../src/providers/topics/config-keys.ts";
import { impossible, normalised } from "../topics/values.ts";

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
  ["cleanup.policy", "delete,compact,delete", "compact,delete"],
  ["cleanup.policy", "", ""],
])("%s: %j is %s", (name, text, value) => {
  expect(canonical(name, text)).toEqual({ ok: true, value });
});

test.each(impossible)("%s: refuses %j", (name, text, reason) => {
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
