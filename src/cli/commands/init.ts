import { writeFileSync } from "node:fs";
import { error, KpipeError } from "../../core/errors.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { OutputOptions } from "../options.ts";
import type { Session } from "../session.ts";

const FILE = "pipeline.yaml";

/** Small enough to read in a minute, and valid as it stands. */
const starter = `# yaml-language-server: $schema=./node_modules/kpipe/schema/pipeline.schema.json
apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: purchases }

connections:
  kafka: { brokers: ["localhost:9092"] }

# What this pipeline may change, and what it calls an orphan. Everything else is somebody else's.
claim: { topics: ["purchases*"] }

defaults:
  topic: { partitions: 3, replicationFactor: 1 }

topics:
  purchases:
    config: { retention.ms: 7d, cleanup.policy: delete }
    protect: true
  purchases.audit:
    partitions: 1
`;

/** Writes a pipeline to start from; never over a file that is there. */
export async function init({ terminal }: Session, _options: OutputOptions): Promise<ExitCode> {
  try {
    writeFileSync(FILE, starter, { flag: "wx" });
  } catch (cause) {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    throw new KpipeError(
      exists
        ? error("KP6010", `${FILE} is there already`)
        : error("KP6011", `${FILE}: ${cause instanceof Error ? cause.message : String(cause)}`),
      cause,
    );
  }
  terminal.stdout(`Wrote ${FILE}. Look at it, then run \`kpipe plan\`.\n`);
  return exitCodes.success;
}
