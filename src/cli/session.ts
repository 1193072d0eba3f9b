import { type Diagnostic, error, KpipeError } from "../core/errors.ts";
import type { Sources } from "../core/pipeline.ts";
import { renderDiagnostics } from "../render/diagnostics.ts";
import { diagnosticsJson } from "../render/json/diagnostics.ts";
import { colourStyle, plainStyle, type Style } from "../render/style.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { OutputOptions } from "./options.ts";
import { type StatusLine, statusLine } from "./status-line.ts";
import { type Terminal, wantsColor } from "./terminal.ts";

/** One run of one command. */
export interface Session {
  readonly terminal: Terminal;
  readonly style: Style;
  readonly json: boolean;
  /** What a failure leaves behind, said after its errors. */
  readonly outcome: string;
  readonly status: StatusLine;
  /** The files that were read so far; excerpts come from them. */
  sources: Sources;
}

export function sessionOf(terminal: Terminal, { json, color }: OutputOptions, outcome: string): Session {
  const style = wantsColor(terminal, !color) ? colourStyle : plainStyle;
  return {
    terminal,
    style: style({ width: terminal.width }),
    json,
    outcome,
    status: statusLine(terminal),
    sources: new Map(),
  };
}

/** Prints what ended a command, on stderr; with `--json` as JSON on stdout too. */
export function reportFailure(session: Session, cause: unknown): ExitCode {
  const { terminal, style, sources, outcome } = session;
  session.status.clear();
  const diagnostics = cause instanceof KpipeError ? cause.diagnostics : [unforeseen(cause)];
  if (session.json) terminal.stdout(diagnosticsJson(diagnostics));
  else terminal.stderr(renderDiagnostics(diagnostics, sources, style, outcome));
  if (diagnostics.some(({ code }) => code.startsWith("KP64"))) return exitCodes.usage;
  return diagnostics.some(({ code }) => code.startsWith("KP50")) ? exitCodes.stale : exitCodes.error;
}

/** A bug of kpipe: the stack is for the report. */
function unforeseen(cause: unknown): Diagnostic {
  const message = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return error("KP9001", message);
}
