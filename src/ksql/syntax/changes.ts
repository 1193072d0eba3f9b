import type { Column, SourceType, Statement } from "./ast.ts";
import { parseSourceName, parseWith } from "./create.ts";
import type { Cursor } from "./cursor.ts";
import { parseValue } from "./expressions.ts";
import { parseQuery } from "./query.ts";
import type { Token } from "./tokens.ts";
import { parseType } from "./types.ts";

/** INSERT INTO ... SELECT or VALUES. */
export function parseInsert(cursor: Cursor, start: Token): Statement {
  cursor.expectWord(["INTO"], "after INSERT");
  const target = parseSourceName(cursor, "the name of the stream");
  const hasColumns = cursor.acceptSymbol("(");
  const columns = hasColumns ? cursor.list(")", "column", () => cursor.expectIdentifier("a column")) : [];
  if (hasColumns && cursor.isWord("SELECT")) {
    cursor.fail("expected VALUES after the columns", "columns of an INSERT ... SELECT are matched by name");
  }
  if (cursor.acceptWords("VALUES")) {
    cursor.expectSymbol("(", "after VALUES");
    const values = cursor.acceptSymbol(")") ? [] : cursor.list(")", "value", () => parseValue(cursor));
    return { kind: "insert-values", target, columns, values, span: cursor.spanFrom(start) };
  }
  const properties = parseWith(cursor);
  if (!cursor.isWord("SELECT")) cursor.expectWord(["SELECT", "VALUES"], "after the name of the stream");
  const query = parseQuery(cursor);
  return { kind: "insert-select", target, with: properties, query, span: cursor.spanFrom(start) };
}

const droppable = ["stream", "table", "type", "connector"] as const;

export function parseDrop(cursor: Cursor, start: Token): Statement {
  const word = cursor.expectWord(["STREAM", "TABLE", "TYPE", "CONNECTOR"], "after DROP");
  const type = droppable.find((it) => it.toUpperCase() === word) ?? "connector";
  const ifExists = cursor.acceptWords("IF", "EXISTS");
  const name = parseSourceName(cursor, `the name of the ${type}`);
  const isSource = type === "stream" || type === "table";
  const deleteTopic = isSource && cursor.acceptWords("DELETE");
  if (deleteTopic) cursor.expectWord(["TOPIC"], "after DELETE");
  return { kind: "drop", type, ifExists, name, deleteTopic, span: cursor.spanFrom(start) };
}

export function parseControl(
  cursor: Cursor,
  start: Token,
  action: "terminate" | "pause" | "resume",
): Statement {
  const all = cursor.acceptWords("ALL");
  const query = all ? null : cursor.expectIdentifier("the id of a query, or ALL");
  return { kind: "control", action, query, span: cursor.spanFrom(start) };
}

export function parseAlter(cursor: Cursor, start: Token): Statement {
  const word = cursor.expectWord(["STREAM", "TABLE", "SYSTEM"], "after ALTER");
  if (word === "SYSTEM") {
    const property = cursor.expectString("the name of a property");
    cursor.expectSymbol("=", "after the property");
    const value = cursor.expectString("the value of the property");
    return { kind: "alter-system", property, value, span: cursor.spanFrom(start) };
  }
  const type: SourceType = word === "STREAM" ? "stream" : "table";
  const name = parseSourceName(cursor, `the name of the ${type}`);
  const columns = [parseAddColumn(cursor)];
  while (cursor.acceptSymbol(",")) columns.push(parseAddColumn(cursor));
  return { kind: "alter-source", type, name, columns, span: cursor.spanFrom(start) };
}

/** `ADD [COLUMN] name type`, where COLUMN may be the name. */
function parseAddColumn(cursor: Cursor): Column {
  cursor.expectWord(["ADD"], "and a column");
  const start = cursor.peek();
  const column = (): Column => {
    const name = cursor.expectIdentifier("the name of a column");
    return { name, type: parseType(cursor), constraint: { kind: "none" }, span: cursor.spanFrom(start) };
  };
  const behindKeyword = (): Column => {
    cursor.expectWord(["COLUMN"], "after ADD");
    return column();
  };
  if (!cursor.isWord("COLUMN")) return column();
  const namedColumn = (): Column => {
    const result = column();
    return cursor.isAtEnd() || cursor.isSymbol(",") ? result : cursor.fail("expected ','");
  };
  return cursor.attempt(behindKeyword) ?? cursor.attempt(namedColumn) ?? behindKeyword();
}

/** SET, UNSET, DEFINE and UNDEFINE, which configure the statements that follow them in a file. */
export function parseSetting(cursor: Cursor, start: Token): Statement {
  switch (start.value) {
    case "SET": {
      const property = parseSettingText(cursor, "the name of a property");
      cursor.expectSymbol("=", "after the property", "as in SET 'auto.offset.reset'='earliest'");
      const value = parseSettingText(cursor, "the value of the property");
      return { kind: "set", property, value, span: cursor.spanFrom(start) };
    }
    case "UNSET": {
      const property = parseSettingText(cursor, "the name of a property");
      return { kind: "unset", property, span: cursor.spanFrom(start) };
    }
    case "DEFINE": {
      const variable = parseVariableName(cursor);
      cursor.expectSymbol("=", "after the variable", "as in DEFINE name = 'purchases'");
      const value = cursor.expectString("the value of the variable");
      return { kind: "define", variable, value, span: cursor.spanFrom(start) };
    }
    default:
      return { kind: "undefine", variable: parseVariableName(cursor), span: cursor.spanFrom(start) };
  }
}

function parseSettingText(cursor: Cursor, what: string): string {
  return cursor.peek().kind === "variable" ? cursor.next().value : cursor.expectString(what);
}

/** Variables keep the case in which they are written. */
function parseVariableName(cursor: Cursor): string {
  const token = cursor.peek();
  if (token.kind !== "word" || !cursor.isIdentifier()) cursor.fail("expected the name of a variable");
  return cursor.next().text;
}
