import type { Action, Address, Plan } from "../../core/model.ts";
import type { Report, RunEvent } from "../../core/run.ts";
import { type Counts, countsOf } from "../report.ts";
import { jsonLine } from "./canonical.ts";
import { type DiagnosticDocument, diagnosticDocument } from "./diagnostics.ts";
import { type PlanDocument, planDocument } from "./plan.ts";

interface Step {
  readonly address: Address;
  readonly action: Action;
}

interface End extends Step {
  /** From 1, in the order of ending. */
  readonly step: number;
  readonly seconds: number;
}

/** The lines of `apply --json`: the plan, then what happens, then the report. */
type ApplyLine =
  | { readonly type: "planned"; readonly plan: PlanDocument }
  | ({ readonly type: "started" } & Step)
  | ({ readonly type: "progress"; readonly message: string } & Step)
  | ({ readonly type: "done"; readonly message: string } & End)
  | ({ readonly type: "failed"; readonly diagnostic: DiagnosticDocument } & End)
  /** `because`: the change that it depends on; null: the run was interrupted. */
  | ({ readonly type: "skipped"; readonly because: Address | null } & End)
  | ({
      readonly type: "report";
      readonly total: number;
      readonly interrupted: boolean;
      readonly seconds: number;
      readonly changes: readonly (Step & { readonly outcome: "done" | "failed" | "skipped" })[];
    } & Counts);

export function planLine(plan: Plan): string {
  return line({ type: "planned", plan: planDocument(plan) });
}

export function eventLine(event: RunEvent): string {
  return line(eventDocument(event));
}

export function reportLine(report: Report): string {
  const { total, interrupted, seconds, ended } = report;
  return line({
    type: "report",
    total,
    ...countsOf(ended, total),
    interrupted,
    seconds,
    changes: ended.map(({ change: { action, address }, type }) => ({ action, address, outcome: type })),
  });
}

function eventDocument(event: RunEvent): ApplyLine {
  const { action, address } = event.change;
  switch (event.type) {
    case "started":
      return { type: "started", action, address };
    case "progress":
      return { type: "progress", action, address, message: event.message };
    case "done": {
      const { message, step, seconds } = event;
      return { type: "done", action, address, message, step, seconds };
    }
    case "failed": {
      const { step, seconds } = event;
      return {
        type: "failed",
        action,
        address,
        diagnostic: diagnosticDocument(event.diagnostic),
        step,
        seconds,
      };
    }
    case "skipped": {
      const { step, seconds } = event;
      return { type: "skipped", action, address, because: event.because ?? null, step, seconds };
    }
  }
}

function line(document: ApplyLine): string {
  return jsonLine(document);
}
