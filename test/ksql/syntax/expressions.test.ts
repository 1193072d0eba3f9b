import { describe, expect, it } from "vitest";
import { parseExpressionText, printExpression } from "../../../src/ksql/syntax/index.ts";
import { grouped } from "./grouped.ts";

// Written, how ksqlDB's grammar groups it, how kpipe prints it.
const cases: readonly (readonly [string, string, string])[] = [
  ["a + b * c", "(A + (B * C))", "A + B * C"],
  ["(a + b) * c", "((A + B) * C)", "(A + B) * C"],
  ["a - b - c", "((A - B) - C)", "A - B - C"],
  ["a - (b - c)", "(A - (B - C))", "A - (B - C)"],
  ["a || b + c", "(A || (B + C))", "A || B + C"],
  ["a % 2 = 0", "((A % 2) = 0)", "A % 2 = 0"],
  ["a OR b AND c", "(A OR (B AND C))", "A OR B AND C"],
  ["(a OR b) AND c", "((A OR B) AND C)", "(A OR B) AND C"],
  ["NOT a AND b", "((NOT A) AND B)", "NOT A AND B"],
  ["NOT (a AND b)", "(NOT (A AND B))", "NOT (A AND B)"],
  ["NOT a = b", "(NOT (A = B))", "NOT A = B"],
  ["a != b", "(A <> B)", "A <> B"],
  ["(a = b) = (c = d)", "((A = B) = (C = D))", "(A = B) = (C = D)"],
  ["a BETWEEN 1 AND 2 AND b", "((A BETWEEN 1 AND 2) AND B)", "A BETWEEN 1 AND 2 AND B"],
  ["a NOT BETWEEN b + 1 AND 2", "(A NOT BETWEEN (B + 1) AND 2)", "A NOT BETWEEN B + 1 AND 2"],
  ["a IN (1, b + 2, 'x')", "(A IN (1, (B + 2), 'x'))", "A IN (1, B + 2, 'x')"],
  ["a LIKE 'x!_%' ESCAPE '!'", "(A LIKE 'x!_%' ESCAPE '!')", "A LIKE 'x!_%' ESCAPE '!'"],
  ["a IS NULL OR b IS NOT NULL", "((A IS NULL) OR (B IS NOT NULL))", "A IS NULL OR B IS NOT NULL"],
  ["a IS NOT DISTINCT FROM b + 1", "(A IS NOT DISTINCT FROM (B + 1))", "A IS NOT DISTINCT FROM B + 1"],
  ["-5", "-5", "-5"],
  ["- 5", "-5", "-5"],
  ["-(5)", "(- 5)", "-(5)"],
  ["- -5", "(- -5)", "- -5"],
  ["+5", "(+ 5)", "+5"],
  ["-a * b", "((- A) * B)", "-A * B"],
  ["a -5", "(A - 5)", "A - 5"],
  ["a - - b", "(A - (- B))", "A - -B"],
  ["-a AT TIME ZONE 'UTC'", "(- (A AT TIME ZONE 'UTC'))", "-A AT TIME ZONE 'UTC'"],
  ["1.50", "1.50", "1.50"],
  [".5 + 1. + 1e3 + 1.5E-3", "(((.5 + 1.) + 1e3) + 1.5E-3)", ".5 + 1. + 1e3 + 1.5E-3"],
  ["a->b->c", "((A->B)->C)", "A->B->C"],
  ["a.b->c[1]['x']", "(((A.B->C)[1])['x'])", "A.B->C[1]['x']"],
  ["(a + b)[1]", "((A + B)[1])", "(A + B)[1]"],
  ['`a`."b c"', "`a`.`b c`", "`a`.`b c`"],
  ["`A`", "A", "A"],
  ["'it''s'", "'it''s'", "'it''s'"],
  ["count(*)", "COUNT(*)", "COUNT(*)"],
  ["count()", "COUNT()", "COUNT()"],
  ["timestampadd(SECOND, 5, ts)", "TIMESTAMPADD(SECOND, 5, TS)", "TIMESTAMPADD(SECOND, 5, TS)"],
  ["timestampadd(SECONDS, 5, ts)", "TIMESTAMPADD(unit SECONDS, 5, TS)", "TIMESTAMPADD(SECONDS, 5, TS)"],
  ["transform(a, x => x + 1)", "TRANSFORM(A, ((X) => (X + 1)))", "TRANSFORM(A, X => X + 1)"],
  ["reduce(a, 0, (s, x) => s + x)", "REDUCE(A, 0, ((S, X) => (S + X)))", "REDUCE(A, 0, (S, X) => S + X)"],
  ["array[1, 2][1]", "(ARRAY[1, 2][1])", "ARRAY[1, 2][1]"],
  ["map('a' := 1, 'b' := a or b)", "MAP('a' := 1, 'b' := (A OR B))", "MAP('a' := 1, 'b' := A OR B)"],
  ["struct(a := 1, `b` := 2)", "STRUCT(A := 1, `b` := 2)", "STRUCT(A := 1, `b` := 2)"],
  [
    "CASE WHEN a > 1 THEN 'x' WHEN b THEN 'y' ELSE 'z' END",
    "(CASE WHEN (A > 1) THEN 'x' WHEN B THEN 'y' ELSE 'z' END)",
    "CASE WHEN A > 1 THEN 'x' WHEN B THEN 'y' ELSE 'z' END",
  ],
  ["CASE a WHEN 1 THEN 2 END", "(CASE A WHEN 1 THEN 2 END)", "CASE A WHEN 1 THEN 2 END"],
  ["CAST(a AS varchar(255))", "CAST(A AS VARCHAR(255))", "CAST(A AS VARCHAR(255))"],
  ["CAST(a AS int array)", "CAST(A AS ARRAY<INT>)", "CAST(A AS ARRAY<INT>)"],
  [`\${limit} * 2`, `(\${limit} * 2)`, `\${limit} * 2`],
  ["a /* b */ + -- c\n d", "(A + D)", "A + D"],
  ["true AND null", "(TRUE AND NULL)", "TRUE AND NULL"],
];

describe("an expression groups as in ksqlDB's grammar and prints with the fewest parentheses", () => {
  it.each(cases)("%s", (written, groups, printed) => {
    const expression = parseExpressionText(written);
    if ("message" in expression) expect.fail(expression.message);
    expect(grouped(expression)).toBe(groups);
    expect(printExpression(expression)).toBe(printed);
  });
});

it("knows where in the text each node stands", () => {
  const text = "  a + (b * 'c')";
  const expression = parseExpressionText(text);
  if ("message" in expression || expression.kind !== "binary") return expect.fail();
  const at = ({ span }: typeof expression.left) => text.slice(span.start, span.end);
  expect([expression, expression.left, expression.right].map(at)).toEqual(["a + (b * 'c')", "a", "b * 'c'"]);
});
