import type { Expression, Identifier, Join, Query, Relation, SelectItem } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression, parseValue } from "./expressions.ts";
import { parsePrimary } from "./primary.ts";
import { parseWholeNumber, parseWindow, parseWithin } from "./windows.ts";

const clauses = ["WINDOW", "WHERE", "GROUP", "PARTITION", "HAVING", "EMIT", "LIMIT"];

/** SELECT ... up to LIMIT. The clauses have a fixed order. */
export function parseQuery(cursor: Cursor): Query {
  const start = cursor.peek();
  cursor.expectWord(["SELECT"], "here");
  if (cursor.isWord("DISTINCT"))
    cursor.fail("expected a column", "ksqlDB has no SELECT DISTINCT; GROUP BY instead");
  const select = [parseSelectItem(cursor)];
  while (cursor.acceptSymbol(",")) {
    if (cursor.isWord("FROM")) cursor.fail("expected another column", "remove the comma before it");
    select.push(parseSelectItem(cursor));
  }
  cursor.expectWord(["FROM"], "after the columns of SELECT");
  const from = parseRelation(cursor);
  const joins: Join[] = [];
  for (let join = parseJoin(cursor); join !== undefined; join = parseJoin(cursor)) joins.push(join);
  const query = {
    select,
    from,
    joins,
    window: cursor.acceptWords("WINDOW") ? parseWindow(cursor) : null,
    where: cursor.acceptWords("WHERE") ? parseExpression(cursor) : null,
    groupBy: cursor.acceptWords("GROUP") ? parseGrouping(cursor, "GROUP") : null,
    partitionBy: cursor.acceptWords("PARTITION") ? parseGrouping(cursor, "PARTITION") : null,
    having: cursor.acceptWords("HAVING") ? parseExpression(cursor) : null,
    emit: cursor.acceptWords("EMIT") ? parseEmit(cursor) : null,
    limit: cursor.acceptWords("LIMIT") ? parseWholeNumber(cursor, "the limit") : null,
    span: cursor.spanFrom(start),
  };
  refuseMisplacedClause(cursor);
  return query;
}

function refuseMisplacedClause(cursor: Cursor): void {
  const { kind, value } = cursor.peek();
  if (kind !== "word") return;
  if (value === "ORDER") cursor.fail("expected the end of the query", "ksqlDB has no ORDER BY");
  if (!clauses.includes(value)) return;
  const order = "FROM, WINDOW, WHERE, GROUP BY, PARTITION BY, HAVING, EMIT, LIMIT";
  cursor.fail(`${value} is in the wrong place or given twice`, `the order is ${order}`);
}

function parseEmit(cursor: Cursor): "changes" | "final" {
  return cursor.expectWord(["CHANGES", "FINAL"], "after EMIT") === "CHANGES" ? "changes" : "final";
}

function parseSelectItem(cursor: Cursor): SelectItem {
  const start = cursor.peek();
  if (cursor.acceptSymbol("*")) return { kind: "star", source: null, span: start.span };
  if (cursor.isIdentifier() && cursor.isSymbol(".", 1) && cursor.isSymbol("*", 2)) {
    const source = cursor.expectIdentifier("a source");
    cursor.next();
    cursor.next();
    return { kind: "star", source, span: cursor.spanFrom(start) };
  }
  const structStar = cursor.attempt(() => {
    const base = parsePrimary(cursor);
    cursor.expectSymbol("->", "before *");
    cursor.expectSymbol("*", "after ->");
    return base;
  });
  if (structStar !== undefined)
    return { kind: "struct-star", base: structStar, span: cursor.spanFrom(start) };
  const expression = parseExpression(cursor);
  const named = cursor.acceptWords("AS") || cursor.isIdentifier();
  const alias = named ? cursor.expectIdentifier("the name of the column") : null;
  return { kind: "expression", expression, alias, span: cursor.spanFrom(start) };
}

function parseRelation(cursor: Cursor): Relation {
  if (cursor.isSymbol("(")) cursor.fail("expected a stream or a table", "ksqlDB has no nested SELECT");
  const source = cursor.expectIdentifier("a stream or a table");
  return { source, alias: parseAlias(cursor), span: cursor.spanFrom(source) };
}

/** EMIT and PARTITION may be names: what follows decides, as it does for ksqlDB's parser. */
function parseAlias(cursor: Cursor): Identifier | null {
  if (cursor.acceptWords("AS")) return cursor.expectIdentifier("another name for the source");
  const isClause =
    (cursor.isWord("EMIT") && (cursor.isWord("CHANGES", 1) || cursor.isWord("FINAL", 1))) ||
    (cursor.isWord("PARTITION") && cursor.isWord("BY", 1));
  if (isClause || !cursor.isIdentifier()) return null;
  return cursor.expectIdentifier("another name for the source");
}

function parseJoin(cursor: Cursor): Join | undefined {
  const start = cursor.peek();
  const type = parseJoinType(cursor);
  if (type === undefined) return undefined;
  const relation = parseRelation(cursor);
  const within = cursor.acceptWords("WITHIN") ? parseWithin(cursor) : null;
  cursor.expectWord(["ON"], "and the condition of the join");
  const on = parseExpression(cursor);
  return { type, relation, within, on, span: cursor.spanFrom(start) };
}

function parseJoinType(cursor: Cursor): Join["type"] | undefined {
  if (cursor.acceptWords("JOIN")) return "inner";
  for (const [word, type] of [
    ["INNER", "inner"],
    ["LEFT", "left"],
    ["RIGHT", "right"],
    ["FULL", "full"],
  ] as const) {
    if (!cursor.acceptWords(word)) continue;
    if (type !== "inner") cursor.acceptWords("OUTER");
    cursor.expectWord(["JOIN"], `after ${word}`);
    return type;
  }
  return undefined;
}

/** `a, b` or `(a, b)`; `(a)` and `(a) + 1, b` are the former, which ksqlDB's parser tries first, too. */
function parseGrouping(cursor: Cursor, clause: string): readonly Expression[] {
  cursor.expectWord(["BY"], `after ${clause}`);
  const inParentheses = cursor.attempt(() => {
    cursor.expectSymbol("(", "here");
    if (cursor.acceptSymbol(")")) return [];
    const items = cursor.list(")", "expression", () => parseValue(cursor));
    return items.length > 1 ? items : cursor.fail("one expression");
  });
  if (inParentheses !== undefined) return inParentheses;
  const items = [parseValue(cursor)];
  while (cursor.acceptSymbol(",")) items.push(parseValue(cursor));
  return items;
}
