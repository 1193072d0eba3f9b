import type { Expression, TimeUnit } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { reservedTimeUnits } from "./keywords.ts";
import type { Token } from "./tokens.ts";

const plural: Readonly<Record<string, TimeUnit>> = {
  DAY: "DAYS",
  HOUR: "HOURS",
  MINUTE: "MINUTES",
  SECOND: "SECONDS",
  MILLISECOND: "MILLISECONDS",
  DAYS: "DAYS",
  HOURS: "HOURS",
  MINUTES: "MINUTES",
  SECONDS: "SECONDS",
  MILLISECONDS: "MILLISECONDS",
};

/** A unit by its name, singular or plural. */
export function timeUnit(name: string): TimeUnit | undefined {
  return plural[name];
}

/** A function's name and arguments; lambdas come last, and never first. */
export function parseCall(cursor: Cursor): Expression {
  const start = cursor.peek();
  const { name } = cursor.expectIdentifier("a function");
  cursor.expectSymbol("(", "after the function's name");
  if (cursor.acceptSymbol(")")) return call(cursor, start, name, false, []);
  if (cursor.isSymbol("*") && cursor.isSymbol(")", 1)) {
    cursor.next();
    cursor.next();
    return call(cursor, start, name, true, []);
  }
  if (cursor.isWord("DISTINCT")) {
    cursor.fail(`expected an argument of ${name}`, "ksqlDB counts distinct values with COUNT_DISTINCT(x)");
  }
  if (lambdaFollows(cursor))
    cursor.fail("expected a value", `a lambda can't be the first argument of ${name}`);
  let sawLambda = false;
  const args = cursor.list(")", "argument", () => {
    if (lambdaFollows(cursor)) {
      sawLambda = true;
      return parseLambda(cursor);
    }
    if (sawLambda) cursor.fail("expected a lambda", "lambdas are the last arguments");
    return parseUnit(cursor) ?? parseExpression(cursor);
  });
  return call(cursor, start, name, false, args);
}

function call(
  cursor: Cursor,
  start: Token,
  name: string,
  star: boolean,
  args: readonly Expression[],
): Expression {
  return { kind: "call", name, star, arguments: args, span: cursor.spanFrom(start) };
}

function parseUnit(cursor: Cursor): Expression | undefined {
  const token = cursor.peek();
  const unit =
    token.kind === "word" && reservedTimeUnits.has(token.value) ? timeUnit(token.value) : undefined;
  if (unit === undefined) return undefined;
  cursor.next();
  return { kind: "unit", unit, span: token.span };
}

/** Whether `x =>` or `(x, y) =>` is next. */
function lambdaFollows(cursor: Cursor): boolean {
  if (cursor.isIdentifier()) return cursor.isSymbol("=>", 1);
  if (!cursor.isSymbol("(")) return false;
  let ahead = 1;
  while (cursor.isIdentifier(ahead) && cursor.isSymbol(",", ahead + 1)) ahead += 2;
  return cursor.isIdentifier(ahead) && cursor.isSymbol(")", ahead + 1) && cursor.isSymbol("=>", ahead + 2);
}

function parseLambda(cursor: Cursor): Expression {
  const start = cursor.peek();
  const parameter = () => cursor.expectIdentifier("a parameter of the lambda").name;
  const parameters = cursor.acceptSymbol("(") ? cursor.list(")", "parameter", parameter) : [parameter()];
  cursor.expectSymbol("=>", "after the parameters of the lambda");
  const body = parseExpression(cursor);
  return { kind: "lambda", parameters, body, span: cursor.spanFrom(start) };
}
