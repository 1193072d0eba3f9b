import type { DataType, Expression, Statement, Unparsed } from "./ast.ts";
import { parseAlter, parseControl, parseDrop, parseInsert, parseSetting } from "./changes.ts";
import { parseCreate } from "./create.ts";
import { Cursor, ParseFailure } from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parseDescribe, parseExplainedQuery, parseList, parseOther } from "./inspect.ts";
import { nearest, nonReservedStarters, reservedStarters } from "./keywords.ts";
import { tokenize } from "./lexer.ts";
import { brokenTokenMessage } from "./mistakes.ts";
import { nowhere, problemAt, type SyntaxProblem } from "./position.ts";
import { parseQuery } from "./query.ts";
import type { Token } from "./tokens.ts";
import { parseType } from "./types.ts";

const starters = [...reservedStarters, ...nonReservedStarters, "SELECT"];

/**
 * Every statement of a text, in order; the last `;` may be missing. What can't be understood comes back as
 * `unparsed` with the reason, and its neighbours are parsed all the same. Never throws.
 */
export function parseStatements(text: string): readonly (Statement | Unparsed)[] {
  const tokens = tokenize(text);
  const end = tokens.at(-1);
  if (end === undefined) return [];
  const results: (Statement | Unparsed)[] = [];
  let first = 0;
  tokens.forEach((token, at) => {
    const closes = token === end || (token.kind === "symbol" && token.value === ";");
    if (!closes) return;
    if (at > first) results.push(...parseSlice(text, tokens.slice(first, at), token));
    first = at + 1;
  });
  return results;
}

/** The one statement of a text; none, or more than one, is `unparsed`. Never throws. */
export function parseStatement(text: string): Statement | Unparsed {
  const [first, second] = parseStatements(text);
  if (first === undefined) return unparsed(text, [], problemAt(text, nowhere, "expected a statement"));
  if (second === undefined || first.kind === "unparsed") return first;
  const error = problemAt(text, second.span, "expected one statement, found a second");
  return { kind: "unparsed", text, error, span: { start: 0, end: text.length } };
}

/** A type on its own, as in the structured form of a stream. Never throws. */
export function parseTypeText(text: string): DataType | SyntaxProblem {
  return parseWhole(text, parseType);
}

/** An expression on its own. Never throws. */
export function parseExpressionText(text: string): Expression | SyntaxProblem {
  return parseWhole(text, parseExpression);
}

function parseWhole<T>(text: string, rule: (cursor: Cursor) => T): T | SyntaxProblem {
  const tokens = tokenize(text);
  const end = tokens.at(-1);
  if (end === undefined) return problemAt(text, nowhere, "expected some text");
  const cursor = new Cursor(tokens.slice(0, -1), end);
  const [result, failure] = run(() => {
    const value = rule(cursor);
    return cursor.isAtEnd() ? value : cursor.fail("expected nothing more");
  });
  return failure === undefined ? result : problemOf(text, failure);
}

function problemOf(text: string, { message, hint, token }: ParseFailure): SyntaxProblem {
  return problemAt(text, token.span, message, hint);
}

function run<T>(rule: () => T): [T, undefined] | [undefined, ParseFailure] {
  try {
    return [rule(), undefined];
  } catch (failure) {
    if (failure instanceof ParseFailure) return [undefined, failure];
    throw failure;
  }
}

/** One statement up to its `;`, or several where semicolons were forgotten. */
function parseSlice(text: string, tokens: readonly Token[], end: Token): (Statement | Unparsed)[] {
  // What looks like a comment to its author is no reason to refuse the statement behind it.
  const behindComments = tokens.findIndex((token) => token.kind !== "broken" || token.value !== "comment");
  const comments = behindComments === -1 ? tokens : tokens.slice(0, behindComments);
  const results: (Statement | Unparsed)[] = comments.map((token) => refuseComment(text, token));
  let rest = tokens.slice(comments.length);
  while (rest.length > 0) {
    const [statement, failure] = run(() => parseOne(new Cursor(rest, end)));
    if (failure === undefined) return [...results, statement];
    const boundary = missingSemicolon(text, rest, failure.token);
    const starter = boundary === undefined ? undefined : rest[boundary];
    if (starter === undefined) return [...results, unparsed(text, rest, problemOf(text, failure))];
    const head = rest.slice(0, boundary);
    const [, headFailure] = run(() => parseOne(new Cursor(head, starter)));
    const message = `expected ';' before ${starter.value}`;
    const missing = problemAt(text, starter.span, message, "end every statement with a semicolon");
    results.push(unparsed(text, head, headFailure ? problemOf(text, headFailure) : missing));
    rest = rest.slice(boundary);
  }
  return results;
}

function refuseComment(text: string, token: Token): Unparsed {
  const { message, hint } = brokenTokenMessage(token) ?? { message: "expected a statement" };
  return unparsed(text, [token], problemAt(text, token.span, message, hint));
}

/** Where the next statement begins, if the text failed because the one before it wasn't closed. */
function missingSemicolon(text: string, tokens: readonly Token[], failed: Token): number | undefined {
  let depth = 0;
  let previous: Token | undefined;
  for (const [at, token] of tokens.entries()) {
    if (token.span.start > failed.span.start) return undefined;
    if (token.kind === "symbol" && token.value === "(") depth += 1;
    if (token.kind === "symbol" && token.value === ")") depth -= 1;
    const isInside = previous === undefined || previous.value === "EXPLAIN" || depth !== 0;
    if (!isInside && token.kind === "word") {
      if (reservedStarters.has(token.value)) return at;
      const gap = text.slice(previous?.span.end, token.span.start);
      if (nonReservedStarters.has(token.value) && gap.includes("\n")) return at;
    }
    previous = token;
  }
  return undefined;
}

function unparsed(text: string, tokens: readonly Token[], error: SyntaxProblem): Unparsed {
  const start = tokens[0]?.span.start ?? 0;
  const span = { start, end: tokens.at(-1)?.span.end ?? start };
  return { kind: "unparsed", text: text.slice(span.start, span.end), error, span };
}

function parseOne(cursor: Cursor): Statement {
  const statement = parseAny(cursor);
  if (!cursor.isAtEnd()) cursor.fail("expected ';'");
  return statement;
}

function parseAny(cursor: Cursor): Statement {
  const start = cursor.peek();
  if (cursor.isWord("SELECT")) {
    const query = parseQuery(cursor);
    return { kind: "query", query, span: query.span };
  }
  if (start.kind !== "word") return cursor.fail("expected a statement");
  cursor.next();
  switch (start.value) {
    case "CREATE":
      return parseCreate(cursor, start);
    case "INSERT":
      return parseInsert(cursor, start);
    case "DROP":
      return parseDrop(cursor, start);
    case "ALTER":
      return parseAlter(cursor, start);
    case "TERMINATE":
      return parseControl(cursor, start, "terminate");
    case "PAUSE":
      return parseControl(cursor, start, "pause");
    case "RESUME":
      return parseControl(cursor, start, "resume");
    case "SET":
    case "UNSET":
    case "DEFINE":
    case "UNDEFINE":
      return parseSetting(cursor, start);
    case "LIST":
    case "SHOW":
      return parseList(cursor, start);
    case "DESCRIBE":
      return parseDescribe(cursor, start);
    case "PRINT":
    case "ASSERT":
    case "RUN":
      return parseOther(cursor, start);
    case "EXPLAIN":
      return parseExplain(cursor, start);
    default:
      return unknownStatement(cursor, start);
  }
}

function parseExplain(cursor: Cursor, start: Token): Statement {
  const first = cursor.peek();
  const isStatement = first.kind === "word" && starters.includes(first.value);
  if (!isStatement) return parseExplainedQuery(cursor, start);
  cursor.descend();
  const statement = parseAny(cursor);
  cursor.ascend();
  return { kind: "explain", statement, span: cursor.spanFrom(start) };
}

function unknownStatement(cursor: Cursor, start: Token): never {
  const meant = nearest(start.value, starters);
  return cursor.fail("expected a statement", meant && `did you mean ${meant}?`, start);
}
