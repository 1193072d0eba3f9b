import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parseExpressionText,
  parseStatement,
  parseTypeText,
  printExpression,
  printStatement,
  printType,
  withoutSpans,
} from "../../../src/ksql/syntax/index.ts";
import { dataType, expression, statement } from "../arbitrary.ts";

describe("parsing what was printed gives the same tree", { timeout: 60_000 }, () => {
  it("of expressions", () => {
    fc.assert(
      fc.property(expression, (tree) => {
        expect(withoutSpans(parseExpressionText(printExpression(tree)))).toEqual(tree);
      }),
      { numRuns: 1000 },
    );
  });

  it("of types", () => {
    fc.assert(
      fc.property(dataType, (tree) => {
        expect(withoutSpans(parseTypeText(printType(tree)))).toEqual(tree);
      }),
    );
  });

  it("of statements", () => {
    fc.assert(
      fc.property(statement, (tree) => {
        expect(withoutSpans(parseStatement(printStatement(tree)))).toEqual(tree);
      }),
      { numRuns: 1000 },
    );
  });
});
