import type { Ended, Report } from "../core/run.ts";
import { number } from "../core/words.ts";
import type { Row } from "./fields.ts";
import { paragraph } from "./layout.ts";
import { printable, printableLines } from "./printable.ts";
import { layRows } from "./rows.ts";
import { skipReason } from "./steps.ts";
import type { Style } from "./style.ts";
import { duration } from "./words.ts";

/** In a longer run the failures have scrolled away, so they are told again. */
const shortRun = 10;
/** So many of the skipped are named. */
const namedSkips = 20;

export interface Counts {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How many changes ended how; one that never got an end was skipped. */
export function countsOf(ended: readonly Ended[], total: number): Counts {
  const done = ended.filter(({ type }) => type === "done").length;
  const failed = ended.filter(({ type }) => type === "failed").length;
  return { done, failed, skipped: total - done - failed };
}

/** The last words of an apply: how many changes are done, failed and skipped, and what to do about it. */
export function renderReport(report: Report, style: Style): string {
  if (report.total === 0) return "Nothing to apply.\n";
  const counts = countsOf(report.ended, report.total);
  const isWhole = counts.done === report.total;
  const time = duration(report.seconds);
  const sentences = isWhole
    ? [`${number(counts.done)} done in ${time}.`]
    : [
        ...(report.interrupted ? ["Interrupted."] : []),
        `${number(counts.done)} done, ${number(counts.failed)} failed, ${number(counts.skipped)} skipped in ${time}.`,
        counts.done === 0
          ? "Run `kpipe apply` again to finish."
          : "Run `kpipe apply` again to finish; what is done won't be repeated.",
      ];
  const paint = isWhole ? style.good : counts.failed > 0 ? style.bad : style.warn;
  const sections = [
    ...(isWhole || report.total <= shortRun ? [] : leftOpen(report.ended, style)),
    paragraph(sentences.join(" "), 0, style, paint),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** A section with what failed, and one with what was skipped for it. */
export function leftOpen(ended: readonly Ended[], style: Style): readonly (readonly string[])[] {
  const failed = ended.flatMap((it): Row[] =>
    it.type === "failed" ? [row(it, printableLines(it.diagnostic.message.trim())[0] ?? "")] : [],
  );
  const skipped = ended.flatMap((it): Row[] => (it.type === "skipped" ? [row(it, skipReason(it))] : []));
  const named = skipped.length > namedSkips + 1 ? skipped.slice(0, namedSkips) : skipped;
  const more = skipped.length - named.length;
  const rest = more > 0 ? paragraph(`and ${number(more)} more`, 4, style) : [];
  return [
    ...(failed.length === 0 ? [] : [["Failed:", ...layRows(failed, style)]]),
    ...(skipped.length === 0 ? [] : [["Skipped:", ...layRows(named, style), ...rest]]),
  ];
}

function row({ change }: Ended, text: string): Row {
  return { type: "text", label: printable(change.address), text, note: "" };
}
