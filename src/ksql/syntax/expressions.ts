import type { BinaryOperator, Expression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parsePrimary } from "./primary.ts";
import type { Token } from "./tokens.ts";

/** How closely operators bind; the numbers grow towards the operand. */
const binding = { or: 1, and: 2, not: 3, predicate: 4, concat: 5, sum: 6, product: 7, sign: 8, timeZone: 9 };

const binary: Readonly<Record<string, readonly [BinaryOperator, number]>> = {
  OR: ["OR", binding.or],
  AND: ["AND", binding.and],
  "=": ["=", binding.predicate],
  "<>": ["<>", binding.predicate],
  "<": ["<", binding.predicate],
  "<=": ["<=", binding.predicate],
  ">": [">", binding.predicate],
  ">=": [">=", binding.predicate],
  "||": ["||", binding.concat],
  "+": ["+", binding.sum],
  "-": ["-", binding.sum],
  "*": ["*", binding.product],
  "/": ["/", binding.product],
  "%": ["%", binding.product],
};

/** `expression` of ksqlDB's grammar: OR, AND, NOT, then one predicate over values. */
export function parseExpression(cursor: Cursor): Expression {
  return parseOperators(cursor, binding.or);
}

/** `valueExpression`: arithmetic and `||`, no predicate outside of parentheses. */
export function parseValue(cursor: Cursor): Expression {
  return parseOperators(cursor, binding.concat);
}

/** Operators that bind at least as closely as `floor`. One function for all, as nesting costs stack. */
function parseOperators(cursor: Cursor, floor: number): Expression {
  cursor.descend();
  const start = cursor.peek();
  let left = parseOperand(cursor, floor, start);
  // Predicates don't chain: `a = b = c` needs parentheses.
  let ceiling = binding.timeZone;
  while (true) {
    const level = levelOf(cursor);
    if (level === undefined || level < floor || level > ceiling) break;
    left = parseRest(cursor, start, left, level);
    if (level === binding.predicate) ceiling = binding.not;
    cursor.limitHeight(left);
  }
  cursor.ascend();
  return left;
}

/** A sign binds closer than `*` and looser than AT TIME ZONE; a minus before a number belongs to the number. */
function parseOperand(cursor: Cursor, floor: number, start: Token): Expression {
  if (floor <= binding.not && cursor.acceptWords("NOT")) {
    const operand = parseOperators(cursor, binding.not);
    return { kind: "not", operand, span: cursor.spanFrom(start) };
  }
  const isNumber = ["integer", "decimal", "double"].includes(cursor.peek(1).kind);
  const sign = cursor.isSymbol("+") ? "+" : cursor.isSymbol("-") && !isNumber ? "-" : undefined;
  if (sign === undefined) return parsePrimary(cursor);
  cursor.next();
  const operand = parseOperators(cursor, binding.sign);
  return { kind: "sign", sign, operand, span: cursor.spanFrom(start) };
}

const predicates = ["IS", "NOT", "BETWEEN", "IN", "LIKE"];

/** How closely the next operator binds, if there is one. */
function levelOf(cursor: Cursor): number | undefined {
  const { kind, value } = cursor.peek();
  if (kind !== "symbol" && kind !== "word") return undefined;
  const operator = Object.hasOwn(binary, value) ? binary[value] : undefined;
  if (operator !== undefined) return operator[1];
  if (kind !== "word") return undefined;
  if (value === "AT") return binding.timeZone;
  return predicates.includes(value) ? binding.predicate : undefined;
}

/** What follows the left operand of the next operator. */
function parseRest(cursor: Cursor, start: Token, left: Expression, level: number): Expression {
  const { value } = cursor.peek();
  const operator = binary[value]?.[0];
  if (operator !== undefined) {
    cursor.next();
    if (operator === "=" && cursor.isSymbol("=")) cursor.fail("expected a value", "write = once");
    const right = parseOperators(cursor, level + 1);
    return { kind: "binary", operator, left, right, span: cursor.spanFrom(start) };
  }
  if (value !== "AT") return parsePredicate(cursor, start, left);
  cursor.next();
  cursor.expectWord(["TIME"], "after AT");
  cursor.expectWord(["ZONE"], "after AT TIME");
  const zone = cursor.expectString("a time zone");
  return { kind: "time-zone", value: left, zone, span: cursor.spanFrom(start) };
}

function parsePredicate(cursor: Cursor, start: Token, value: Expression): Expression {
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
  cursor.expectWord(negated ? ["BETWEEN", "IN", "LIKE"] : ["LIKE"], "after NOT");
  const pattern = parseValue(cursor);
  const escaped = cursor.acceptWords("ESCAPE") ? cursor.expectString("one character") : null;
  return { kind: "like", negated, value, pattern, escape: escaped, span: cursor.spanFrom(start) };
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
