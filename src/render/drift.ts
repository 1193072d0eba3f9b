import { kindOf, type Plan, type Position, type Remark } from "../core/model.ts";
import type { Sources } from "../core/pipeline.ts";
import { counted, number } from "../core/words.ts";
import { type Kinds, place, remarksBlock } from "./change.ts";
import { columnFor, columns, padded, wrapped } from "./columns.ts";
import { diagnosticBlock, inOrder } from "./diagnostics.ts";
import { type Drifted, driftOf } from "./drifted.ts";
import { changeRow, labelOf, type Row, rowInBrief } from "./fields.ts";
import { spread } from "./layout.ts";
import { printable, printableLines } from "./printable.ts";
import { remarksByAddress } from "./remarks.ts";
import { layRows } from "./rows.ts";
import { paintOf, type Style } from "./style.ts";
import { asDeclared } from "./summary.ts";

export interface DriftView {
  readonly kinds: Kinds;
  readonly sources: Sources;
}

/** The screen of a drift: how the cluster differs from the file, and what an apply would make of it. */
export function renderDrift(plan: Plan, view: DriftView, style: Style): string {
  const drift = driftOf(plan);
  const names = columnFor(
    drift.map(({ address }) => printable(address)),
    style.width * 0.4,
  );
  const unverifiable = remarksByAddress(plan.remarks.filter(({ type }) => type === "unverifiable"));
  const sections = [
    [style.strong(`kpipe drift  ${printable(plan.pipeline)}`)],
    drift.flatMap((it) => driftLines(it, view.kinds, names, style)),
    ...[...unverifiable].map(([address, remarks]) => remarksBlock(address, remarks, style)),
    ...inOrder(plan.diagnostics).map((it) => diagnosticBlock(it, view.sources, style)),
    wrapped(outcome(plan, drift, view.kinds), style.width),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const symbols = { changed: "update", missing: "delete", present: "create", ill: "operate" } as const;

/** One thing that differs, with the place in the file that says otherwise. */
interface Fact {
  readonly text: string;
  readonly position: Position | undefined;
}

/** One line for one thing that fits on it; else a title with a line for each. */
function driftLines(it: Drifted, kinds: Kinds, names: number, style: Style): readonly string[] {
  const rows = it.fields.map((field) => changeRow(field, kinds.get(kindOf(it.address))));
  const symbol = symbols[it.type];
  const painted = paintOf(style, symbol)(style.symbols[symbol]);
  const title = `${painted} ${printable(it.address)}`;
  const texts = layRows(
    rows.filter((row) => row.type === "lines"),
    style,
  );
  const facts = factsOf(it, rows);
  const [only] = facts;
  if (only !== undefined && facts.length === 1) {
    const line = `${padded(title, columns(painted) + 1 + names)}  ${only.text}`;
    const right = place(only.position);
    if (columns(line) + columns(right) + 2 <= style.width) return [...spread(line, right, style), ...texts];
  }
  return [title, ...facts.flatMap((fact) => factLines(fact, style)), ...texts];
}

function factLines({ text, position }: Fact, style: Style): readonly string[] {
  const right = place(position);
  const [first = "", ...rest] = wrapped(text, Math.max(30, style.width - 6 - columns(right)));
  return [...spread(`    ${first}`, right, style), ...rest.map((line) => `    ${line}`)];
}

function factsOf(it: Drifted, rows: readonly Row[]): readonly Fact[] {
  const { position, change } = it;
  switch (it.type) {
    case "missing":
      return [{ text: `declared, but not there${lossOf(it)}`, position }];
    case "present":
      return [{ text: "there, though it is to be removed", position }];
    case "ill":
      return [
        ...(it.change === undefined ? [] : faultsOf(it)),
        ...it.beyond.map(unmanagedFact),
        ...it.unmanaged.map(unmanagedFact),
      ];
    case "changed": {
      const desired = change !== undefined && "desired" in change ? change.desired : undefined;
      return [
        ...rows.map((row, at): Fact => {
          const path = it.fields[at]?.path ?? [];
          return { text: inBrief(row), position: desired?.locate(path) ?? position };
        }),
        ...(it.faults.length > 0 ? faultsOf(it) : []),
        ...it.beyond.map(unmanagedFact),
        ...it.unmanaged.map(unmanagedFact),
      ];
    }
  }
}

function inBrief(row: Row): string {
  switch (row.type) {
    case "text":
      return `${rowInBrief(row)} on the cluster`;
    case "lines":
      return `${rowInBrief(row)} on the cluster:`;
    case "change":
      return `${rowInBrief(row)}${row.after === "(unset)" ? "" : ", set"} on the cluster`;
  }
}

/** What an apply doesn't bring back. */
function lossOf({ change }: Drifted): string {
  const loss = change?.risks.find(({ code }) => code === "data-gone");
  return loss === undefined ? "" : `; ${printable(loss.message)}`;
}

/** A fault's first line tells what it is; the plan shows more of it. */
function faultsOf({ change, faults, position }: Drifted): readonly Fact[] {
  const manner = change !== undefined && "manner" in change ? (change.manner ?? "") : "";
  if (faults.length === 0) {
    return [{ text: manner === "" ? "not as declared" : `needs: ${printable(manner)}`, position }];
  }
  return faults.map(({ path, message, state = "failed" }): Fact => {
    const [first = ""] = printableLines(message.trim());
    return {
      text: printable([...path, state].join(" ")) + (first === "" ? "" : `: ${first}`),
      position,
    };
  });
}

function unmanagedFact({ path, message, position }: Remark): Fact {
  return { text: `${labelOf(path)} ${printable(message)}`.trim(), position };
}

function outcome(plan: Plan, drift: readonly Drifted[], kinds: Kinds): string {
  const errors = plan.diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors === 0 && drift.length === 0) return `No drift. ${asDeclared(plan.unchanged, kinds)}`;
  const drifted = drift.length === 0 ? "" : `${counted(drift.length, "resource")} drifted. `;
  const back = drift.filter(({ change }) => change !== undefined).length;
  const rest = drift.some(({ beyond }) => beyond.length > 0)
    ? "leave alone what no change mends"
    : "leave alone what the file doesn't name";
  if (errors > 0) return `${drifted}${counted(errors, "error")}: \`kpipe apply\` would change nothing.`;
  if (back === 0) return `${drifted}\`kpipe apply\` would ${rest}.`;
  if (back < drift.length)
    return `${drifted}\`kpipe apply\` would put ${number(back)} of them back and ${rest}.`;
  return `${drifted}\`kpipe apply\` would put ${back === 1 ? "it" : "them"} back.`;
}
