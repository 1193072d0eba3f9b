import type { Statement } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { printName, printText } from "./names.ts";
import type { Token } from "./tokens.ts";

const listable = [
  ["PROPERTIES"],
  ["TOPICS"],
  ["STREAMS"],
  ["TABLES"],
  ["FUNCTIONS"],
  ["CONNECTORS"],
  ["TYPES"],
  ["VARIABLES"],
  ["QUERIES"],
  ["ALL", "TOPICS"],
  ["SOURCE", "CONNECTORS"],
  ["SINK", "CONNECTORS"],
  ["CONNECTOR", "PLUGINS"],
];
const extendable = ["TOPICS", "STREAMS", "TABLES", "QUERIES"];

/** LIST or SHOW. */
export function parseList(cursor: Cursor, start: Token): Statement {
  const words = listable.find((candidate) => cursor.acceptWords(...candidate));
  if (words === undefined) {
    const first = [...new Set(listable.map(([word]) => word ?? ""))];
    cursor.expectWord(first, `after ${start.value}`);
    return cursor.fail(`expected something to ${start.value}`);
  }
  const extended = extendable.includes(words.at(-1) ?? "") && cursor.acceptWords("EXTENDED");
  return {
    kind: "inspect",
    words: [start.value, ...words, ...(extended ? ["EXTENDED"] : [])],
    span: cursor.spanFrom(start),
  };
}

export function parseDescribe(cursor: Cursor, start: Token): Statement {
  if (cursor.isWord("EXTENDED")) {
    const name = cursor.isIdentifier(1) ? cursor.peek(1).text : "x";
    cursor.fail("expected the name of a stream or a table", `EXTENDED comes last: DESCRIBE ${name} EXTENDED`);
  }
  const words = ["DESCRIBE"];
  const special = ["STREAMS", "FUNCTION", "CONNECTOR"].find((word) => cursor.isWord(word));
  const isName = special === "FUNCTION" && !cursor.isIdentifier(1);
  if (special !== undefined && !isName) words.push(cursor.next().value);
  if (special !== "STREAMS")
    words.push(printName(cursor.expectIdentifier("the name of a stream or a table").name));
  if ((special === undefined || special === "STREAMS" || isName) && cursor.acceptWords("EXTENDED")) {
    words.push("EXTENDED");
  }
  return { kind: "inspect", words, span: cursor.spanFrom(start) };
}

/** PRINT, ASSERT and RUN SCRIPT, taken word by word: kpipe never runs them. */
export function parseOther(cursor: Cursor, start: Token): Statement {
  const words = [start.value];
  // The name behind PRINT is a topic's, and keeps its case.
  if (start.value === "PRINT" && cursor.peek().kind === "word") words.push(cursor.next().text);
  if (cursor.isAtEnd()) cursor.fail(`expected more after ${start.value}`);
  while (!cursor.isAtEnd()) words.push(printToken(cursor));
  return { kind: "inspect", words, span: cursor.spanFrom(start) };
}

function printToken(cursor: Cursor): string {
  if (cursor.peek().kind === "broken") cursor.fail("expected a word");
  const { kind, value } = cursor.next();
  if (kind === "quoted") return printName(value);
  return kind === "string" ? printText(value) : value;
}

/** The id of a running query. */
export function parseExplainedQuery(cursor: Cursor, start: Token): Statement {
  const { name } = cursor.expectIdentifier("a statement or the id of a query");
  return { kind: "inspect", words: ["EXPLAIN", printName(name)], span: cursor.spanFrom(start) };
}
