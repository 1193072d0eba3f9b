import { describe, expect, it } from "vitest";
import {
  parseStatements,
  printStatement,
  withoutComments,
  withoutSpans,
} from "../../../src/ksql/syntax/index.ts";
import recorded from "../fixtures/recorded-statements.json" with { type: "json" };

// What a real server (ksqlDB 7.9.0) called a syntax error, with the place it named.
const refused: Record<string, string> = {
  "036-describe-extended-old-syntax": "1:10",
  "194-double-quoted-with": "1:61",
  "210-syntax-error": "1:8",
  "228c-multi-statement-syntax-error-second": "1:90",
  "299-reserved-word-column": "1:41",
  "311-query-stream-syntax": "1:1",
  "518-unquoted-hyphen": "1:17",
  // The "statement" in the server's error about a variable that isn't defined.
  "${NOPE}": "1:1",
};

describe("every statement that was recorded from a server, sent or sent back", () => {
  it.each(recorded)("$transcript: $sql", ({ transcript, sql }) => {
    const errors = parseStatements(sql).flatMap((it) =>
      it.kind === "unparsed" ? [`${it.error.line}:${it.error.column}`] : [],
    );
    const expected = refused[sql] ?? refused[transcript];
    expect(errors).toEqual(expected === undefined ? [] : [expected]);
  });

  it("prints as what parses to the same tree", () => {
    for (const { sql } of recorded) {
      const statements = parseStatements(sql).filter((it) => it.kind !== "unparsed");
      const text = statements.map((it) => `${printStatement(it)};`).join("\n");
      expect(withoutSpans(parseStatements(text))).toEqual(withoutSpans(statements));
    }
  });

  it("means the same without its comments, at the same places", () => {
    for (const { sql } of recorded) {
      expect(parseStatements(withoutComments(sql)).map((it) => it.span)).toEqual(
        parseStatements(sql).map((it) => it.span),
      );
    }
  });
});

it("blanks comments, and an empty one doesn't swallow the next line", () => {
  expect(withoutComments("a -- b;\n--\nc /* d\n e */ 'f--g'")).toBe("a      \n  \nc     \n      'f--g'");
});
