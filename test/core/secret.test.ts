import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { Secret, scrub } from "../../src/core/secret.ts";

const url = Secret.within("postgresql://app:hunter2@db/shop", "postgresql://(secret)@db/shop", ["hunter2"]);

describe("a secret as text", () => {
  test.each([
    ["all of it", Secret.of("hunter2"), "(secret)"],
    ["parts of it", url, "postgresql://(secret)@db/shop"],
    ["without a value", Secret.unresolved(["PASSWORD"]), "(secret)"],
  ])("%s is replaced in every way of printing", (_case, secret, shown) => {
    expect([`${secret}`, JSON.stringify(secret), inspect(secret)]).toEqual([
      shown,
      JSON.stringify(shown),
      shown,
    ]);
  });

  test("is compared by all of its value", () => {
    expect(url.equals("postgresql://app:hunter2@db/shop")).toBe(true);
    expect(url.equals("postgresql://app:hunter3@db/shop")).toBe(false);
    expect(url.equals(Secret.unresolved(["URL"]))).toBeUndefined();
  });
});

describe("scrub", () => {
  test.each([
    [
      "a quoted value",
      "config {password=hunter2, user=app}",
      ["hunter2"],
      "config {password=(secret), user=app}",
    ],
    ["every occurrence", "hunter2 or hunter2", ["hunter2"], "(secret) or (secret)"],
    ["at the end of a sentence", "Wrong: hunter2.", ["hunter2"], "Wrong: (secret)."],
    ["a short one as a word", "//kafka:kafka@db", ["kafka"], "//(secret):(secret)@db"],
    ["not a short one in a class name", "org.apache.kafka.connect", ["kafka"], "org.apache.kafka.connect"],
    ["a long one inside a word", "xcorrecthorsex", ["correcthorse"], "x(secret)x"],
    ["characters of patterns", "a$b.c*d", ["$b.c*"], "a(secret)d"],
    ["nothing for an empty one", "text", [""], "text"],
  ])("replaces %s", (_case, text, secrets, expected) => {
    const values = secrets.map((it) => Secret.of(it));
    expect(scrub(text, values)).toBe(expected);
  });

  test("replaces the hidden parts of a value, and leaves plain values alone", () => {
    expect(scrub("hunter2 at postgresql://app:hunter2@db/shop", [url, "shop"])).toBe(
      "(secret) at postgresql://app:(secret)@db/shop",
    );
  });
});
