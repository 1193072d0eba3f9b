import { expect, test } from "vitest";
import { messageOf } from "../../../../src/clients/live/connect/answers.ts";
import { Secret } from "../../../../src/core/secret.ts";

test("a long message is cut", () => {
  expect(messageOf({ message: "x".repeat(5_000) }, "")).toBe(`${"x".repeat(2_000)}...`);
});

test.each([
  ["a message", (text: string) => messageOf({ message: text }, "", [Secret.of("hunter-three")]), 2_000],
  ["a page", (text: string) => messageOf(undefined, text, [Secret.of("hunter-three")]), 200],
])("%s is cut after its secrets are taken out", (_case, message, length) => {
  expect(message(`${"x".repeat(length - 7)}hunter-three`)).not.toContain("hunter");
});
