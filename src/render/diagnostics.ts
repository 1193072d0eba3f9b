import { errorTable } from "../core/error-table.ts";
import type { Diagnostic } from "../core/errors.ts";
import type { Guard, Position } from "../core/model.ts";
import type { Sources } from "../core/pipeline.ts";
import { counted, listed } from "../core/words.ts";
import { columns, wrapped } from "./columns.ts";
import { excerpt } from "./excerpt.ts";
import { paragraph, spread } from "./layout.ts";
import { printable, printableLines } from "./printable.ts";
import type { Paint, Style } from "./style.ts";

/** Every diagnostic with its place, in the order of the files, and how many there are. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  style: Style,
  /** What became of the command; said when there are errors. */
  outcome = "Nothing was changed.",
): string {
  if (diagnostics.length === 0) return "";
  const blocks = inOrder(diagnostics).map((it) => diagnosticBlock(it, sources, style).join("\n"));
  return `${[...blocks, diagnosticsSummary(diagnostics, outcome)].join("\n\n")}\n`;
}

/** `2 errors and 1 warning. Nothing was changed.` */
export function diagnosticsSummary(diagnostics: readonly Diagnostic[], outcome: string): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const counts = listed([
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ]);
  return errors > 0 && outcome !== "" ? `${counts}. ${outcome}` : `${counts}.`;
}

/** By file, line and column; what has no place comes first, because it concerns everything. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(({ position: a }, { position: b }) => {
    if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
    if (a.file !== b.file) return a.file < b.file ? -1 : 1;
    return a.line - b.line || a.column - b.column;
  });
}

export function diagnosticBlock(diagnostic: Diagnostic, sources: Sources, style: Style): readonly string[] {
  const { code, severity, address, position } = diagnostic;
  // Without a place in the file nothing else says what it is about.
  const about = address !== undefined && position === undefined ? `${address}: ` : "";
  return block(
    {
      ...diagnostic,
      message: about + diagnostic.message,
      label: `${severity} ${code}`,
      title: errorTable[code].title,
      paint: severity === "error" ? style.bad : style.warn,
      // A server that doesn't answer is not a mistake at the place that names it.
      quoted: !code.startsWith("KP3"),
    },
    sources,
    style,
  );
}

const guardTitles: Readonly<Record<Guard["rule"], string>> = {
  protect: "protected",
  budget: "too many deletes",
  policy: "against a policy",
};

export function guardBlock(guard: Guard, sources: Sources, style: Style): readonly string[] {
  return block(
    { ...guard, label: "blocked", title: guardTitles[guard.rule], paint: style.warn, quoted: true },
    sources,
    style,
  );
}

interface Block {
  readonly label: string;
  readonly title: string;
  readonly message: string;
  readonly next: string;
  readonly position?: Position;
  readonly paint: Paint;
  /** Whether the place in the file is shown, and the message there. */
  readonly quoted: boolean;
}

function block(it: Block, sources: Sources, style: Style): readonly string[] {
  const { position, paint } = it;
  const [message = "", ...details] = printableLines(it.message.trim());
  const source = position && it.quoted ? sources.get(position.file) : undefined;
  const place = position ? printable(`${position.file}:${position.line}:${position.column}`) : "";
  const label = style.strong(paint(it.label));
  const below = [...details, ...(it.next === "" ? [] : [printable(it.next)])].flatMap((line) =>
    paragraph(line, 2, style),
  );
  if (position && source !== undefined) {
    const title = spread(`${label}  ${style.strong(it.title)}`, place, style);
    return [...title, ...excerpt(position, source, message, style, paint), ...below];
  }
  const indent = it.label.length + 2;
  const room = style.width - indent - (place === "" ? 0 : columns(place) + 2);
  const [first = "", ...rest] = wrapped(message, Math.max(30, room));
  return [
    ...spread(`${label}  ${style.strong(first)}`, place, style),
    ...rest.map((line) => " ".repeat(indent) + style.strong(line)),
    ...below,
  ];
}
