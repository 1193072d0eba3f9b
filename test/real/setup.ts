import type { TestProject } from "vitest/node";
import { whyMissing } from "../../stack/available.ts";
import { startKafka } from "../../stack/cluster.ts";
import { bundledPlugins, connectArtifacts } from "../../stack/connect/servers.ts";
import { findPostgres } from "../../stack/postgres/binaries.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The one broker that all real tests share: Kafka 4.3.1. Name topics and groups so that they don't collide. */
    kafka: { readonly bootstrap: readonly string[]; readonly clusterId: string };
    /** Why there are no real servers here; empty when there are. */
    stackMissing: string;
    /** Why there is no PostgreSQL here; empty when there is. Tests that start one skip themselves by it. */
    postgresMissing: string;
  }
}

/** Runs once before the first real test, and not at all when no real test was asked for. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const missing = whyMissing(["kafka-4.3.1", "kafka-3.9.2", connectArtifacts, ...bundledPlugins]);
  const noPostgres = findPostgres() === undefined ? "there is no PostgreSQL" : undefined;
  const reason = missing ?? noPostgres;
  if (reason !== undefined) {
    if (process.env.CI === "true") throw new Error(`The real tests can't run: ${reason}. CI must run them.`);
    process.stderr.write(
      `\n${notice(missing === undefined ? "REAL TESTS WITH A DATABASE" : "REAL TESTS", reason)}\n\n`,
    );
  }
  project.provide("stackMissing", missing ?? "");
  project.provide("postgresMissing", noPostgres ?? "");
  if (missing !== undefined) {
    project.provide("kafka", { bootstrap: [], clusterId: "" });
    return undefined;
  }
  const kafka = await startKafka();
  project.provide("kafka", { bootstrap: kafka.bootstrap, clusterId: kafka.clusterId });
  return () => kafka.stop();
}

function notice(suites: string, reason: string): string {
  const rule = "!".repeat(88);
  return `${rule}\n${suites} SKIPPED: ${reason}.\nstack/README.md says what to install.\n${rule}`;
}
