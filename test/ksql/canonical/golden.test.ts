import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type Canonical,
  contextAfter,
  emptyContext,
  foldAlters,
  isDeclaration,
  readBack,
  resultSchema,
} from "../../../src/ksql/canonical/index.ts";
import { parseStatements, printType } from "../../../src/ksql/syntax/index.ts";

// Every file holds cases: a title behind ===, a statement, and behind --- what comes of it. UPDATE_GOLDEN=1 writes
// the latter anew, to be reviewed.
const folder = new URL("../golden/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

const context = parseStatements(read("context.sql")).reduce((known, it) => {
  if (it.kind === "unparsed") throw new Error(it.error.message);
  return contextAfter(it, known);
}, emptyContext);

function outcome(sql: string): string {
  const canonical = readBack(sql, context);
  if (canonical.kind === "unparsed") return `--- error ${canonical.error.message}`;
  return [
    "--- canonical",
    canonical.text,
    ...(canonical.display === canonical.text ? [] : ["--- shown as", canonical.display]),
    ...notes(canonical).map((note) => `--- ${note}`),
    "--- columns",
    columns(sql),
  ].join("\n");
}

function notes({ topic, queryId, infers, unresolved }: Canonical): readonly string[] {
  const settings = Object.entries(topic).filter(([, value]) => value !== null);
  const inferred = Object.entries(infers).filter(([, value]) => value);
  return [
    ...settings.map(([name, value]) => `topic: ${name} ${value}`),
    ...(queryId === null ? [] : [`query id: ${queryId}`]),
    ...inferred.map(([role]) => `${role} columns come from a registry`),
    ...unresolved.map((what) => `unresolved: ${what}`),
  ];
}

function columns(sql: string): string {
  const [declaration] = foldAlters(parseStatements(sql)).filter(isDeclaration);
  const schema = declaration && resultSchema(declaration, context);
  if (schema === undefined) return "unknown";
  if (schema.length === 0) return "none";
  return schema
    .map(
      ({ name, type, role }) =>
        `${name} ${type === "unknown" ? "?" : printType(type)} ${role === "unknown" ? "?" : role}`,
    )
    .join("\n");
}

interface Case {
  readonly title: string;
  readonly sql: string;
  readonly expected: string;
}

function casesOf(text: string): readonly Case[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [title = "", ...lines] = block.trimEnd().split("\n");
      const at = lines.findIndex((line) => line.startsWith("--- "));
      const sql = (at === -1 ? lines : lines.slice(0, at)).join("\n");
      return { title, sql, expected: at === -1 ? "" : lines.slice(at).join("\n") };
    });
}

const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
if (process.env.UPDATE_GOLDEN === "1") {
  for (const file of files) {
    const cases = casesOf(read(file)).map(({ title, sql }) => `=== ${title}\n${sql}\n${outcome(sql)}\n`);
    writeFileSync(new URL(file, folder), cases.join("\n"));
  }
}

it("holds at least 200 statements", () => {
  expect(files.flatMap((file) => casesOf(read(file))).length).toBeGreaterThanOrEqual(200);
});

describe.each(files)("%s", (file) => {
  it.each(casesOf(read(file)))("$title", ({ sql, expected }) => {
    expect(outcome(sql)).toBe(expected);
  });
});
