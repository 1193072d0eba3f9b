import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { providers } from "../../src/providers/registry.ts";
import { publishedSchema } from "../../src/schema/index.ts";
import { testKinds } from "./kinds.ts";
import { head } from "./loading.ts";

const check = new Ajv2020({ strictTypes: false, strictRequired: false }).compile(publishedSchema(testKinds));
const whole = readFileSync(join(import.meta.dirname, "golden/whole-pipeline/pipeline.yaml"), "utf8");

test("the schema of the real kinds is one", () => {
  const kinds = providers.flatMap((provider) => provider.kinds);
  expect(() => new Ajv2020({ strictTypes: false }).compile(publishedSchema(kinds))).not.toThrow();
});

describe("editors take", () => {
  test.each([
    ["a whole pipeline", whole],
    ["an overlay", "topics: { a: { partitions: 3 } }"],
    ["a section with nothing in it", `${head}topics:\nwidgets:\n  a:\n`],
    ["a variable for a number", `${head}topics: { a: { partitions: "\${var.n}" } }`],
    ["a variable for one of several words", `${head}widgets: { a: { type: "\${var.type}" } }`],
    ["a secret for an address", `${head}connections: { kafka: { brokers: ["\${env.BROKER}"] } }`],
    ["a home for anchors", `${head}x-any: [1, { a: b }]`],
  ])("%s", (_, text) => {
    check(parse(text));
    expect(check.errors ?? []).toEqual([]);
  });
});

describe("editors mark", () => {
  test.each([
    ["an unknown key", `${head}topics: { a: { partitons: 3 } }`],
    ["an unknown section", `${head}topix: {}`],
    ["text for a number", `${head}topics: { a: { partitions: three } }`],
    ["another word", `${head}widgets: { a: { type: pump } }`],
    ["a broker without a port", `${head}connections: { kafka: { brokers: [localhost] } }`],
    ["another version", "apiVersion: kpipe.dev/v2"],
  ])("%s", (_, text) => expect(check(parse(text))).toBe(false));
});

test("the keys of a pipeline and of its parts are described", () => {
  const bare: string[] = [];
  (function visit(schema: unknown, path: string): void {
    if (typeof schema !== "object" || schema === null) return;
    const properties = "properties" in schema ? Object.entries(schema.properties ?? {}) : [];
    for (const [key, value] of properties) {
      if (path.split(".").length < 3 && !/description/.test(JSON.stringify(value)))
        bare.push(`${path}.${key}`);
      visit(value, `${path}.${key}`);
    }
  })(publishedSchema([]), "");
  expect(bare).toEqual([]);
});
