import { errorTable } from "../../core/error-table.ts";
import type { Diagnostic, ErrorCode } from "../../core/errors.ts";
import type { Address, Position } from "../../core/model.ts";
import { inOrder } from "../diagnostics.ts";
import { jsonDocument } from "./canonical.ts";

/** The version of every document: a change of its second number only adds. */
export const formatVersion = "1.0";

/** One finding, as the screen has it: its title, its message, what to do next, and the place. */
export interface DiagnosticDocument {
  readonly severity: Diagnostic["severity"];
  readonly code: ErrorCode;
  readonly title: string;
  readonly message: string;
  readonly next: string;
  readonly address?: Address;
  readonly position?: Position;
}

/** What `--json` prints where a command ends in diagnostics. */
interface DiagnosticsDocument {
  readonly format_version: typeof formatVersion;
  readonly errored: boolean;
  readonly errors: readonly DiagnosticDocument[];
  readonly warnings: readonly DiagnosticDocument[];
}

/** In the order of the screen. */
export function diagnosticDocuments(diagnostics: readonly Diagnostic[]): readonly DiagnosticDocument[] {
  return inOrder(diagnostics).map(diagnosticDocument);
}

/** Diagnostics as the bytes of their document. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[]): string {
  return jsonDocument(diagnosticsDocument(diagnostics));
}

function diagnosticsDocument(diagnostics: readonly Diagnostic[]): DiagnosticsDocument {
  const all = diagnosticDocuments(diagnostics);
  const errors = all.filter(({ severity }) => severity === "error");
  return {
    format_version: formatVersion,
    errored: errors.length > 0,
    errors,
    warnings: all.filter(({ severity }) => severity === "warning"),
  };
}

export function diagnosticDocument(diagnostic: Diagnostic): DiagnosticDocument {
  const { severity, code, message, next, address, position } = diagnostic;
  return {
    severity,
    code,
    title: errorTable[code].title,
    message,
    next,
    ...(address && { address }),
    ...(position && { position: positionDocument(position) }),
  };
}

export function positionDocument({ file, line, column, length }: Position): Position {
  return { file, line, column, length };
}
