import type { BinaryOperator, Expression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parsePrimary } from "./primary.ts";
import type { Token } from "./tokens.ts";

// A chain `a OR b OR ...` is a tree as deep as it is long, and what walks trees does so recursively.
const longestChain = 1000;

/** `expression` of ksqlDB's grammar: OR, AND, NOT, then one predicate over values. */
export function parseExpression(cursor: Cursor): Expression {
  return cursor.nested(() =>
    chain(cursor, ["OR"], () => chain(cursor, ["AND"], () => parseNegation(cursor))),
  );
}

/** `valueExpression`: arithmetic and `||`, no predicate. */
export function parseValue(cursor: Cursor): Expression {
  return cursor.nested(() =>
    chain(cursor, ["||"], () =>
      chain(cursor, ["+", "-"], () => chain(cursor, ["*", "/", "%"], () => parseSigned(cursor))),
    ),
  );
}

function chain(cursor: Cursor, operators: readonly BinaryOperator[], operand: () => Expression): Expression {
  const start = cursor.peek();
  let left = operand();
  for (let length = 1; ; length += 1) {
    const operator = operators.find((it) => cursor.isSymbol(it) || cursor.isWord(it));
    if (operator === undefined) return left;
    if (length > longestChain) cursor.fail(`more than ${longestChain} operators in a row`);
    cursor.next();
    const right = operand();
    left = { kind: "binary", operator, left, right, span: cursor.spanFrom(start) };
  }
}

function parseNegation(cursor: Cursor): Expression {
  const start = cursor.peek();
  if (!cursor.acceptWords("NOT")) return parsePredicate(cursor);
  const operand = cursor.nested(() => parseNegation(cursor));
  return { kind: "not", operand, span: cursor.spanFrom(start) };
}

const comparisons: readonly BinaryOperator[] = ["=", "<>", "<=", ">=", "<", ">"];

function parsePredicate(cursor: Cursor): Expression {
  const start = cursor.peek();
  const value = parseValue(cursor);
  const operator = comparisons.find((it) => cursor.isSymbol(it));
  if (operator !== undefined) {
    cursor.next();
    if (cursor.isSymbol("=")) cursor.fail("expected a value", operator === "=" ? "write = once" : undefined);
    const right = parseValue(cursor);
    return { kind: "binary", operator, left: value, right, span: cursor.spanFrom(start) };
  }
  if (cursor.acceptWords("IS")) return parseIs(cursor, start, value);
  const negated = cursor.acceptWords("NOT");
  if (cursor.acceptWords("BETWEEN")) {
    const low = parseValue(cursor);
    cursor.expectWord(["AND"], "between the bounds of BETWEEN");
    const high = parseValue(cursor);
    return { kind: "between", negated, value, low, high, span: cursor.spanFrom(start) };
  }
  if (cursor.acceptWords("IN")) {
    cursor.expectSymbol("(", "after IN");
    const options = cursor.list(")", "value", () => parseExpression(cursor));
    return { kind: "in", negated, value, options, span: cursor.spanFrom(start) };
  }
  if (cursor.acceptWords("LIKE")) {
    const pattern = parseValue(cursor);
    const escaped = cursor.acceptWords("ESCAPE") ? cursor.expectString("one character") : null;
    return { kind: "like", negated, value, pattern, escape: escaped, span: cursor.spanFrom(start) };
  }
  if (negated) cursor.fail("expected BETWEEN, IN or LIKE after NOT");
  return value;
}

function parseIs(cursor: Cursor, start: Token, value: Expression): Expression {
  const negated = cursor.acceptWords("NOT");
  if (cursor.expectWord(["NULL", "DISTINCT"], negated ? "after IS NOT" : "after IS") === "NULL") {
    return { kind: "is-null", negated, value, span: cursor.spanFrom(start) };
  }
  cursor.expectWord(["FROM"], "after IS DISTINCT");
  const right = parseValue(cursor);
  return { kind: "distinct", negated, left: value, right, span: cursor.spanFrom(start) };
}

/** A sign binds closer than `*` and looser than AT TIME ZONE; a minus before a number belongs to the number. */
function parseSigned(cursor: Cursor): Expression {
  const start = cursor.peek();
  const isNumber = ["integer", "decimal", "double"].includes(cursor.peek(1).kind);
  const sign = cursor.isSymbol("+") ? "+" : cursor.isSymbol("-") && !isNumber ? "-" : undefined;
  if (sign === undefined) return parseInTimeZone(cursor);
  cursor.next();
  const operand = cursor.nested(() => parseSigned(cursor));
  return { kind: "sign", sign, operand, span: cursor.spanFrom(start) };
}

function parseInTimeZone(cursor: Cursor): Expression {
  const start = cursor.peek();
  let value = parsePrimary(cursor);
  for (let length = 1; cursor.acceptWords("AT"); length += 1) {
    if (length > longestChain) cursor.fail(`more than ${longestChain} time zones in a row`);
    cursor.expectWord(["TIME"], "after AT");
    cursor.expectWord(["ZONE"], "after AT TIME");
    const zone = cursor.expectString("a time zone");
    value = { kind: "time-zone", value, zone, span: cursor.spanFrom(start) };
  }
  return value;
}
