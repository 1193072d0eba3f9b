import type { CaseBranch, Expression, Literal } from "./ast.ts";
import { parseCall } from "./calls.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression, parseValue } from "./expressions.ts";
import type { Token } from "./tokens.ts";
import { parseType } from "./types.ts";

/** `primaryExpression`: what needs no parentheses, then any number of `[index]` and `->field`. */
export function parsePrimary(cursor: Cursor): Expression {
  const start = cursor.peek();
  let base = parseHead(cursor);
  while (true) {
    if (cursor.acceptSymbol("[")) {
      const index = parseValue(cursor);
      cursor.expectSymbol("]", "after the index");
      base = { kind: "subscript", base, index, span: cursor.spanFrom(start) };
    } else if (cursor.isSymbol("->") && !cursor.isSymbol("*", 1)) {
      cursor.next();
      const field = cursor.expectIdentifier("the name of a field after ->").name;
      base = { kind: "field", base, field, span: cursor.spanFrom(start) };
    } else {
      return base;
    }
    cursor.limitHeight(base);
  }
}

function parseHead(cursor: Cursor): Expression {
  const start = cursor.peek();
  if (cursor.acceptSymbol("(")) {
    const inner = parseExpression(cursor);
    if (cursor.isWord("SELECT")) cursor.fail("expected a value", "ksqlDB has no nested SELECT");
    cursor.expectSymbol(")", "to close the parenthesis");
    return inner;
  }
  if (cursor.acceptWords("CASE")) return parseCase(cursor, start);
  if (cursor.acceptWords("CAST")) return parseCast(cursor, start);
  if (cursor.isWord("ARRAY") && cursor.isSymbol("[", 1)) return parseArray(cursor);
  if (cursor.isWord("MAP") && cursor.isSymbol("(", 1)) return parseMap(cursor);
  if (cursor.isWord("STRUCT") && cursor.isSymbol("(", 1)) return parseStruct(cursor);
  const isName = cursor.isIdentifier() && (start.kind !== "variable" || nameFollows(cursor));
  if (!isName) return parseLiteral(cursor) ?? cursor.fail("expected a value", valueHint(cursor));
  if (cursor.isSymbol("(", 1)) return parseCall(cursor);
  const name = cursor.expectIdentifier("a column").name;
  if (cursor.peek().kind === "string") {
    return { kind: "typed", type: name, value: cursor.next().value, span: cursor.spanFrom(start) };
  }
  if (!cursor.isSymbol(".")) return { kind: "column", source: null, name, span: start.span };
  cursor.next();
  const column = cursor.expectIdentifier("a column after the dot").name;
  if (cursor.isSymbol(".")) cursor.fail("expected an operator", "reach into a STRUCT with ->, as in A->B");
  return { kind: "column", source: name, name: column, span: cursor.spanFrom(start) };
}

/** `${x}` is a literal unless it is used as a name. */
function nameFollows(cursor: Cursor): boolean {
  return cursor.isSymbol("(", 1) || cursor.isSymbol(".", 1) || cursor.peek(1).kind === "string";
}

function valueHint(cursor: Cursor): string | undefined {
  const { kind, value } = cursor.peek();
  if (kind !== "word") return undefined;
  if (value === "SELECT") return "ksqlDB has no nested SELECT";
  return `${value} is a reserved word; as a name, write \`${value}\``;
}

/** A literal, if one is next. */
export function parseLiteral(cursor: Cursor): Literal | undefined {
  const start = cursor.peek();
  const minus = cursor.isSymbol("-") ? 1 : 0;
  const token = cursor.peek(minus);
  const { kind } = token;
  if (kind === "integer" || kind === "decimal" || kind === "double") {
    if (minus === 1) cursor.next();
    cursor.next();
    const text = minus === 1 ? `-${token.text}` : token.text;
    return { kind: "number", text, form: kind, span: cursor.spanFrom(start) };
  }
  const { span } = start;
  if (start.kind === "string") return { kind: "string", value: cursor.next().value, span };
  if (start.kind === "variable") return { kind: "variable", name: cursor.next().value.slice(2, -1), span };
  if (cursor.acceptWords("NULL")) return { kind: "null", span };
  if (cursor.acceptWords("TRUE")) return { kind: "boolean", value: true, span };
  if (cursor.acceptWords("FALSE")) return { kind: "boolean", value: false, span };
  return undefined;
}

function parseCase(cursor: Cursor, start: Token): Expression {
  const operand = cursor.isWord("WHEN") ? null : parseValue(cursor);
  const branches: CaseBranch[] = [];
  do {
    cursor.expectWord(["WHEN"], "in CASE");
    const condition = parseExpression(cursor);
    cursor.expectWord(["THEN"], "after the condition of WHEN");
    branches.push({ condition, result: parseExpression(cursor) });
  } while (cursor.isWord("WHEN"));
  const otherwise = cursor.acceptWords("ELSE") ? parseExpression(cursor) : null;
  cursor.expectWord(["END"], "to close CASE");
  return { kind: "case", operand, branches, otherwise, span: cursor.spanFrom(start) };
}

function parseCast(cursor: Cursor, start: Token): Expression {
  cursor.expectSymbol("(", "after CAST");
  const value = parseExpression(cursor);
  cursor.expectWord(["AS"], "before the type of CAST");
  const type = parseType(cursor);
  cursor.expectSymbol(")", "to close CAST");
  return { kind: "cast", value, type, span: cursor.spanFrom(start) };
}

function parseArray(cursor: Cursor): Expression {
  const start = cursor.next();
  cursor.next();
  const elements = cursor.acceptSymbol("]") ? [] : cursor.list("]", "element", () => parseExpression(cursor));
  return { kind: "array", elements, span: cursor.spanFrom(start) };
}

function parseMap(cursor: Cursor): Expression {
  const start = cursor.next();
  cursor.next();
  const entry = () => {
    const key = parseExpression(cursor);
    cursor.expectSymbol(":=", "between key and value of a MAP");
    return { key, value: parseExpression(cursor) };
  };
  const entries = cursor.acceptSymbol(")") ? [] : cursor.list(")", "entry", entry);
  return { kind: "map", entries, span: cursor.spanFrom(start) };
}

function parseStruct(cursor: Cursor): Expression {
  const start = cursor.next();
  cursor.next();
  const field = () => {
    const { name } = cursor.expectIdentifier("the name of a field");
    cursor.expectSymbol(":=", "between name and value of a STRUCT's field");
    return { name, value: parseExpression(cursor) };
  };
  const fields = cursor.acceptSymbol(")") ? [] : cursor.list(")", "field", field);
  return { kind: "struct", fields, span: cursor.spanFrom(start) };
}
