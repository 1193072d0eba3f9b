import fc from "fast-check";
import { expect, it } from "vitest";
import {
  parseStatements,
  printStatement,
  withoutComments,
  withoutSpans,
} from "../../../src/ksql/syntax/index.ts";
import recorded from "../fixtures/recorded-statements.json" with { type: "json" };

const words =
  `CREATE OR REPLACE STREAM TABLE TYPE IF NOT EXISTS AS SELECT FROM WHERE GROUP BY PARTITION WITH ( ) [ ] , ; .
* / - + % = <> < > || -> => := 1 2.5 1e3 'text' "Name" \`name\` a b AND OR IN LIKE BETWEEN CASE WHEN THEN END CAST
ARRAY MAP STRUCT DECIMAL JOIN ON WITHIN WINDOW TUMBLING SIZE HOURS EMIT CHANGES INSERT INTO VALUES ALTER ADD COLUMN
DROP SET KEY # // -- /* */ ' \` \${x} EXPLAIN ASSERT PRINT LIST`.split(/\s+/);

/** Parses without throwing, and what parsed survives printing. */
function check(text: string): void {
  for (const statement of parseStatements(text)) {
    const { start, end } = statement.span;
    expect(start >= 0 && end >= start && end <= text.length).toBe(true);
    if (statement.kind === "unparsed") {
      expect(statement.error.offset).toBeLessThanOrEqual(text.length);
      continue;
    }
    const [again] = parseStatements(printStatement(statement));
    expect(withoutSpans(again)).toEqual(withoutSpans(statement));
  }
  expect(withoutComments(text)).toHaveLength(text.length);
}

it("takes any text", { timeout: 60_000 }, () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), check), { numRuns: 300 });
});

it("takes any words of the language", { timeout: 60_000 }, () => {
  const soup = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((list) => list.join(" "));
  fc.assert(fc.property(soup, check), { numRuns: 1000 });
});

it("takes real statements with a word removed, doubled or replaced", { timeout: 60_000 }, () => {
  const mutant = fc
    .tuple(fc.constantFrom(...recorded), fc.nat(), fc.constantFrom(...words, ""), fc.boolean())
    .map(([{ sql }, at, word, replace]) => {
      const parts = sql.split(/\b/);
      parts.splice(at % (parts.length + 1), replace ? 1 : 0, word);
      return parts.join("");
    });
  fc.assert(fc.property(mutant, check), { numRuns: 1000 });
});

const deep = 5_000;
it.each([
  ["parentheses", `SELECT ${"(".repeat(deep)}1${")".repeat(deep)} FROM a;`],
  ["brackets", `SELECT a${"[a".repeat(deep)} FROM a;`],
  ["NOT", `SELECT ${"NOT ".repeat(deep)}a FROM a;`],
  ["signs", `SELECT ${"- ".repeat(deep)}a FROM a;`],
  ["OR", `SELECT a${" OR a".repeat(deep)} FROM a;`],
  ["fields", `SELECT a${"->a".repeat(deep)} FROM a;`],
  ["types", `CREATE TYPE a AS ${"ARRAY<".repeat(deep)}INT${">".repeat(deep)};`],
  ["array suffixes", `CREATE TYPE a AS INT${" ARRAY".repeat(deep)};`],
  ["lambdas", `SELECT f(a${", x => f(a".repeat(deep)} FROM a;`],
  ["EXPLAIN", `${"EXPLAIN ".repeat(deep)} SELECT a FROM b;`],
  ["CREATE", "CREATE ".repeat(deep)],
  ["open quotes", "'\"`".repeat(deep)],
  ["open comments", "/*".repeat(deep)],
  ["foreign comments", "#\n".repeat(deep)],
])("gives up on %s without end", (_, text) => {
  expect(parseStatements(text).map((it) => it.kind)).toContain("unparsed");
});

it.each([
  ["a long chain", `a = 1${" OR a = 1".repeat(400)}`],
  ["the same as ksqlDB gives it back", `${"(".repeat(400)}a = 1${" OR a = 1)".repeat(400)}`],
])("takes %s", (_, condition) => {
  const text = `SELECT a FROM b WHERE ${condition};`;
  expect(parseStatements(text).map((it) => it.kind)).toEqual(["query"]);
  check(text);
});
