import type { Column, ColumnConstraint, Property, SourceType, Statement } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { propertyValueHint } from "./mistakes.ts";
import { parseLiteral } from "./primary.ts";
import { parseQuery } from "./query.ts";
import type { Token } from "./tokens.ts";
import { parseType } from "./types.ts";

/** CREATE of a stream, a table, a type or a connector; CREATE is taken already. */
export function parseCreate(cursor: Cursor, start: Token): Statement {
  const orReplace = cursor.acceptWords("OR");
  if (orReplace) cursor.expectWord(["REPLACE"], "after CREATE OR");
  const sources = ["STREAM", "TABLE"];
  if (cursor.acceptWords("SOURCE")) {
    const what = cursor.expectWord(orReplace ? sources : [...sources, "CONNECTOR"], "after SOURCE");
    if (what === "CONNECTOR") return parseConnector(cursor, start, "source");
    return parseCreateSource(cursor, start, sourceType(what), orReplace, true);
  }
  if (orReplace) {
    const what = cursor.expectWord(sources, "after CREATE OR REPLACE");
    return parseCreateSource(cursor, start, sourceType(what), true, false);
  }
  if (cursor.acceptWords("SINK")) {
    cursor.expectWord(["CONNECTOR"], "after SINK");
    return parseConnector(cursor, start, "sink");
  }
  const what = cursor.expectWord([...sources, "TYPE"], "after CREATE");
  if (what === "TYPE") return parseCreateType(cursor, start);
  return parseCreateSource(cursor, start, sourceType(what), false, false);
}

function sourceType(word: string): SourceType {
  return word === "STREAM" ? "stream" : "table";
}

function acceptIfNotExists(cursor: Cursor): boolean {
  if (!cursor.isWord("IF") || !cursor.isWord("NOT", 1)) return false;
  cursor.acceptWords("IF", "NOT");
  cursor.expectWord(["EXISTS"], "after IF NOT");
  return true;
}

function parseCreateSource(
  cursor: Cursor,
  start: Token,
  type: SourceType,
  orReplace: boolean,
  readOnly: boolean,
): Statement {
  const ifNotExists = acceptIfNotExists(cursor);
  const name = parseSourceName(cursor, `the name of the ${type}`);
  const columns = cursor.acceptSymbol("(") ? cursor.list(")", "column", () => parseColumn(cursor)) : [];
  const properties = parseWith(cursor);
  const head = { type, orReplace, ifNotExists, name, with: properties };
  if (!cursor.acceptWords("AS")) {
    return { kind: "create-source", ...head, readOnly, columns, span: cursor.spanFrom(start) };
  }
  if (columns.length > 0) cursor.fail("expected no columns before AS", "the columns come from the SELECT");
  if (readOnly) cursor.fail("expected no SOURCE before AS", `a SOURCE ${type.toUpperCase()} reads a topic`);
  const query = parseQuery(cursor);
  return { kind: "create-as", ...head, query, span: cursor.spanFrom(start) };
}

/** A name, with the advice for a common slip: `my-stream` without quotes. */
export function parseSourceName(cursor: Cursor, what: string): ReturnType<Cursor["expectIdentifier"]> {
  const name = cursor.expectIdentifier(what);
  const next = cursor.peek();
  if (cursor.isSymbol("-") && next.span.start === name.span.end) {
    cursor.fail("a name can't hold a hyphen", "put the whole name in back quotes: `my-stream`");
  }
  return name;
}

function parseColumn(cursor: Cursor): Column {
  const start = cursor.peek();
  const name = cursor.expectIdentifier("the name of a column");
  const type = parseType(cursor);
  const constraint = parseConstraint(cursor);
  return { name, type, constraint, span: cursor.spanFrom(start) };
}

function parseConstraint(cursor: Cursor): ColumnConstraint {
  if (cursor.acceptWords("PRIMARY")) {
    cursor.expectWord(["KEY"], "after PRIMARY");
    return { kind: "primary-key" };
  }
  if (cursor.acceptWords("KEY")) return { kind: "key" };
  if (cursor.acceptWords("HEADERS")) return { kind: "headers" };
  if (cursor.acceptWords("HEADER")) {
    cursor.expectSymbol("(", "after HEADER", "as in HEADER('trace-id')");
    const key = cursor.expectString("the key of the header");
    cursor.expectSymbol(")", "to close HEADER");
    return { kind: "header", key };
  }
  if (cursor.isWord("NOT") || cursor.isWord("NULL") || cursor.isWord("DEFAULT")) {
    cursor.fail("expected ',' or ')' after the column", "ksqlDB's columns are nullable and have no default");
  }
  return { kind: "none" };
}

/** `WITH (KEY='value', ...)`, or nothing. */
export function parseWith(cursor: Cursor): readonly Property[] {
  if (!cursor.acceptWords("WITH")) return [];
  cursor.expectSymbol("(", "after WITH");
  return cursor.list(")", "property", () => parseProperty(cursor));
}

function parseProperty(cursor: Cursor): Property {
  const start = cursor.peek();
  const isText = start.kind === "string";
  const name = isText ? cursor.next().value : cursor.expectIdentifier("the name of a property").name;
  cursor.expectSymbol("=", `after ${name}`);
  const value = parseLiteral(cursor);
  if (value === undefined) {
    const token = cursor.peek();
    return cursor.fail(`expected the value of ${name}`, propertyValueHint(name, token));
  }
  return { name, value, span: cursor.spanFrom(start) };
}

function parseCreateType(cursor: Cursor, start: Token): Statement {
  const ifNotExists = acceptIfNotExists(cursor);
  const name = cursor.expectIdentifier("the name of the type");
  cursor.expectWord(["AS"], "after the name of the type");
  const type = parseType(cursor);
  return { kind: "create-type", ifNotExists, name, type, span: cursor.spanFrom(start) };
}

function parseConnector(cursor: Cursor, start: Token, role: "source" | "sink"): Statement {
  const ifNotExists = acceptIfNotExists(cursor);
  const name = cursor.expectIdentifier("the name of the connector");
  if (!cursor.isWord("WITH")) cursor.fail("expected WITH and the connector's config");
  const properties = parseWith(cursor);
  return {
    kind: "create-connector",
    role,
    ifNotExists,
    name,
    with: properties,
    span: cursor.spanFrom(start),
  };
}
