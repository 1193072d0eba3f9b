import { renderDrift } from "../../render/drift.ts";
import { driftOf } from "../../render/drifted.ts";
import { driftJson } from "../../render/json/drift.ts";
import { kinds, withCluster } from "../cluster.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { loadPipeline } from "../load.ts";
import { type ClusterOptions, planOptionsOf } from "../options.ts";
import { makeDriftPlan, readSides } from "../prepare.ts";
import type { Session } from "../session.ts";

/** The file is its own base: whatever differs has left it, and whatever is missing has vanished. */
export async function drift(session: Session, options: ClusterOptions): Promise<ExitCode> {
  const { terminal, style, status } = session;
  const loaded = loadPipeline(session, options, "live");
  const base = new Set(loaded.pipeline.desired.keys());
  const made = await withCluster(loaded.pipeline, options, async (cluster) => {
    status.show("Reading the cluster");
    const sides = await readSides(loaded, cluster);
    return makeDriftPlan(loaded.pipeline, sides, cluster, {
      ...planOptionsOf({ ...options, prune: false }),
      base,
    });
  });
  status.clear();
  terminal.stdout(
    session.json ? driftJson(made) : renderDrift(made, { kinds, sources: session.sources }, style),
  );
  if (made.diagnostics.some(({ severity }) => severity === "error")) return exitCodes.error;
  return driftOf(made).length > 0 ? exitCodes.changes : exitCodes.success;
}
