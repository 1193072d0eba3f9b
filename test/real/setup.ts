import type { TestProject } from "vitest/node";
import { whyMissing } from "../../stack/available.ts";
import { startKafka } from "../../stack/cluster.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The one broker that all real tests share: Kafka 4.3.1. Name topics and groups so that they don't collide. */
    kafka: { readonly bootstrap: readonly string[]; readonly clusterId: string };
    /** Why there are no real servers here; empty when there are. */
    stackMissing: string;
  }
}

/** Runs once before the first real test, and not at all when no real test was asked for. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const missing = whyMissing(["kafka-4.3.1", "kafka-3.9.2"]);
  project.provide("stackMissing", missing ?? "");
  if (missing !== undefined) {
    if (process.env.CI === "true") throw new Error(`The real tests can't run: ${missing}. CI must run them.`);
    project.provide("kafka", { bootstrap: [], clusterId: "" });
    process.stderr.write(`\n${notice(missing)}\n\n`);
    return undefined;
  }
  const kafka = await startKafka();
  project.provide("kafka", { bootstrap: kafka.bootstrap, clusterId: kafka.clusterId });
  return () => kafka.stop();
}

function notice(missing: string): string {
  const rule = "!".repeat(88);
  const what = `REAL TESTS SKIPPED: ${missing}.\nNothing below was tried on a real Kafka. stack/README.md says what to install.`;
  return `${rule}\n${what}\n${rule}`;
}
