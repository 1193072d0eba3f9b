import type { Change } from "../core/model.ts";
import type { Sources } from "../core/pipeline.ts";
import { isClean, type Rehearsal } from "../core/run.ts";
import { counted, listed, number } from "../core/words.ts";
import { diagnosticBlock, inOrder } from "./diagnostics.ts";
import { labelOf, type Row } from "./fields.ts";
import { paragraph } from "./layout.ts";
import { notCheckedLines } from "./not-checked.ts";
import { printable } from "./printable.ts";
import { countsOf, leftOpen } from "./report.ts";
import { layRows } from "./rows.ts";
import type { Style } from "./style.ts";

/**
 * The section of a plan that was rehearsed: what would fail, what would be left, what the copy can't know,
 * and last what it comes to.
 */
export function renderRehearsal(rehearsal: Rehearsal, sources: Sources, style: Style): string {
  const { ended, next, notChecked } = rehearsal;
  const errors = next.diagnostics.filter(({ severity }) => severity === "error");
  const sections = [
    ...leftOpen(ended, style),
    leftOver(rehearsal, style),
    ...inOrder(errors).map((it) => diagnosticBlock(it, sources, style)),
    notCheckedLines(notChecked, style),
    verdict(rehearsal, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** What was done, or never planned, and differs all the same. */
function leftOver({ ended, next }: Rehearsal, style: Style): readonly string[] {
  const told = new Set(ended.filter(({ type }) => type !== "done").map(({ change }) => change.address));
  const left = next.changes.filter(({ address }) => !told.has(address));
  if (left.length === 0) return [];
  return ["Left for the next plan:", ...layRows(left.map(leftRow), style)];
}

function leftRow(change: Change): Row {
  const fields = "fields" in change ? change.fields.map(({ path }) => labelOf(path)).filter(Boolean) : [];
  const text = [`to ${change.action}`, listed(fields)].filter(Boolean).join(": ");
  return { type: "text", label: printable(change.address), text, note: "" };
}

function verdict(rehearsal: Rehearsal, style: Style): readonly string[] {
  const { ended, next } = rehearsal;
  const counts = countsOf(ended, ended.length);
  const done = `${number(counts.done)} done`;
  const outcome =
    counts.done === ended.length
      ? done
      : `${done}, ${number(counts.failed)} failed, ${number(counts.skipped)} skipped`;
  const paint = isClean(rehearsal) ? style.good : style.bad;
  return paragraph(`Rehearsed on a copy of the cluster: ${outcome}. ${nextPlan(next)}.`, 0, style, paint);
}

function nextPlan({ changes, diagnostics }: Rehearsal["next"]): string {
  if (diagnostics.some(({ severity }) => severity === "error")) return "The plan after it is refused";
  return changes.length === 0
    ? "The plan after it is empty"
    : `The plan after it still has ${counted(changes.length, "change")}`;
}
