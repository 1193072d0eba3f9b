import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { recordedCluster } from "../../src/clients/recorded/clients.ts";
import type { Recording } from "../../src/clients/recorded/document.ts";
import type { PlanDocument } from "../../src/render/json/plan.ts";
import { type Ran, workplace } from "../builders/workplace.ts";
import type { State } from "./state.ts";

/** A state on the disk, and kpipe on it. */
export interface Laboratory {
  plan(...flags: readonly string[]): Promise<PlanDocument>;
  apply(...flags: readonly string[]): Promise<Ran>;
  /** An apply on which Ctrl-C is pressed after so many changes. */
  interruptedApply(after: number, ...flags: readonly string[]): Promise<Ran>;
  /** Puts everything back to how it began, or to another state. */
  reset(state?: State): Promise<void>;
  text(): Promise<string>;
  recording(): Promise<Recording>;
}

export async function inLaboratory(
  state: State,
  use: (laboratory: Laboratory) => Promise<void>,
): Promise<void> {
  const { folder, write, kpipe, interrupted, remove } = await workplace({ DB_PASSWORD: "correct-horse" });
  const file = join(folder, "cluster.json");
  const reset: Laboratory["reset"] = async ({ pipeline, recording } = state) => {
    await write(JSON.stringify(pipeline));
    // As kpipe itself would write it, but for the order: what is default is left out.
    await writeFile(file, JSON.stringify(await recordedCluster(recording).recording()));
  };
  const text = () => readFile(file, "utf8");
  const on = ["--cluster", file, "--json"];
  try {
    await reset();
    await use({
      plan: async (...flags) => JSON.parse((await kpipe("plan", ...on, ...flags)).stdout),
      apply: (...flags) => kpipe("apply", "--auto-approve", ...on, ...flags),
      interruptedApply: (after, ...flags) =>
        interrupted((stdout) => doneIn(stdout) >= after, "apply", "--auto-approve", ...on, ...flags),
      reset,
      text,
      recording: async () => JSON.parse(await text()),
    });
  } finally {
    await remove();
  }
}

function doneIn(stdout: string): number {
  return stdout.split('"type":"done"').length - 1;
}
