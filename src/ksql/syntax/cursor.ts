import type { Expression, Identifier } from "./ast.ts";
import { isReserved, nearest } from "./keywords.ts";
import { brokenTextHint, brokenTokenMessage } from "./mistakes.ts";
import type { Span } from "./position.ts";
import { describe, type Token } from "./tokens.ts";
import { childrenOf } from "./walk.ts";

/** Carries a problem out of the recursive descent; caught in statements.ts, and never seen outside. */
export class ParseFailure extends Error {
  readonly hint: string | undefined;
  readonly token: Token;

  constructor(message: string, hint: string | undefined, token: Token) {
    super(message);
    this.hint = hint;
    this.token = token;
  }
}

// More than a statement has, and far less than what exhausts the stack of the functions that walk trees. Chains count
// as well, since ksqlDB gives `a OR b OR c` back as `((a OR b) OR c)`.
const maximalDepth = 500;

/** A place in the tokens of one statement, and the ways to go on from it or to say why not. */
export class Cursor {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #at = 0;
  #depth = 0;
  readonly #heights = new WeakMap<Expression, number>();

  /** `end` stands behind the last token. */
  constructor(tokens: readonly Token[], end: Token) {
    this.#tokens = tokens;
    this.#end = end;
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? this.#end;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "word" && token.value === word;
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "symbol" && token.value === symbol;
  }

  isIdentifier(ahead = 0): boolean {
    const { kind, value } = this.peek(ahead);
    return kind === "quoted" || kind === "variable" || (kind === "word" && !isReserved(value));
  }

  /** Takes the words if all of them are next. */
  acceptWords(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.isWord(word, ahead))) return false;
    this.#at += words.length;
    return true;
  }

  acceptSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#at += 1;
    return true;
  }

  /** Takes one of the words. `place` is for the message: "after CREATE". */
  expectWord(words: readonly string[], place: string): string {
    const token = this.peek();
    if (token.kind === "word" && words.includes(token.value)) return this.next().value;
    const wanted = words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
    const meant = token.kind === "word" ? nearest(token.value, words) : undefined;
    return this.fail(`expected ${wanted} ${place}`, meant && `did you mean ${meant}?`);
  }

  expectSymbol(symbol: string, place: string, hint?: string): void {
    if (!this.acceptSymbol(symbol)) this.fail(`expected '${symbol}' ${place}`, hint);
  }

  expectString(what: string): string {
    if (this.peek().kind === "string") return this.next().value;
    const { kind, value } = this.peek();
    const hint = kind === "quoted" || kind === "word" ? `write '${value.replaceAll("'", "''")}'` : undefined;
    return this.fail(`expected ${what} in single quotes`, hint);
  }

  expectIdentifier(what: string): Identifier {
    const token = this.peek();
    if (this.isIdentifier()) {
      this.next();
      return { name: token.value, span: token.span };
    }
    if (token.kind === "word") {
      this.fail(`expected ${what}`, `${token.value} is a reserved word; as a name, write \`${token.value}\``);
    }
    if (token.kind === "digits-word" || token.kind === "integer") {
      this.fail(`expected ${what}`, `a name that begins with a digit is quoted: \`${token.text}\``);
    }
    if (token.kind === "string") {
      this.fail(`expected ${what}`, "single quotes hold text; quote a name with `...`");
    }
    return this.fail(`expected ${what}`);
  }

  /** Items between commas, up to `close`, which is taken, too. */
  list<T>(close: string, what: string, item: () => T): readonly T[] {
    const items = [item()];
    while (this.acceptSymbol(",")) {
      if (this.isSymbol(close)) this.fail(`expected another ${what}`, "remove the comma before it");
      items.push(item());
    }
    this.expectSymbol(close, `or ',' after the ${what}`);
    return items;
  }

  /** Around every rule that may contain itself. */
  descend(): void {
    this.#depth += 1;
    if (this.#depth > maximalDepth) this.fail(`nested more than ${maximalDepth} deep`);
  }

  ascend(): void {
    this.#depth -= 1;
  }

  /** Refuses what is a deep tree without being nested in the text, as a long chain of operators. */
  limitHeight(expression: Expression): void {
    if (this.#height(expression) > maximalDepth) this.fail(`more than ${maximalDepth} operators in a row`);
  }

  #height(expression: Expression): number {
    const known = this.#heights.get(expression);
    if (known !== undefined) return known;
    let highest = 0;
    for (const child of childrenOf(expression)) highest = Math.max(highest, this.#height(child));
    this.#heights.set(expression, highest + 1);
    return highest + 1;
  }

  /** Runs a rule, and goes back to where it began if it fails. */
  attempt<T>(rule: () => T): T | undefined {
    const [at, depth] = [this.#at, this.#depth];
    try {
      return rule();
    } catch (failure) {
      if (!(failure instanceof ParseFailure)) throw failure;
      this.#at = at;
      this.#depth = depth;
      return undefined;
    }
  }

  /** From the start of a token or node up to the token that was taken last. */
  spanFrom(start: { readonly span: Span }): Span {
    const last = this.#tokens[this.#at - 1] ?? start;
    return { start: start.span.start, end: Math.max(last.span.end, start.span.end) };
  }

  /** Gives up at the next token, or at the one given. What was expected is contrasted with what was found. */
  fail(message: string, hint?: string, token: Token = this.peek()): never {
    const found = message.startsWith("expected ") ? `, found ${describe(token)}` : "";
    const before = this.#tokens[this.#at - 1];
    const said = brokenTokenMessage(token) ?? {
      message: `${message}${found}`,
      hint: hint ?? brokenTextHint(before, token),
    };
    throw new ParseFailure(said.message, said.hint, token);
  }
}
