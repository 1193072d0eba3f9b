import { type ApplyRequest, applyChanges } from "../apply/apply.ts";
import type { Plan } from "../core/model.ts";
import type { RunEvent } from "../core/run.ts";
import { outdatedDeletes } from "../planner/evidence.ts";
import type { Made } from "../planner/plan.ts";
import { renderPlan } from "../render/plan.ts";
import { type Cluster, kinds } from "./cluster.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.ts";
import type { Loaded } from "./load.ts";
import { type PlanningOptions, planOptionsOf } from "./options.ts";
import { deleteEvidence, makePlan, readSides, type Sides } from "./prepare.ts";
import type { Session } from "./session.ts";

/** A plan with both sides that it was made of. */
export interface Planning extends Made {
  readonly sides: Sides;
}

/** Reads the cluster and plans, saying on a terminal what it waits for. */
export async function planOn(
  cluster: Cluster,
  { status }: Session,
  loaded: Loaded,
  options: PlanningOptions,
): Promise<Planning> {
  status.show("Reading the cluster");
  const sides = await readSides(loaded, cluster);
  status.show("Asking the servers whether they would do it");
  const made = await makePlan(loaded.pipeline, sides, cluster, planOptionsOf(options));
  status.clear();
  return { sides, ...made };
}

/** Makes the changes of a plan on a cluster, each delete held to the evidence that the plan showed. */
export function applying(
  cluster: Cluster,
  loaded: Loaded,
  { plan, evidence, sides }: Planning,
  how: Pick<ApplyRequest, "signal" | "clock">,
): AsyncIterable<RunEvent> {
  return applyChanges({
    changes: plan.changes,
    world: sides.world,
    driverOf: cluster.driverOf,
    recheck: async (deletes) =>
      outdatedDeletes(deletes, evidence, await deleteEvidence(loaded, cluster, deletes)),
    ...how,
  });
}

/**
 * Prints a plan, a refused one on stderr. `json`: how it is printed with `--json`; `seconds`: how long it
 * took. The status is the one that the plan asks for by itself.
 */
export function showPlan(
  { terminal, style, json, sources }: Session,
  plan: Plan,
  as: { readonly json: (plan: Plan) => string; readonly seconds?: number },
): ExitCode {
  const code = exitCodeOf(plan, false);
  if (json) {
    terminal.stdout(as.json(plan));
    return code;
  }
  const timing = as.seconds === undefined ? {} : { seconds: as.seconds };
  const screen = renderPlan(plan, { kinds, sources, ...timing }, style);
  if (code === exitCodes.error) terminal.stderr(screen);
  else terminal.stdout(screen);
  return code;
}
