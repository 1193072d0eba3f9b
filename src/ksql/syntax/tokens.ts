import type { Span } from "./position.ts";

export type TokenKind =
  /** An unquoted name or a keyword; its value is upper-cased. */
  | "word"
  /** A name in back quotes or double quotes; its value has none. */
  | "quoted"
  /** `1abc`: a name by the grammar, refused by the server. */
  | "digits-word"
  /** `${name}`, replaced before the server parses. */
  | "variable"
  | "string"
  | "integer"
  | "decimal"
  | "double"
  | "symbol"
  /** Text that no statement can hold; `value` says what it is. */
  | "broken"
  | "end";

export type Breakage = "comment" | "open-comment" | "open-string" | "open-name" | "character";

export interface Token {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** What it means: upper-cased, without quotes and their escapes, `!=` as `<>`; a Breakage if broken. */
  readonly value: string;
  readonly span: Span;
}

/** A token in an error message. */
export function describe(token: Token): string {
  if (token.kind === "end") return "the end of the statement";
  const text = token.text.length > 30 ? `${token.text.slice(0, 27)}...` : token.text;
  return token.kind === "string" || token.kind === "quoted" ? text : `'${text}'`;
}
