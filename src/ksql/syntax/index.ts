/**
 * ksqlDB's statements: text to syntax tree and back. Pure, and nothing in it throws, whatever the text.
 *
 * - `parseStatements(text)`: every statement of a file; `parseStatement(text)`: exactly one. What isn't understood
 *   is `{ kind: "unparsed", text, error }`, with line, column and a hint, and is unverifiable.
 * - `parseTypeText`, `parseExpressionText`: a type or an expression alone; a problem has a `message`.
 * - `printStatement(statement)`: several lines, no semicolon, made for line diffs. Parsing it again gives the same
 *   tree but for the spans (`withoutSpans`).
 * - `withoutComments(text)`: what to send to a server, with every line and column as it was.
 *
 * Names in the tree are ksqlDB's: upper-cased unless quoted. Time units are plural, `!=` is `<>`.
 */
export type * from "./ast.ts";
export { type Head, headOf } from "./head.ts";
export { withoutComments } from "./lexer.ts";
export { printName } from "./names.ts";
export { nowhere, problemAt, type Span, type SyntaxProblem, withoutSpans } from "./position.ts";
export { printColumn, printStatement } from "./print.ts";
export { printExpression, printLiteral, printType } from "./print-expression.ts";
export { printQuery } from "./print-query.ts";
export { parseExpressionText, parseStatement, parseStatements, parseTypeText } from "./statements.ts";
export { childrenOf, mapChildren } from "./walk.ts";
