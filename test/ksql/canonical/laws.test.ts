import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Canonical,
  canonicalize,
  contextAfter,
  differences,
  emptyContext,
  isDeclaration,
  readBack,
  resultSchema,
} from "../../../src/ksql/canonical/index.ts";
import {
  type Declaration,
  parseStatement,
  parseStatements,
  printStatement,
  withoutSpans,
} from "../../../src/ksql/syntax/index.ts";
import { statement } from "../arbitrary.ts";
import recorded from "../fixtures/recorded-statements.json" with { type: "json" };

// The generated statements read sources of these names.
const known = `
  CREATE TYPE address AS STRUCT<street VARCHAR, num INT>;
  CREATE STREAM a (id INT KEY, amount INT, ts TIMESTAMP, v1 address) WITH (KAFKA_TOPIC='a', VALUE_FORMAT='JSON');
  CREATE TABLE b (id INT PRIMARY KEY, amount BIGINT, a STRING) WITH (KAFKA_TOPIC='b', FORMAT='AVRO');
  CREATE STREAM amount (id INT KEY, ksql_col_0 INT) WITH (KAFKA_TOPIC='c', VALUE_FORMAT='JSON');`;
const full = parseStatements(known).reduce(
  (context, it) => (it.kind === "unparsed" ? context : contextAfter(it, context)),
  emptyContext,
);
const context = fc.constantFrom(full, emptyContext);
const declaration = statement.filter(isDeclaration);
const fromRecorded = fc.constantFrom(
  ...recorded.flatMap(({ sql }) => parseStatements(sql)).filter((it): it is Declaration => isDeclaration(it)),
);

function canonicalText(text: string, from: typeof full): Canonical {
  const canonical = readBack(text, from);
  return canonical.kind === "unparsed" ? expect.fail(`${canonical.error.message}\n${text}`) : canonical;
}

describe.each([
  ["generated", declaration, 120],
  ["recorded", fromRecorded, 60],
] as const)("of %s statements", { timeout: 60_000 }, (_, declarations, numRuns) => {
  it("a canonical form is its own canonical form", () => {
    fc.assert(
      fc.property(declarations, context, (given, from) => {
        const once = canonicalize(given, from);
        const twice = canonicalize(once.statement, from);
        expect(twice.text).toBe(once.text);
        expect(twice.statement).toEqual(once.statement);
      }),
      { numRuns },
    );
  });

  it("a canonical form, printed and parsed, is the same canonical form", () => {
    fc.assert(
      fc.property(declarations, context, (given, from) => {
        const canonical = canonicalize(given, from);
        const again = canonicalText(canonical.text, from);
        expect(again.text).toBe(canonical.text);
        expect(withoutSpans(parseStatement(canonical.text))).toEqual(canonical.statement);
        expect(differences(canonical, again)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it("what is shown of a statement means the same", () => {
    fc.assert(
      fc.property(declarations, context, (given, from) => {
        const canonical = canonicalize(given, from);
        expect(canonicalText(canonical.display, from).text).toBe(canonical.text);
      }),
      { numRuns },
    );
  });

  it("a statement means what its print means", () => {
    fc.assert(
      fc.property(declarations, context, (given, from) => {
        expect(canonicalText(printStatement(given), from)).toEqual(canonicalize(given, from));
      }),
      { numRuns },
    );
  });

  it("a statement gives the columns that its canonical form gives", () => {
    fc.assert(
      fc.property(declarations, context, (given, from) => {
        expect(resultSchema(canonicalize(given, from).statement, from)).toEqual(resultSchema(given, from));
      }),
      { numRuns },
    );
  });
});

describe("as deep as the parser goes, there is a canonical form", () => {
  const deep = 240;
  it.each([
    ["parentheses from the left", `${"(".repeat(deep)}id = 1${" OR id = 1)".repeat(deep)}`],
    ["parentheses from the right", `${"id = 1 AND (".repeat(deep)}id = 1${")".repeat(deep)}`],
    ["NOT", `${"NOT ".repeat(deep)}id = 1`],
    ["signs", `${"- ".repeat(deep)}id = 1`],
    ["calls", `${"abs(".repeat(deep)}id${")".repeat(deep)} = 1`],
    ["fields", `id${"->a".repeat(deep)} = 1`],
    ["CASE", `${"CASE WHEN id = 1 THEN ".repeat(deep)}1${" END".repeat(deep)} = 1`],
    ["lambdas", `f(id${", x => f(id".repeat(deep / 2)}${")".repeat(deep / 2)})`],
  ])("%s", (_, condition) => {
    const { text } = canonicalText(`CREATE STREAM s AS SELECT id FROM a WHERE ${condition};`, full);
    expect(canonicalText(text, full).text).toBe(text);
  });
});
