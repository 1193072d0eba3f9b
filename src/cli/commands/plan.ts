import { planJson } from "../../render/json/plan.ts";
import { renderPlan } from "../../render/plan.ts";
import { kinds, withCluster } from "../cluster.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "../exit-codes.ts";
import { loadPipeline } from "../load.ts";
import { type ClusterOptions, planOptionsOf } from "../options.ts";
import { makePlan, readSides } from "../prepare.ts";
import type { Session } from "../session.ts";

export interface PlanCommand extends ClusterOptions {
  readonly prune: boolean;
  readonly detailedExitcode: boolean;
}

export async function plan(session: Session, options: PlanCommand): Promise<ExitCode> {
  const { terminal, style, status } = session;
  const started = terminal.clock();
  const loaded = loadPipeline(session, options, "live");
  const { plan: made } = await withCluster(loaded.pipeline, options, async (cluster) => {
    status.show("Reading the cluster");
    const sides = await readSides(loaded, cluster);
    status.show("Asking the servers whether they would do it");
    return makePlan(loaded.pipeline, sides, cluster, planOptionsOf(options));
  });
  status.clear();
  const code = exitCodeOf(made, options.detailedExitcode);
  if (session.json) {
    terminal.stdout(planJson(made));
    return code;
  }
  const seconds = (terminal.clock() - started) / 1000;
  const screen = renderPlan(made, { kinds, sources: session.sources, seconds }, style);
  if (code === exitCodes.error) terminal.stderr(screen);
  else terminal.stdout(screen);
  return code;
}
