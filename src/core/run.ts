import type { Diagnostic } from "./errors.ts";
import type { Address, Change } from "./model.ts";

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
