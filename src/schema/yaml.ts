import { Composer, CST, type Document, LineCounter, type ParsedNode, Parser } from "yaml";
import { type Diagnostic, error } from "../core/errors.ts";
import type { Report } from "../core/kind.ts";
import { buildTree, type Locate, maxDepth } from "./build.ts";
import type { Node } from "./node.ts";
import type { Variables } from "./references.ts";
import { syntaxMessage } from "./syntax-message.ts";

/** A broken file breaks in many places; the first few say it. */
const maxFaults = 10;

/** One YAML document as a tree with places, null where it is empty; undefined where it is reported as broken. */
export function parseYaml(
  file: string,
  text: string,
  variables: Variables,
  report: Report,
): Node | undefined {
  const tokens = [...new Parser().parse(text)];
  const place = locator(file, text);
  const deep = tokens.map((token) => tooDeep(token, maxDepth)).find((it) => it !== undefined);
  if (deep !== undefined) {
    report(error("KP1005", `more than ${maxDepth} levels deep`, { position: place(deep) }));
    return undefined;
  }
  const documents = compose(tokens, text.length);
  const faults = documents.flatMap((it) => syntaxFaults(it, tokens, text, place));
  const causes = faults.filter(({ message }, index) => index === 0 || !message.includes("in YAML stream"));
  for (const fault of oncePerLine(causes).slice(0, maxFaults)) report(fault);
  if (faults.length > 0) return undefined;
  const [first, second] = documents;
  if (second) {
    report(
      error("KP1001", "a second document begins here", {
        position: place(second.contents?.range[0] ?? second.range[0]),
        next: "Keep one document in a file; several files go with several -f, or in a directory.",
      }),
    );
    return undefined;
  }
  if (!first?.contents) return { type: "scalar", value: null, text: "", position: place(0) };
  return buildTree(first.contents, { text, place, variables, report });
}

function compose(tokens: readonly CST.Token[], length: number): readonly Document.Parsed<ParsedNode>[] {
  // Duplicate keys are found while the tree is built, where both places are known.
  const composer = new Composer<ParsedNode>({
    version: "1.2",
    schema: "core",
    uniqueKeys: false,
    prettyErrors: false,
    keepSourceTokens: false,
  });
  return [...composer.compose(tokens, true, length)];
}

function locator(file: string, text: string): Locate {
  // The parser's own count misses lines of what it can't read.
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return (start, end = start + 1) => {
    const { line, col } = lines.linePos(start);
    const [first = ""] = text.slice(start, end).split(/[\r\n]/, 1);
    return {
      file,
      line,
      column: col,
      length: Math.max(1, first.trimEnd().length),
    };
  };
}

/** The offset of the first node that is nested deeper than `levels`. */
function tooDeep(token: CST.Token, levels: number): number | undefined {
  if (token.type === "document") return token.value && tooDeep(token.value, levels);
  if (!("items" in token)) return undefined;
  if (levels === 0) return token.offset;
  for (const { key, value } of token.items) {
    const offset = (key && tooDeep(key, levels - 1)) ?? (value && tooDeep(value, levels - 1));
    if (offset !== undefined) return offset;
  }
  return undefined;
}

function syntaxFaults(
  document: Document.Parsed,
  tokens: readonly CST.Token[],
  text: string,
  place: Locate,
): readonly Diagnostic[] {
  return [...document.errors, ...document.warnings].map(({ code, message, pos: [start, end] }) => {
    const quote = message.startsWith("Missing closing") ? openingOf(start, tokens) : undefined;
    const position = quote === undefined ? place(start, end) : place(quote);
    return error("KP1001", ...syntaxMessage(code, message, text.slice(start, end), position));
  });
}

/** Where the quotes open that are not closed before an offset. */
function openingOf(end: number, tokens: readonly CST.Token[]): number | undefined {
  let opening: number | undefined;
  function note(token: CST.Token | null | undefined): void {
    const quoted = token?.type === "double-quoted-scalar" || token?.type === "single-quoted-scalar";
    if (quoted && token.offset < end) opening = token.offset;
  }
  for (const token of tokens) {
    if (token.type !== "document") continue;
    CST.visit(token, ({ key, value }) => {
      note(key);
      note(value);
    });
  }
  return opening;
}

function oncePerLine(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  const lines = new Set<number | undefined>();
  return faults.filter(({ position }) => !lines.has(position?.line) && lines.add(position?.line));
}
