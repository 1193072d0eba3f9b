import type { Plan } from "../core/model.ts";

/** What the exit status of a command says. */
export const exitCodes = {
  success: 0,
  /** An error, or a change that a server refuses. */
  error: 1,
  /** There are changes: `plan --detailed-exitcode`, and `drift`. */
  changes: 2,
  /** A guard blocks a change: protection, budget, policy. */
  guarded: 3,
  /** Apply did part of the plan, failed or interrupted. */
  partial: 4,
  /** The cluster moved since the plan was saved. */
  stale: 5,
  usage: 64,
  /** Interrupted before anything was written. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The status that a plan alone asks for: an error beats a guard, and a guard beats the changes. */
export function exitCodeOf(plan: Plan, detailed: boolean): ExitCode {
  if (plan.diagnostics.some(({ severity }) => severity === "error")) return exitCodes.error;
  if (plan.guards.length > 0) return exitCodes.guarded;
  return detailed && plan.changes.length > 0 ? exitCodes.changes : exitCodes.success;
}
