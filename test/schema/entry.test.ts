import { describe, expect, test } from "vitest";
import type { Entry, Kind } from "../../src/core/kind.ts";
import { Secret } from "../../src/core/secret.ts";
import type { LoadRequest } from "../../src/schema/index.ts";
import { testKinds } from "./kinds.ts";
import { head, loaded } from "./loading.ts";

/** The entries of `widgets` as a kind gets them. */
function entriesOf(body: string, request: Partial<LoadRequest> = {}): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const kinds = testKinds.map((kind): Kind => {
    if (kind.name !== "widget") return kind;
    const decode: Kind["section"]["decode"] = (entry) => {
      entries.set(entry.key, entry);
      return [];
    };
    return { ...kind, section: { ...kind.section, decode } };
  });
  const { diagnostics } = loaded({ "pipeline.yaml": head + body }, { kinds, ...request });
  expect(diagnostics).toEqual([]);
  return entries;
}

describe("text", () => {
  const entry = entriesOf(
    `widgets:
  a:
    label: "\${var.name}"
    tags: [x, "01"]
    resets: { gone: null, kept: "~" }
    config:
      octal: 0010
      digits: 9007199254740993
      float: 1.10
      yes: TRUE
      quoted: "a\\tb"
      folded: >-
        one
        two
      secret: pre-\${env.S}
      connect: \${file:/x:y}
`,
    { environment: { S: "s" }, vars: new Map([["name", "012"]]) },
  ).get("a");

  test.each([
    [["label"], "012"],
    [["tags", "1"], "01"],
    [["resets", "gone"], null],
    [["resets", "kept"], "~"],
    [["config", "octal"], "0010"],
    [["config", "digits"], "9007199254740993"],
    [["config", "float"], "1.10"],
    [["config", "yes"], "TRUE"],
    [["config", "quoted"], "a\tb"],
    [["config", "folded"], "one two"],
    [["config", "connect"], "${file:/x:y}"],
    [["config"], undefined],
    [["config", "none"], undefined],
    [["config", "none", "deeper"], undefined],
    [["constructor"], undefined],
  ])("of %j is %j", (path, text) => expect(entry?.text(path)).toBe(text));

  test("with a secret in it is a secret as a whole", () => {
    const secret = entry?.text(["config", "secret"]);
    expect(secret).toBeInstanceOf(Secret);
    expect(secret instanceof Secret && [secret.reveal(), secret.variables]).toEqual(["pre-s", ["S"]]);
    expect(`${secret}`).toBe("(secret)");
  });

  test("as a value is what YAML says, where no digit is lost", () => {
    expect(entry?.value.config).toMatchObject({
      octal: 10,
      digits: "9007199254740993",
      float: 1.1,
      yes: true,
    });
  });
});

describe("locate", () => {
  const entry = entriesOf(`defaults:
  widget: { size: 7 }
widgets:
  a:
    label: text
    tags: [x, yy]
    config: { key: value }
`).get("a");

  test.each([
    [[], undefined, "7:3+1"],
    [["label"], undefined, "8:12+4"],
    [["label"], "key", "8:5+5"],
    [["tags"], undefined, "9:5+4"],
    [["tags", "1"], undefined, "9:15+2"],
    [["config", "key"], "value", "10:20+5"],
    [["config", "key"], "key", "10:15+3"],
    [["config", "none"], undefined, "10:5+6"],
    [["none", "deeper"], undefined, "7:3+1"],
    [["size"], undefined, "5:19+1"],
  ] as const)("%j (%s) is at %s", (path, part, expected) => {
    const { line, column, length } = entry?.locate(path, part) ?? { line: 0, column: 0, length: 0 };
    expect(`${line}:${column}+${length}`).toBe(expected);
  });
});

test("an entry that stands in an overlay reads files beside that", () => {
  const contents = {
    "conf/p.yaml": `${head}notes: { a: {} }\n`,
    "conf/p.dev.yaml": "notes: { a: { file: sql/a.sql } }\n",
    "conf/sql/a.sql": "SELECT ${var.x}",
  };
  const request = { paths: ["conf/p.yaml"], env: "dev", vars: new Map([["x", "1"]]) };
  const { pipeline, sources } = loaded(contents, request);
  expect(pipeline?.desired.get("note/A")?.spec.text).toBe("SELECT 1");
  expect(sources.get("conf/sql/a.sql")).toBe("SELECT ${var.x}");
});
