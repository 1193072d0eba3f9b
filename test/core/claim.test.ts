import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Claim, covers, matches, protects, selects } from "../../src/core/claim.ts";
import type { Address } from "../../src/core/model.ts";

describe("globs", () => {
  test.each([
    ["purchases", "purchases", true],
    ["purchases", "purchases.eu", false],
    ["purchases*", "purchases", true],
    ["purchases*", "purchases.eu", true],
    ["*", "", true],
    ["*", "anything", true],
    ["**", "anything", true],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["*-dlq", "purchases-dlq", true],
    ["*-dlq", "purchases-dlq-2", false],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "acb", false],
    ["a*bc*bc", "abc", false],
    ["a.b", "axb", false],
    ["a+", "aa", false],
    ["", "", true],
    ["", "a", false],
    ["Purchases", "purchases", false],
  ])("%j on %j: %j", (glob, name, expected) => expect(matches(glob, name)).toBe(expected));

  test("ignore case where names do", () => expect(matches("purchases_*", "PURCHASES_EU", true)).toBe(true));

  test("agree with the regular expression that says the same", () => {
    const text = fc.array(fc.constantFrom("a", "b", ".", "\\"), { maxLength: 12 }).map((it) => it.join(""));
    const glob = fc
      .array(fc.constantFrom("a", "b", ".", "*", "\\"), { maxLength: 8 })
      .map((it) => it.join(""));
    fc.assert(
      fc.property(glob, text, (pattern, name) => {
        const parts = pattern.split("*").map((it) => it.replaceAll(/[.\\]/g, "\\$&"));
        expect(matches(pattern, name)).toBe(new RegExp(`^${parts.join(".*")}$`, "s").test(name));
      }),
      { numRuns: 2_000 },
    );
  });

  test("many stars don't take long", () => {
    expect(matches(`${"a*".repeat(50)}b`, "a".repeat(5_000))).toBe(false);
  });
});

const topic = { name: "topic", section: { claimKey: "topics" }, ignoresCase: false };
const stream = { name: "stream", section: { claimKey: "ksql" }, ignoresCase: true };
const none: ReadonlySet<Address> = new Set();
const claim: Claim = {
  patterns: { topics: ["purchases*"], ksql: ["purchases*"] },
  protect: { topics: ["*.gold"] },
};

describe("a claim", () => {
  test.each([
    [topic, "topic/purchases.eu", true],
    [topic, "topic/orders", false],
    [stream, "stream/PURCHASES_EU", true],
    [{ ...topic, section: { claimKey: "groups" } }, "group/purchases", false],
  ] as const)("of patterns: %o %s: %j", (kind, address, expected) => {
    expect(covers(claim, kind, address, none)).toBe(expected);
  });

  test("without patterns covers what is declared", () => {
    const open: Claim = { patterns: undefined, protect: {} };
    expect(covers(open, topic, "topic/a", new Set<Address>(["topic/a"]))).toBe(true);
    expect(covers(open, topic, "topic/b", new Set<Address>(["topic/a"]))).toBe(false);
  });

  test("protects by pattern, claimed or not", () => {
    expect(protects(claim, topic, "topic/orders.gold")).toBe(true);
    expect(protects(claim, topic, "topic/purchases")).toBe(false);
    expect(protects(claim, stream, "stream/ORDERS.GOLD")).toBe(false);
  });
});

test("--target selects by address", () => {
  expect(selects(["topic/purchases*", "group/*"], "topic/purchases")).toBe(true);
  expect(selects(["topic/purchases*", "group/*"], "connector/purchases")).toBe(false);
});
