import { isClean } from "../../core/run.ts";
import { planJson } from "../../render/json/plan.ts";
import { renderRehearsal } from "../../render/rehearsal.ts";
import { withCluster } from "../cluster.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "../exit-codes.ts";
import { loadPipeline } from "../load.ts";
import type { ClusterOptions } from "../options.ts";
import { planOn, showPlan } from "../planning.ts";
import { rehearse } from "../rehearse.ts";
import type { Session } from "../session.ts";

export interface PlanCommand extends ClusterOptions {
  readonly prune: boolean;
  readonly detailedExitcode: boolean;
  readonly rehearse: boolean;
}

export async function plan(session: Session, options: PlanCommand): Promise<ExitCode> {
  const { terminal, style, json } = session;
  const started = terminal.clock();
  const loaded = loadPipeline(session, options, "live");
  const { made, seconds, rehearsal } = await withCluster(loaded.pipeline, options, async (cluster) => {
    const planning = await planOn(cluster, session, loaded, options);
    const { plan: made } = planning;
    const seconds = (terminal.clock() - started) / 1000;
    // As apply does: what is refused, held back or empty is not run.
    const runs = options.rehearse && exitCodeOf(made, false) === exitCodes.success && made.changes.length > 0;
    return {
      made,
      seconds,
      rehearsal: runs ? await rehearse(cluster, session, loaded, planning, options) : undefined,
    };
  });
  showPlan(session, made, { json: (plan) => planJson(plan, rehearsal), seconds });
  if (rehearsal && !json) terminal.stdout(`\n${renderRehearsal(rehearsal, session.sources, style)}`);
  return rehearsal && !isClean(rehearsal) ? exitCodes.error : exitCodeOf(made, options.detailedExitcode);
}
