import { planJson } from "../../render/json/plan.ts";
import { withCluster } from "../cluster.ts";
import { type ExitCode, exitCodeOf } from "../exit-codes.ts";
import { loadPipeline } from "../load.ts";
import type { ClusterOptions } from "../options.ts";
import { planOn, showPlan } from "../planning.ts";
import type { Session } from "../session.ts";

export interface PlanCommand extends ClusterOptions {
  readonly prune: boolean;
  readonly detailedExitcode: boolean;
}

export async function plan(session: Session, options: PlanCommand): Promise<ExitCode> {
  const { clock } = session.terminal;
  const started = clock();
  const loaded = loadPipeline(session, options, "live");
  const made = await withCluster(loaded.pipeline, options, (cluster) =>
    planOn(cluster, session, loaded, options),
  );
  showPlan(session, made.plan, { json: planJson, seconds: (clock() - started) / 1000 });
  return exitCodeOf(made.plan, options.detailedExitcode);
}
