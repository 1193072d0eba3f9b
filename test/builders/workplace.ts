import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/cli/program.ts";

/** What one command line printed, and its exit status. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with one pipeline, and kpipe to run on it as a user would. */
export interface Workplace {
  readonly folder: string;
  /** Replaces the pipeline. */
  write(yaml: string): Promise<void>;
  /** Runs a command on the pipeline, without a terminal. */
  kpipe(...args: readonly string[]): Promise<Ran>;
  remove(): Promise<void>;
}

export async function workplace(environment: Readonly<Record<string, string>> = {}): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), "kpipe-pipeline-"));
  const file = join(folder, "pipeline.yaml");
  return {
    folder,
    write: (yaml) => writeFile(file, yaml),
    remove: () => rm(folder, { recursive: true }),
    async kpipe(command = "", ...args) {
      const printed = { stdout: "", stderr: "" };
      const code = await run(
        [command, "-f", file, ...args],
        {
          stdout: (text) => {
            printed.stdout += text;
          },
          stderr: (text) => {
            printed.stderr += text;
          },
          environment,
          width: 120,
          stdoutIsTerminal: false,
          stderrIsTerminal: false,
          ask: undefined,
          beginWriting: () => new AbortController().signal,
          clock: () => performance.now(),
        },
        "0.0.0",
      );
      return { code, ...printed };
    },
  };
}
