import { applyChanges } from "../../apply/apply.ts";
import { error, KpipeError } from "../../core/errors.ts";
import type { Plan } from "../../core/model.ts";
import type { Report } from "../../core/run.ts";
import { outdatedDeletes } from "../../planner/evidence.ts";
import { planLine } from "../../render/json/apply.ts";
import { renderPlan } from "../../render/plan.ts";
import { type Cluster, kinds, withCluster } from "../cluster.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "../exit-codes.ts";
import { type Loaded, loadPipeline } from "../load.ts";
import { type ClusterOptions, planOptionsOf } from "../options.ts";
import { deleteEvidence, type Made, makePlan, readSides, type Sides } from "../prepare.ts";
import { reporterOf } from "../reporter.ts";
import type { Session } from "../session.ts";

export interface ApplyCommand extends ClusterOptions {
  readonly prune: boolean;
  readonly autoApprove: boolean;
}

export async function apply(session: Session, options: ApplyCommand): Promise<ExitCode> {
  const { terminal, status } = session;
  if (!options.autoApprove && (session.json || terminal.ask === undefined)) {
    throw new KpipeError(
      error("KP6401", "apply asks before it changes anything, and nobody is there to answer"),
    );
  }
  const loaded = loadPipeline(session, options, "live");
  return withCluster(loaded.pipeline, options, async (cluster) => {
    const plan = async () => {
      status.show("Reading the cluster");
      const sides = await readSides(loaded, cluster);
      status.show("Asking the servers whether they would do it");
      const made = await makePlan(loaded.pipeline, sides, cluster, planOptionsOf(options));
      status.clear();
      return { sides, made };
    };
    const shown = await plan();
    const code = show(shown.made.plan, session);
    if (code !== exitCodes.success || shown.made.plan.changes.length === 0) return code;
    if (options.autoApprove) return run(session, loaded, cluster, shown.sides, shown.made);

    if (!(await confirmed(session))) return refuse(session);
    // Somebody may have changed the cluster while the question stood on the screen.
    const agreed = await plan();
    if (!sameBasis(shown.made.plan, agreed.made.plan)) {
      throw new KpipeError(error("KP5001", "the cluster has changed since the plan above was made"));
    }
    return run(session, loaded, cluster, agreed.sides, agreed.made);
  });
}

function show(plan: Plan, { terminal, style, json, sources }: Session): ExitCode {
  const code = exitCodeOf(plan, false);
  if (json) {
    terminal.stdout(planLine(plan));
    return code;
  }
  const screen = renderPlan(plan, { kinds, sources }, style);
  if (code === exitCodes.error) terminal.stderr(screen);
  else terminal.stdout(screen);
  return code;
}

async function confirmed({ terminal }: Session): Promise<boolean> {
  const answer = await terminal.ask?.('\nApply these changes? Only "yes" is accepted: ');
  return answer?.trim() === "yes";
}

function refuse({ terminal }: Session): ExitCode {
  terminal.stderr("Nothing was changed.\n");
  return exitCodes.error;
}

function sameBasis(one: Plan, other: Plan): boolean {
  return JSON.stringify(one.basis) === JSON.stringify(other.basis);
}

async function run(
  session: Session,
  loaded: Loaded,
  cluster: Cluster,
  { world }: Sides,
  { plan, evidence }: Made,
): Promise<ExitCode> {
  const { clock } = session.terminal;
  const signal = session.terminal.beginWriting();
  const reporter = reporterOf(session, plan.changes);
  const events = applyChanges({
    changes: plan.changes,
    world,
    driverOf: cluster.driverOf,
    recheck: async (deletes) =>
      outdatedDeletes(deletes, evidence, await deleteEvidence(loaded, cluster, deletes)),
    signal,
    clock,
  });
  for await (const event of events) reporter.hear(event);
  return exitCodeOfRun(reporter.end(signal.aborted));
}

/** A run that ended nothing has written nothing; one that ended some of its changes has done part of the plan. */
function exitCodeOfRun({ ended, total, interrupted }: Report): ExitCode {
  const tried = ended.filter(({ type }) => type !== "skipped").length;
  if (ended.filter(({ type }) => type === "done").length === total) return exitCodes.success;
  return interrupted && tried === 0 ? exitCodes.interrupted : exitCodes.partial;
}
