/** A piece of the text: offsets in UTF-16 units, `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The span of a node that wasn't read from a text, as in a canonical form. */
export const nowhere: Span = { start: 0, end: 0 };

/** What is wrong with a text. Lines and columns count from 1, as ksqlDB's own; `length` is for a caret line. */
export interface SyntaxProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly length: number;
  readonly hint?: string;
}

function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

export function problemAt(text: string, span: Span, message: string, hint?: string): SyntaxProblem {
  const length = Math.max(1, span.end - span.start);
  return {
    message,
    ...positionAt(text, span.start),
    offset: span.start,
    length,
    ...(hint !== undefined && { hint }),
  };
}

/** The same tree with every span `nowhere`: equal for texts that differ in layout only. */
export function withoutSpans<T>(node: T): T {
  return JSON.parse(JSON.stringify(node, (key, value) => (key === "span" ? nowhere : value)));
}
