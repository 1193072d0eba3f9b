import { describe, expect, test } from "vitest";
import { error } from "../../src/core/errors.ts";
import type { Section } from "../../src/core/kind.ts";
import { testKinds } from "./kinds.ts";
import { lines, loadBody, loaded } from "./loading.ts";

/** Kinds whose notes report every `BAD` in their text, wherever that stands. */
const kinds = testKinds.map((kind) =>
  kind.section.key === "notes" ? { ...kind, section: strict(kind.section) } : kind,
);

function strict(section: Section): Section {
  return {
    ...section,
    decode(entry, report) {
      const text = entry.text(["text"]);
      if (typeof text !== "string") return [];
      for (const { index } of text.matchAll(/BAD\d?/g))
        report(error("KP1105", "here", { position: entry.locateIn(["text"], index, 3) }));
      return [];
    },
    files: {
      key: "noteFiles",
      decode({ text, locate }, _defaults, report) {
        for (const { index } of text.matchAll(/BAD/g))
          report(error("KP1105", "here", { position: locate(index, 3) }));
        return [];
      },
    },
  };
}

const found = (body: string, vars: Readonly<Record<string, string>> = {}) =>
  lines(loadBody(body, { kinds, vars: new Map(Object.entries(vars)) })).map(
    (line) => `${line.split(" ")[0]} ${/\[.*\]/.exec(line)?.[0]}`,
  );

describe("a piece of a text stands where the file has it", () => {
  test.each<[shape: string, body: string, places: readonly string[]]>([
    ["plain", "notes:\n  a: { text: one BAD two }\n", ["5:18 [BAD]"]],
    ["double quotes", 'notes:\n  a: { text: "one BAD two" }\n', ["5:19 [BAD]"]],
    ["escapes", 'notes:\n  a: { text: "on\\"e \\\\ BAD" }\n', ["5:24 [BAD]"]],
    ["single quotes", "notes:\n  a: { text: 'it''s BAD' }\n", ["5:21 [BAD]"]],
    [
      "a literal block",
      "notes:\n  a:\n    text: |\n      one\n      BAD two\n\n        BAD\n",
      ["8:7 [BAD]", "10:9 [BAD]"],
    ],
    ["a folded block", "notes:\n  a:\n    text: >-\n      one\n      two BAD\n", ["8:11 [BAD]"]],
    ["plain over lines", "notes:\n  a:\n    text: one\n      two\n      BAD\n", ["8:7 [BAD]"]],
    ["an indented block", "notes:\n  a:\n    text: |2\n        BAD\n", ["7:9 [BAD]"]],
  ])("%s", (_shape, body, places) => {
    expect(found(body)).toEqual(places.map((place) => `pipeline.yaml:${place}`));
  });

  test("before a variable exactly, behind it at the variable", () => {
    const body = "notes:\n  a: { text: 'BAD ${var.x} BAD' }\n";
    expect(found(body, { x: "y" })).toEqual(["pipeline.yaml:5:15 [BAD]", "pipeline.yaml:5:19 [${v]"]);
  });

  test("a file's, whatever variables before it stand for, and at the variable within it", () => {
    const sql = "-- ${var.long} $${x}\nBAD ${var.long} BAD $${y} BAD ${var.bad}";
    const files = {
      "pipeline.yaml":
        "apiVersion: kpipe.dev/v1\nkind: Pipeline\nmetadata: { name: test }\nnoteFiles: [a.sql]\n",
      "a.sql": sql,
    };
    const vars = new Map([
      ["long", "l\no\nng"],
      ["bad", "xxBADxx"],
    ]);
    expect(lines(loaded(files, { kinds, vars })).map((line) => line.split(" ")[0])).toEqual([
      "a.sql:2:1",
      "a.sql:2:17",
      "a.sql:2:27",
      "a.sql:2:31",
    ]);
  });
});
