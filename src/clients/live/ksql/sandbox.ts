import { withoutComments } from "../../../ksql/syntax/index.ts";
import type { KsqlStatement } from "../../ksql.ts";
import type { Said } from "../../ksql-message.ts";
import { type Place, placeIn } from "../../ksql-place.ts";
import type { KsqlError } from "./refusal.ts";
import { subjectOf } from "./subject.ts";

/** Statements in one request that the server validates one after the other, and executes none of. */
export interface SandboxRequest {
  readonly text: string;
  /** The stream that the last statement drops, and that isn't there. */
  readonly probe: string;
  readonly pieces: readonly Piece[];
  /** A place in the request as a place in a statement of it. */
  placeIn(statement: number, said: Said): Place | undefined;
}

/** One statement of the request, on lines of its own. */
interface Piece {
  readonly text: string;
  /** Whose it is; undefined for the last one. */
  readonly statement: number | undefined;
  /** Whether it is the statement itself, and not a SET for it. */
  readonly own: boolean;
  /** From 1. */
  readonly line: number;
  readonly lines: number;
}

/**
 * The request. Comments are blanked out: ksqlDB's lexer takes the line after an empty `--` for a part of it,
 * and a last statement that is swallowed makes the others be executed. A request has one set of properties for all of its statements, so those of a statement are
 * set before it and unset after it: the sandbox follows SET and UNSET as an execution does.
 */
export function requestOf(statements: readonly KsqlStatement[], probe: string): SandboxRequest {
  const parts = [
    ...statements.flatMap(({ text, properties }, statement) => [
      ...Object.entries(properties).map(([key, value]) => ({
        text: `SET ${quoted(key)}=${quoted(value)};`,
        statement,
        own: false,
      })),
      { text: withoutComments(text), statement, own: true },
      ...Object.keys(properties).map((key) => ({ text: `UNSET ${quoted(key)};`, statement, own: false })),
    ]),
    { text: `DROP STREAM ${probe};`, statement: undefined, own: false },
  ];
  let next = 1;
  const pieces = parts.map((part): Piece => {
    const lines = part.text.split("\n").length;
    const line = next;
    next += lines;
    return { ...part, line, lines };
  });
  return {
    text: parts.map(({ text }) => text).join("\n"),
    probe,
    pieces,
    placeIn(statement, said) {
      const piece = pieces.find((it) => it.own && it.statement === statement);
      return piece && placeIn(piece.text, said, piece.line);
    },
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Which statement an error is about: the only one with this text, the one at this place, or the only one
 * that does the same to the same; undefined where none of these tells.
 */
export function statementOf({ pieces, text }: SandboxRequest, refused: KsqlError): number | undefined {
  const said = refused.statementText;
  if (said !== undefined && said.trim() !== text.trim()) {
    const same = only(pieces.filter((it) => it.text.trim() === said.trim()));
    if (same !== undefined) return same;
    // A CREATE comes back rewritten, its kind and name the same.
    const subject = subjectOf(said);
    const alike = only(
      pieces.filter((it) => it.own && subject && subjectOf(it.text)?.commandId === subject.commandId),
    );
    if (alike !== undefined) return alike;
  }
  const { line } = refused.said;
  return line === undefined
    ? undefined
    : pieces.find((it) => it.line <= line && line < it.line + it.lines)?.statement;
}

function only(pieces: readonly Piece[]): number | undefined {
  const owners = new Set(pieces.map(({ statement }) => statement));
  return owners.size === 1 ? [...owners][0] : undefined;
}
