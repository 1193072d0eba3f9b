import { describe, expect, test } from "vitest";
import type { Value } from "../../../src/core/model.ts";
import { Secret } from "../../../src/core/secret.ts";
import { jsonDocument, jsonLine } from "../../../src/render/json/canonical.ts";
import { planDocument, planJson } from "../../../src/render/json/plan.ts";
import { sensitivity, withoutSecrets } from "../../../src/render/secrecy.ts";
import { create, diagnosticOf, field, planOf, remove, update } from "../../builders/plan.ts";

describe("the bytes of a document", () => {
  test("don't depend on the order of keys", () => {
    const forth = create("topic/a", { partitions: 3, config: { b: "1", a: "2" } });
    const back = create("topic/a", { config: { a: "2", b: "1" }, partitions: 3 });
    expect(planJson(planOf({ changes: [forth] }))).toBe(planJson(planOf({ changes: [back] })));
  });

  test("keep the order of lists", () => {
    expect(jsonLine({ b: [2, 1], a: null })).toBe('{"a":null,"b":[2,1]}\n');
  });

  test("escape what can't be seen, and give it back", () => {
    const value = { text: "\u009b31m\u202e\u{e0041}\n" };
    expect(jsonLine(value)).toBe('{"text":"\\u009b31m\\u202e\\udb40\\udc41\\n"}\n');
    expect(JSON.parse(jsonDocument(value))).toEqual(value);
  });
});

describe("Terraform's actions", () => {
  const change = { fields: [field("partitions", 3, 6)] };
  test.each([
    ["create", create("topic/a", {}), ["create"]],
    ["update", update("topic/a", change), ["update"]],
    ["replace", update("topic/a", { ...change, action: "replace" }), ["delete", "create"]],
    ["operate", update("topic/a", { ...change, action: "operate" }), ["update"]],
    ["delete", remove("topic/a", {}), ["delete"]],
  ] as const)("%s", (action, given, actions) => {
    const [document] = planDocument(planOf({ changes: [given] })).resource_changes;
    expect(document).toMatchObject({ action, change: { actions } });
  });

  test("nothing", () => {
    expect(planDocument(planOf({ unchanged: ["topic/a"] })).resource_changes).toEqual([
      { address: "topic/a", type: "topic", name: "a", action: "none", change: { actions: ["no-op"] } },
    ]);
  });
});

describe("the values after an update", () => {
  const secret = Secret.of("hunter2");
  test.each([
    [
      "have what is set on the cluster and left alone",
      { partitions: 3, config: { "segment.bytes": "1", "retention.ms": "1" } },
      { partitions: 6, config: { "retention.ms": "2" } },
      ["partitions", "config.retention.ms"],
      { partitions: 6, config: { "segment.bytes": "1", "retention.ms": "2" } },
    ],
    [
      "keep the spelling of what is equal",
      { config: { preallocate: "true", "retention.ms": "1" } },
      { config: { preallocate: "TRUE" } },
      ["config.retention.ms"],
      { config: { preallocate: "true" } },
    ],
    [
      "have what was not set at all",
      { partitions: 3 },
      { partitions: 3, config: { a: "1" } },
      ["config.a"],
      { partitions: 3, config: { a: "1" } },
    ],
    [
      "are those of the file where a field is no part of a spec",
      { statement: { text: "a" } },
      { statement: { text: "b" } },
      ["sql"],
      { statement: { text: "b" } },
    ],
    [
      "hide what the server tells in clear and did not change",
      { config: { password: "in-clear", user: "a" } },
      { config: { password: secret, user: "b" } },
      ["config.user"],
      { config: { password: "(secret)", user: "b" } },
    ],
    [
      "hide a secret that the file no longer hides",
      { config: { password: secret } },
      { config: { password: "plain" } },
      ["config.password"],
      { config: { password: "(secret)" } },
    ],
  ])("%s", (_, live, desired, paths, after) => {
    const fields = paths.map((path) => field(path, "before", "after"));
    const plan = planOf({ changes: [update("topic/a", { live, desired, fields })] });
    expect(planDocument(plan).resource_changes[0]?.change.after).toEqual(after);
    expect(planJson(plan)).not.toMatch(/hunter|in-clear/);
  });
});

describe("a plan is applyable", () => {
  const changes = [create("topic/a", {})];
  const guard = { rule: "budget", address: "topic/a", message: "", next: "" } as const;
  const refused = diagnosticOf({ message: "no" });
  const warned = diagnosticOf({ message: "hm", severity: "warning" });
  test.each([
    ["with changes", planOf({ changes }), true, false],
    ["with warnings", planOf({ changes, diagnostics: [warned] }), true, false],
    ["not without changes", planOf(), false, false],
    ["not with a guard", planOf({ changes, guards: [guard] }), false, false],
    ["not with an error", planOf({ changes, diagnostics: [refused] }), false, true],
  ])("%s", (_, plan, applyable, errored) => {
    expect(planDocument(plan)).toMatchObject({ applyable, errored });
  });
});

describe("secrets in values", () => {
  const secret = Secret.of("hunter2");
  const url = Secret.within("pg://hunter2@db", "pg://(secret)@db", ["hunter2"]);
  test.each<readonly [string, Value, Value | undefined, unknown, unknown]>([
    ["a secret", secret, undefined, "(secret)", true],
    ["a partly secret text", url, undefined, "pg://(secret)@db", true],
    ["what a secret is compared with", "hunter1", secret, "(secret)", true],
    ["a member", { a: secret, b: 1 }, undefined, { a: "(secret)", b: 1 }, { a: true }],
    ["what a secret member is compared with", { a: "x" }, { a: secret }, { a: "(secret)" }, { a: true }],
    ["a list", ["x", secret], undefined, ["x", "(secret)"], [false, true]],
    ["what a secret of a list is compared with", ["x", "y"], [secret], ["(secret)", "y"], [true, false]],
    ["a key that every object has", { constructor: "x" }, {}, { constructor: "x" }, {}],
    ["nothing secret", { a: { b: [1, null, true] } }, undefined, { a: { b: [1, null, true] } }, {}],
  ])("%s", (_, value, counterpart, shown, sensitive) => {
    expect(withoutSecrets(value, counterpart)).toEqual(shown);
    expect(sensitivity(value, counterpart)).toEqual(sensitive);
  });
});
