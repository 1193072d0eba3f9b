import { renderDiagnostics } from "../../src/render/diagnostics.ts";
import { renderDrift } from "../../src/render/drift.ts";
import { eventLine, reportLine } from "../../src/render/json/apply.ts";
import { diagnosticsJson } from "../../src/render/json/diagnostics.ts";
import { driftJson } from "../../src/render/json/drift.ts";
import { planJson } from "../../src/render/json/plan.ts";
import { renderPlan } from "../../src/render/plan.ts";
import { renderRehearsal } from "../../src/render/rehearsal.ts";
import { renderReport } from "../../src/render/report.ts";
import { renderEnded, stepsOf } from "../../src/render/steps.ts";
import type { Style } from "../../src/render/style.ts";
import { shownKinds } from "../builders/kinds.ts";
import { planOf } from "../builders/plan.ts";
import { drifts } from "./cases/drifts.ts";
import { findings } from "./cases/findings.ts";
import { pipelineFile, plans } from "./cases/plans.ts";
import { rehearsals } from "./cases/rehearsals.ts";
import { type Run, runs } from "./cases/runs.ts";

type Screen = (style: Style) => string;
type Document = () => string;

const view = { kinds: shownKinds, sources: new Map([["pipeline.yaml", pipelineFile]]) };

/** Every screen that has a page in `golden/`, by its folder. */
export const screens: Readonly<Record<string, Screen>> = {
  ...named("plan", plans, (plan) => (style: Style) => renderPlan(plan, view, style)),
  ...named("rehearsal", rehearsals, (it) => (style: Style) => renderRehearsal(it, view.sources, style)),
  ...named("drift", drifts, (plan) => (style: Style) => renderDrift(plan, view, style)),
  ...named("apply", runs, (run) => (style: Style) => runText(run, style)),
  ...named(
    "diagnostics",
    findings,
    ({ diagnostics, source }) =>
      (style: Style) =>
        renderDiagnostics(diagnostics, new Map([["pipeline.yaml", source]]), style),
  ),
};

/** The same as JSON. */
export const documents: Readonly<Record<string, Document>> = {
  ...named("plan", plans, (plan) => () => planJson(plan)),
  ...named("rehearsal", rehearsals, (it) => () => planJson(planOf({}), it)),
  ...named("drift", drifts, (plan) => () => driftJson(plan)),
  ...named(
    "apply",
    runs,
    ({ report }) =>
      () =>
        [...report.ended.map(eventLine), reportLine(report)].join(""),
  ),
  ...named(
    "diagnostics",
    findings,
    ({ diagnostics }) =>
      () =>
        diagnosticsJson(diagnostics),
  ),
};

function named<Case, Rendered>(
  folder: string,
  cases: Readonly<Record<string, Case>>,
  render: (given: Case) => Rendered,
): Readonly<Record<string, Rendered>> {
  return Object.fromEntries(
    Object.entries(cases).map(([name, given]) => [`${folder}/${name}`, render(given)]),
  );
}

function runText({ changes, report }: Run, style: Style): string {
  const steps = stepsOf(changes, style);
  const lines = report.ended.map((ended) => renderEnded(ended, steps, style));
  return [...lines, "\n", renderReport(report, style)].join("");
}
