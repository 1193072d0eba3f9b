import type { ClusterState, KsqlServerState } from "../state.ts";

/** What became of one statement. */
export type Answer =
  | { readonly refused: Refusal }
  | {
      /** As in the server's `commandStatus`, or its warning. */
      readonly message: string;
      readonly queryId: string | undefined;
      /** The statement as the server gives it back. */
      readonly statementText: string;
      /** It was there already, and nothing was done. */
      readonly warning?: true;
    };

export interface Refusal {
  /** ksqlDB's error code; its HTTP status is a hundredth of it. */
  readonly code: number;
  readonly message: string;
}

export function refused(code: number, message: string): { readonly refused: Refusal } {
  return { refused: { code, message } };
}

/** Code 40001: what is wrong with a statement. */
export function badStatement(message: string): { readonly refused: Refusal } {
  return refused(40001, message);
}

/** One statement being executed. */
export interface Work {
  readonly cluster: ClusterState;
  readonly ksql: KsqlServerState;
  /** The text that the statement's spans are of. */
  readonly text: string;
  /** The statement's own text with its semicolon. */
  readonly raw: string;
  readonly properties: Readonly<Record<string, string>>;
  /** What the recording can't judge of it. */
  readonly doubt: (text: string) => void;
}

/** Counts a command that changes definitions; the returned number is in the name of a query that it makes. */
export function nextCommand(ksql: KsqlServerState): number {
  const number = ksql.nextQuery;
  ksql.sequence += 2;
  ksql.nextQuery = ksql.sequence + 1;
  return number;
}

/** Counts a command that only starts, stops or pauses queries. */
export function nextControl(ksql: KsqlServerState): void {
  ksql.sequence += 2;
}

/** A second paragraph of an error, wrapped as the server wraps it. */
export function causedBy(message: string): string {
  const lines: string[] = [];
  let line = "Caused by:";
  for (const word of message.split(" ")) {
    if (line.length + 1 + word.length > 79) {
      lines.push(line);
      line = `\t${word}`;
    } else line += ` ${word}`;
  }
  return [...lines, line].join("\n");
}
