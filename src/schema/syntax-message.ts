import type { ErrorCode } from "yaml";
import type { Position } from "../core/model.ts";

interface Advice {
  readonly position: Position;
  readonly next?: string;
}

/** The parser's finding in the user's words, and what helps. */
export function syntaxMessage(
  code: ErrorCode,
  message: string,
  text: string,
  position: Position,
): [message: string, advice: Advice] {
  const [words, next] = explain(code, message, text);
  return [words, next === undefined ? { position } : { position, next }];
}

function explain(code: ErrorCode, message: string, text: string): readonly [message: string, next?: string] {
  switch (code) {
    case "TAB_AS_INDENT":
      return ["a tab, where YAML takes only spaces", "Indent with spaces."];
    case "BAD_SCALAR_START":
      return [`a value can't begin with ${text.slice(0, 1)}`, "Put the value in quotes."];
    case "BLOCK_AS_IMPLICIT_KEY":
      return [
        "a second `:` on one line, or a line that is indented too far",
        "Put a value that holds `: ` in quotes, or give the line the indent of its neighbours.",
      ];
    case "MULTILINE_IMPLICIT_KEY":
    case "MISSING_CHAR":
      return message.startsWith("Missing closing")
        ? ["a quote opens and none closes it", "Close the quotes."]
        : [
            "a key without `:`, or a line that belongs to none",
            "Write `key: value`, with a blank after the colon.",
          ];
    case "BAD_DQ_ESCAPE":
      return [
        `${message.split(" ").at(-1)} is no escape`,
        "Write the backslash twice, or use single quotes.",
      ];
    case "BAD_INDENT":
      return [badIndent(message), "Compare the indent with the lines above."];
    case "TAG_RESOLVE_FAILED":
      return ["kpipe reads no tags here", "Remove what begins with `!`, or put it in quotes."];
    case "UNEXPECTED_TOKEN":
      return message.startsWith("Unexpected flow-map") || message.startsWith("Unexpected flow-seq")
        ? [
            "an opening bracket within a value",
            'Put the value in quotes; within { } and [ ] a reference needs them, as in "${var.name}".',
          ]
        : [lower(message), "Put the value in quotes, or mend the line."];
    default:
      return [lower(message)];
  }
}

function badIndent(message: string): string {
  const bracket = /end with a (\S)$/.exec(message)?.[1];
  if (bracket !== undefined) return `the bracket opened above needs its \`${bracket}\` before this`;
  return message.includes("same column") ? "this indent fits no line above" : lower(message);
}

/** The parser's own words, cut where they repeat a long piece of the file. */
function lower(message: string): string {
  const [first = ""] = message.split("\n");
  const short = first.length > 120 ? `${first.slice(0, 117)}...` : first;
  return short.charAt(0).toLowerCase() + short.slice(1);
}
