import type { Breakage, Token, TokenKind } from "./tokens.ts";

interface Rule {
  readonly pattern: RegExp;
  readonly kind: TokenKind | "skipped";
  readonly value?: (text: string) => string;
}

const unquoted = (text: string): string => {
  const quote = text.charAt(0);
  return text.slice(1, -1).replaceAll(quote + quote, quote);
};

const broken = (pattern: RegExp, breakage: Breakage): Rule => ({
  pattern,
  kind: "broken",
  value: () => breakage,
});

/**
 * The longest match wins and, among equals, the earlier rule, as in ANTLR. Two things differ from ksqlDB's lexer:
 * a comment of nothing but `--` ends at its line (ksqlDB's swallows the next line, too), and `#` and `//`, which
 * no statement can hold, are one token up to the end of the line, so that an apostrophe behind them is harmless.
 */
const rules: readonly Rule[] = [
  { pattern: /[ \r\n\t]+/y, kind: "skipped" },
  { pattern: /--[^\r\n]*/y, kind: "skipped" },
  { pattern: /\/\*[\s\S]*?\*\//y, kind: "skipped" },
  { pattern: /[A-Za-z_][A-Za-z0-9_@]*/y, kind: "word", value: (text) => text.toUpperCase() },
  { pattern: /\d+/y, kind: "integer" },
  { pattern: /\d+\.\d*|\.\d+/y, kind: "decimal" },
  { pattern: /(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+/y, kind: "double" },
  { pattern: /\d[A-Za-z0-9_@]+/y, kind: "digits-word" },
  { pattern: /'[^']*(?:''[^']*)*'/y, kind: "string", value: unquoted },
  { pattern: /"[^"]*(?:""[^"]*)*"/y, kind: "quoted", value: unquoted },
  { pattern: /`[^`]*(?:``[^`]*)*`/y, kind: "quoted", value: unquoted },
  { pattern: /\$\{[A-Za-z_][A-Za-z0-9_@]*\}/y, kind: "variable" },
  { pattern: /!=|<>/y, kind: "symbol", value: () => "<>" },
  { pattern: /<=|>=|\|\||:=|->|=>|[=<>+\-*/%()[\],.;]/y, kind: "symbol" },
  broken(/(?:#|\/\/)[^\r\n]*/y, "comment"),
];

/** Tried where no rule matches: the rest of the text, or one character. */
const remains: readonly Rule[] = [
  broken(/'[\s\S]*/y, "open-string"),
  broken(/["`][\s\S]*/y, "open-name"),
  broken(/[\s\S]/uy, "character"),
];

function longestMatch(text: string, at: number, candidates: readonly Rule[]): [Rule, number] | undefined {
  let best: [Rule, number] | undefined;
  for (const rule of candidates) {
    rule.pattern.lastIndex = at;
    if (!rule.pattern.test(text)) continue;
    if (best === undefined || rule.pattern.lastIndex > best[1]) best = [rule, rule.pattern.lastIndex];
  }
  return best;
}

/** Every token of the text, comments and white space left out, and an `end`. Never fails. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    if (text.startsWith("/*", at) && !text.includes("*/", at + 2)) {
      const span = { start: at, end: text.length };
      tokens.push({ kind: "broken", text: text.slice(at), value: "open-comment", span });
      break;
    }
    const match = longestMatch(text, at, rules) ?? longestMatch(text, at, remains);
    if (match === undefined) break;
    const [rule, end] = match;
    if (rule.kind !== "skipped") {
      const written = text.slice(at, end);
      const value = rule.value === undefined ? written : rule.value(written);
      tokens.push({ kind: rule.kind, text: written, value, span: { start: at, end } });
    }
    at = end;
  }
  tokens.push({ kind: "end", text: "", value: "", span: { start: text.length, end: text.length } });
  return tokens;
}

/**
 * The same text with its comments (and a byte order mark) blanked out: lines and columns stay what they are.
 * Send this rather than the file: ksqlDB's lexer takes the line after an empty `--` for a comment.
 */
export function withoutComments(text: string): string {
  let result = "";
  let at = 0;
  for (const { span } of tokenize(text)) {
    result += text.slice(at, span.start).replaceAll(/[^\r\n\t]/g, " ");
    result += text.slice(span.start, span.end);
    at = span.end;
  }
  return result;
}
