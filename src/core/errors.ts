import { type ErrorCode, errorTable } from "./error-table.ts";
import type { Address, Position } from "./model.ts";

export type { ErrorCode } from "./error-table.ts";

/** One finding: a code, a place, what is wrong in the user's words, and what to do next. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly code: ErrorCode;
  /** What is wrong here; stands beside the caret, without a capital or a full stop. */
  readonly message: string;
  /** What to do next; the table's hint where there is nothing better. */
  readonly next: string;
  readonly position?: Position;
  readonly address?: Address;
}

interface Details {
  readonly next?: string | undefined;
  readonly position?: Position | undefined;
  readonly address?: Address | undefined;
}

function diagnostic(
  severity: Diagnostic["severity"],
  code: ErrorCode,
  message: string,
  { next, position, address }: Details,
): Diagnostic {
  return {
    severity,
    code,
    message,
    next: next ?? errorTable[code].next,
    ...(position && { position }),
    ...(address && { address }),
  };
}

export function error(code: ErrorCode, message: string, details: Details = {}): Diagnostic {
  return diagnostic("error", code, message, details);
}

export function warning(code: ErrorCode, message: string, details: Details = {}): Diagnostic {
  return diagnostic("warning", code, message, details);
}

/** Ends a command: thrown where there is nothing left to collect. */
export class KpipeError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: Diagnostic | readonly Diagnostic[], cause?: unknown) {
    const list = "code" in diagnostics ? [diagnostics] : diagnostics;
    super(list.map((it) => `${it.code} ${it.message}`).join("\n"), cause === undefined ? {} : { cause });
    this.name = "KpipeError";
    this.diagnostics = list;
  }
}
