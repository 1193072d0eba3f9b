import { tokenize } from "../../../ksql/syntax/lexer.ts";
import type { Token } from "../../../ksql/syntax/tokens.ts";

/** What a statement changes, and so where its effect can be looked for. */
export interface Subject {
  readonly kind: "source" | "query" | "type";
  /** As the server has it. */
  readonly name: string;
  /**
   * The server's name for the command, in `/status`: `stream/`X`/create` with backticks for CREATE and for
   * INSERT INTO (of its sink), without them for everything else. The last command of a name counts.
   */
  readonly commandId: string;
}

/** The subject of a statement that goes through ksqlDB's command topic; undefined for any other. */
export function subjectOf(text: string): Subject | undefined {
  const tokens = tokenize(text);
  let at = 0;
  const isWord = (token: Token | undefined, word: string) => token?.kind === "word" && token.value === word;
  const is = (...words: readonly string[]) => {
    const found = words.every((word, offset) => isWord(tokens[at + offset], word));
    if (found) at += words.length;
    return found;
  };
  const name = () => {
    const token = tokens[at];
    return token?.kind === "word" || token?.kind === "quoted" ? token.value : undefined;
  };

  if (is("CREATE")) {
    is("OR", "REPLACE");
    is("SOURCE");
    const kind = sourceKind(is);
    const isType = kind === undefined && is("TYPE");
    is("IF", "NOT", "EXISTS");
    if (kind !== undefined) return source(name(), (it) => `${kind}/\`${it}\`/create`);
    return isType ? type(name(), "create") : undefined;
  }
  if (is("DROP")) {
    const kind = sourceKind(is);
    const isType = kind === undefined && is("TYPE");
    is("IF", "EXISTS");
    if (kind !== undefined) return source(name(), (it) => `${kind}/${it}/drop`);
    return isType ? type(name(), "drop") : undefined;
  }
  if (is("ALTER")) {
    const kind = sourceKind(is);
    return kind && source(name(), (it) => `${kind}/${it}/alter`);
  }
  if (is("INSERT", "INTO")) return source(name(), (it) => `stream/\`${it}\`/create`);
  const verb = ["TERMINATE", "PAUSE", "RESUME"].find((it) => is(it));
  const id = name()?.toUpperCase();
  if (verb === undefined || id === undefined || isWord(tokens[at], "ALL")) return undefined;
  return { kind: "query", name: id, commandId: `${verb.toLowerCase()}/${id}/execute` };
}

function sourceKind(is: (keyword: string) => boolean): "stream" | "table" | undefined {
  if (is("STREAM")) return "stream";
  return is("TABLE") ? "table" : undefined;
}

function source(name: string | undefined, commandId: (name: string) => string): Subject | undefined {
  return name === undefined ? undefined : { kind: "source", name, commandId: commandId(name) };
}

function type(name: string | undefined, action: "create" | "drop"): Subject | undefined {
  return name === undefined ? undefined : { kind: "type", name, commandId: `type/${name}/${action}` };
}
