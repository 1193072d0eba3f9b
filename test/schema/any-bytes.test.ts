import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { Loaded } from "../../src/schema/index.ts";
import { head, loadBody, loaded } from "./loading.ts";

vi.setConfig({ testTimeout: 120_000 });

const sample = readFileSync(join(import.meta.dirname, "golden/whole-pipeline/pipeline.yaml"), "utf8");

const pieces = [
  ..."{}[],:-?|>*&!%@`'\"#~\n\t\r ",
  ": ",
  "- ",
  "\n  ",
  "\n    ",
  "&a ",
  "*a",
  "<<: ",
  "<<: *a",
  "? ",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "!!str ",
  "!!binary ",
  "null",
  "true",
  "9007199254740993",
  ".nan",
  "0x1F",
  "${env.A}",
  "${var.b}",
  "$${",
  "${",
  "__proto__",
  "constructor",
  "toString",
  "topics",
  "widgets",
  'connections: { kafka: { brokers: ["${env.A}"] } }\n',
  "widgets: { a: { code: ${env.A} } }\n",
  "config",
  "claim",
  "removed",
  "connections",
  "defaults",
  "noteFiles",
  "x-a",
  "\ufeff",
  "\u2028",
  "é",
  "🙂",
];

const yamlish = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((it) => it.join(""));

const keys = fc.constantFrom(
  ...["topics", "widgets", "notes", "claim", "protect", "removed", "connections", "kafka", "brokers", "ssl"],
  ...[
    "sasl",
    "connect",
    "ksql",
    "url",
    "auth",
    "defaults",
    "topic",
    "widget",
    "policies",
    "deletes",
    "config",
  ],
  ...["__proto__", "constructor", "hasOwnProperty", "toString", "valueOf", "length", "", "a", "<<", "x-y"],
  ...["partitions", "shape", "form", "file", "noteFiles", "metadata", "apiVersion", "retention.ms", "tags"],
);

const values = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      1e300,
      "",
      "a",
      "${env.A}",
      "${var.b}",
      "../x",
      "box",
      2 ** 60,
    ),
    fc.string(),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.array(fc.tuple(keys, tie("any")), { maxLength: 5 }).map((pairs) => new Map(pairs)),
  ),
})).any;

/** JSON is YAML; maps keep keys that objects can't have. */
function asYaml(value: unknown): string {
  if (value instanceof Map) {
    return `{${[...value].map(([key, it]) => `${JSON.stringify(key)}: ${asYaml(it)}`).join(", ")}}`;
  }
  return Array.isArray(value) ? `[${value.map(asYaml).join(", ")}]` : JSON.stringify(value);
}

/** Whatever came in: faults and no pipeline or the reverse, places that exist, and no changed prototype. */
function expectSound({ pipeline, diagnostics, sources }: Loaded): void {
  expect(pipeline === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
  for (const { position, message, next } of diagnostics) {
    expect(message).not.toBe("");
    expect(next).not.toBe("");
    if (!position) continue;
    const lines = (sources.get(position.file) ?? "").split("\n");
    expect(position.line).toBeGreaterThanOrEqual(1);
    expect(position.line).toBeLessThanOrEqual(lines.length);
    expect(position.column).toBeGreaterThanOrEqual(1);
    expect(position.column).toBeLessThanOrEqual((lines[position.line - 1]?.length ?? 0) + 1);
    expect(position.length).toBeGreaterThanOrEqual(1);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
}

const given = { environment: { A: "secret" }, vars: new Map([["b", "3"]]) };

test("any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
      expectSound(loaded({ "pipeline.yaml": bytes })),
    ),
    { numRuns: 300 },
  );
});

test("anything that looks like YAML", () => {
  fc.assert(
    fc.property(yamlish, (text) => expectSound(loadBody(text, given))),
    { numRuns: 800 },
  );
});

test("any values under any keys", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, values), { maxLength: 6 }), (pairs) => {
      const body = pairs.map(([key, value]) => `${JSON.stringify(key)}: ${asYaml(value)}\n`);
      expectSound(loadBody(body.join(""), given));
    }),
    { numRuns: 600 },
  );
});

test("any overlay over any pipeline", () => {
  fc.assert(
    fc.property(values, values, (below, above) => {
      const text = (value: unknown) => `topics: ${asYaml(value)}\nclaim: ${asYaml(value)}\n`;
      const contents = { "p.yaml": head + text(below), "p.dev.yaml": text(above) };
      expectSound(loaded(contents, { ...given, paths: ["p.yaml"], env: "dev" }));
    }),
    { numRuns: 500 },
  );
});

test("a pipeline with one edit", () => {
  const edit = fc.tuple(fc.nat(sample.length), fc.nat(3), fc.constantFrom("", ...pieces));
  fc.assert(
    fc.property(edit, ([at, cut, piece]) => {
      expectSound(loaded({ "pipeline.yaml": sample.slice(0, at) + piece + sample.slice(at + cut) }, given));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["brackets", "[".repeat(50_000)],
  ["closed brackets", `a: ${"[".repeat(5_000)}${"]".repeat(5_000)}`],
  ["dashes", "- ".repeat(20_000)],
  ["question marks", "? ".repeat(20_000)],
  ["anchors", "&a ".repeat(20_000)],
  ["documents", "---\n".repeat(20_000)],
  ["quotes", '"'.repeat(20_001)],
  ["colons", ": ".repeat(20_000)],
  ["commas", `a: [${",".repeat(20_000)}`],
  ["tags", "!".repeat(20_000)],
  ["aliases", `x-a: &a {b: c}\ntopics: [${"*a,".repeat(20_000)}]`],
  ["merge keys", `x-a: &a {b: c}\ntopics:\n${"  <<: *a\n".repeat(5_000)}`],
  ["a long word", "a".repeat(200_000)],
  ["references", `x: ${"${env.A".repeat(20_000)}`],
  ["stars in a claim", `claim: { topics: ["${"a*".repeat(2_000)}b"] }\ntopics: { ${"a".repeat(240)}: {} }`],
])("many %s end soon", (_, body) => expectSound(loadBody(body, given)));

test("a thousand faulty entries are each reported", () => {
  const entries = Array.from({ length: 1_000 }, (_, index) => `  t${index}: { partitions: many }\n`);
  expect(loadBody(`topics:\n${entries.join("")}`).diagnostics).toHaveLength(1_000);
});
