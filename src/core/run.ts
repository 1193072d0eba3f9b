import type { Diagnostic } from "./errors.ts";
import type { Address, Change, Plan } from "./model.ts";

/** What happens while a plan is applied, in order. */
export type RunEvent =
  | { readonly type: "started"; readonly change: Change }
  /** What the running change waits for. */
  | { readonly type: "progress"; readonly change: Change; readonly message: string }
  | Ended;

/** The end of one change; `step` counts from 1 to the number of changes, in the order of ending. */
export type Ended = { readonly change: Change; readonly step: number; readonly seconds: number } & (
  | { readonly type: "done"; readonly message: string }
  | { readonly type: "failed"; readonly diagnostic: Diagnostic }
  /** `because`: the failed or skipped change that it depends on; undefined: the run was interrupted. */
  | { readonly type: "skipped"; readonly because: Address | undefined }
);

/** How a run ended, change by change. */
export interface Report {
  readonly total: number;
  readonly ended: readonly Ended[];
  readonly interrupted: boolean;
  readonly seconds: number;
}

/** An apply of a plan to a copy of the cluster, and what it would leave to do. */
export interface Rehearsal {
  /** How each change ended, in the order of the plan. */
  readonly ended: readonly Ended[];
  /** The plan that the copy asks for afterwards. */
  readonly next: Plan;
  /** What only real servers can tell, beside what the plan says of that. */
  readonly notChecked: readonly string[];
}

/** Whether everything was done and nothing is left: an apply that goes like this is the end of it. */
export function isClean({ ended, next }: Rehearsal): boolean {
  return (
    ended.every(({ type }) => type === "done") &&
    next.changes.length === 0 &&
    next.diagnostics.every(({ severity }) => severity !== "error")
  );
}
