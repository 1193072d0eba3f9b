import { tokenize } from "./lexer.ts";

/** What a statement declares, as its first words tell; of an INSERT the stream that it writes. */
export interface Head {
  readonly kind: "stream" | "table" | "type" | "insert";
  readonly name: string;
}

/** The head of a statement of which the rest need not be understood; undefined if it declares nothing. */
export function headOf(text: string): Head | undefined {
  const tokens = tokenize(text);
  let at = 0;
  const accept = (...words: readonly string[]): boolean => {
    const fits = words.every((word, offset) => {
      const token = tokens[at + offset];
      return token?.kind === "word" && token.value === word;
    });
    if (fits) at += words.length;
    return fits;
  };
  const named = (kind: Head["kind"]): Head | undefined => {
    accept("IF", "NOT", "EXISTS");
    const token = tokens[at];
    return token?.kind === "word" || token?.kind === "quoted" ? { kind, name: token.value } : undefined;
  };
  if (accept("INSERT", "INTO")) return named("insert");
  if (!accept("CREATE")) return undefined;
  accept("OR", "REPLACE");
  accept("SOURCE");
  if (accept("STREAM")) return named("stream");
  if (accept("TABLE")) return named("table");
  return accept("TYPE") ? named("type") : undefined;
}
