import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { diskFiles, type Loaded } from "../../src/schema/index.ts";
import { head, lines, loaded } from "./loading.ts";

describe("on a disk", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kpipe-schema-"));
    for (const name of ["conf", "conf/sql", "elsewhere"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "elsewhere/secret.sql"), "NOTE secret");
    writeFileSync(join(folder, "conf/sql/real.sql"), "NOTE real");
    symlinkSync("sql/real.sql", join(folder, "conf/inside.sql"));
    symlinkSync("../elsewhere/secret.sql", join(folder, "conf/outside.sql"));
    symlinkSync("../elsewhere", join(folder, "conf/out"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function load(body: string, path = "conf/pipeline.yaml"): Loaded {
    writeFileSync(join(folder, "conf/pipeline.yaml"), head + body);
    return loaded({}, { files: diskFiles, paths: [join(folder, path)] });
  }

  test("a file is found, and what it names", () => {
    const { pipeline } = load('noteFiles: ["s*/*.sql", inside.sql]\nnotes: { a: { file: sql/real.sql } }\n');
    expect(pipeline).toBeUndefined();
    expect([...(load('noteFiles: ["s*/*.sql"]').pipeline?.desired.keys() ?? [])]).toEqual(["note/REAL"]);
    expect([...(load("noteFiles: [inside.sql]").pipeline?.desired.keys() ?? [])]).toEqual(["note/REAL"]);
  });

  test.each(["outside.sql", "out/secret.sql", '"out/*.sql"', "sql/../out/secret.sql"])(
    "the link %s out of the folder is not followed",
    (name) => {
      const { diagnostics, sources } = load(`noteFiles: [${name}]`);
      expect(diagnostics.map(({ code, message }) => [code, message.replace(/^\S+ /, "")])).toEqual([
        ["KP1008", "is a link that leads out of the folder of this file"],
      ]);
      expect([...sources.keys()]).toEqual([join(folder, "conf/pipeline.yaml")]);
    },
  );

  test("a pipeline that is a link itself is read: the user named it", () => {
    load("topics: { a: {} }");
    symlinkSync("../conf/pipeline.yaml", join(folder, "elsewhere/linked.yaml"));
    const { pipeline } = loaded({}, { files: diskFiles, paths: [join(folder, "elsewhere/linked.yaml")] });
    expect(pipeline?.desired.has("topic/a")).toBe(true);
  });

  test.each([
    ["conf/none.yaml", "does not exist"],
    ["conf/pipeline.yaml/deeper.yaml", "does not exist"],
    ["conf/sql", "holds no .yaml or .yml file"],
  ])("%s %s", (path, message) => {
    expect(lines(load("", path))[0]).toContain(message);
  });
});

describe("which files are read", () => {
  const a = `${head}topics: { a: {} }\n`;
  const b = "topics: { b: {} }\n";

  test.each([
    ["one by name", { "a.yaml": a, "b.yaml": b }, ["a.yaml"], undefined, ["topic/a"]],
    [
      "several by name",
      { "a.yaml": a, "b.yaml": b },
      ["b.yaml", "a.yaml"],
      undefined,
      ["topic/b", "topic/a"],
    ],
    ["one that is named twice", { "a.yaml": a }, ["a.yaml", "./a.yaml", "."], undefined, ["topic/a"]],
    ["a directory, in order", { "2.yml": b, "1.yaml": a }, ["."], undefined, ["topic/a", "topic/b"]],
    ["no overlay without --env", { "a.yaml": a, "a.b.yaml": b }, ["."], undefined, ["topic/a"]],
    [
      "the overlay of --env",
      { "a.yaml": a, "a.b.yaml": b, "a.c.yaml": "[" },
      ["."],
      "b",
      ["topic/a", "topic/b"],
    ],
    [
      "an overlay with the other ending",
      { "a.yaml": a, "a.b.yml": b },
      ["a.yaml"],
      "b",
      ["topic/a", "topic/b"],
    ],
    [
      "a dotted name that overlays nothing",
      { "a.x.yaml": a, "b.yaml": b },
      ["."],
      undefined,
      ["topic/a", "topic/b"],
    ],
    ["an overlay that is named itself", { "a.yaml": a, "a.b.yaml": a }, ["a.b.yaml"], undefined, ["topic/a"]],
  ] as const)("%s", (_, contents, paths, env, expected) => {
    const { pipeline, diagnostics } = loaded(contents, { paths, env });
    expect(diagnostics).toEqual([]);
    expect([...(pipeline?.desired.keys() ?? [])]).toEqual(expected);
  });

  test.each(["../b", "b/c", "*", "", "b.yaml"])("--env %j can't lead elsewhere", (env) => {
    const contents = { "conf/a.yaml": a, "b.yaml": b, "conf/a.b.yaml": b };
    expect(lines(loaded(contents, { paths: ["conf/a.yaml"], env }))[0]).toMatch(/^KP1006/);
  });

  test("a section with nothing in it is no second one", () => {
    const { pipeline } = loaded({ "a.yaml": `${head}topics:\n`, "b.yaml": b, "c.yaml": "topics:\n" });
    expect([...(pipeline?.desired.keys() ?? [])]).toEqual(["topic/b"]);
  });

  test("no file at all", () =>
    expect(lines(loaded({}, { paths: [] }))).toEqual(["KP1002 [] no file is named"]));

  test("a file larger than 16 MiB is not parsed", () => {
    expect(lines(loaded({ "a.yaml": new Uint8Array(2 ** 24 + 1) }))[0]).toMatch(
      /^KP1005 .* has more than 16777216 bytes/,
    );
  });
});
