import { error, KpipeError } from "../../core/errors.ts";
import type { Plan } from "../../core/model.ts";
import type { Report } from "../../core/run.ts";
import { planLine } from "../../render/json/apply.ts";
import { type Cluster, withCluster } from "../cluster.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type Loaded, loadPipeline } from "../load.ts";
import type { ClusterOptions } from "../options.ts";
import { applying, type Planning, planOn, showPlan } from "../planning.ts";
import { reporterOf } from "../reporter.ts";
import type { Session } from "../session.ts";

export interface ApplyCommand extends ClusterOptions {
  readonly prune: boolean;
  readonly autoApprove: boolean;
}

export async function apply(session: Session, options: ApplyCommand): Promise<ExitCode> {
  const { terminal } = session;
  if (!options.autoApprove && (session.json || terminal.ask === undefined)) {
    throw new KpipeError(
      error("KP6401", "apply asks before it changes anything, and nobody is there to answer"),
    );
  }
  const loaded = loadPipeline(session, options, "live");
  return withCluster(loaded.pipeline, options, async (cluster) => {
    const shown = await planOn(cluster, session, loaded, options);
    const code = showPlan(session, shown.plan, { json: planLine });
    if (code !== exitCodes.success || shown.plan.changes.length === 0) return code;
    if (options.autoApprove) return run(session, loaded, cluster, shown);

    if (!(await confirmed(session))) return refuse(session);
    // Somebody may have changed the cluster while the question stood on the screen.
    const agreed = await planOn(cluster, session, loaded, options);
    if (!sameBasis(shown.plan, agreed.plan)) {
      throw new KpipeError(error("KP5001", "the cluster has changed since the plan above was made"));
    }
    return run(session, loaded, cluster, agreed);
  });
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
  planning: Planning,
): Promise<ExitCode> {
  const { clock } = session.terminal;
  const signal = session.terminal.beginWriting();
  const reporter = reporterOf(session, planning.plan.changes);
  for await (const event of applying(cluster, loaded, planning, { signal, clock })) reporter.hear(event);
  return exitCodeOfRun(reporter.end(signal.aborted));
}

/** A run that ended nothing has written nothing; one that ended some of its changes has done part of the plan. */
function exitCodeOfRun({ ended, total, interrupted }: Report): ExitCode {
  const tried = ended.filter(({ type }) => type !== "skipped").length;
  if (ended.filter(({ type }) => type === "done").length === total) return exitCodes.success;
  return interrupted && tried === 0 ? exitCodes.interrupted : exitCodes.partial;
}
