import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/cli/program.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

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
  /** The same, and while it runs Ctrl-C is pressed as soon as stdout has satisfied somebody. */
  interrupted(isEnough: (stdout: string) => boolean, ...args: readonly string[]): Promise<Ran>;
  remove(): Promise<void>;
}

export async function workplace(environment: Readonly<Record<string, string>> = {}): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), "kpipe-pipeline-"));
  const file = join(folder, "pipeline.yaml");
  const interrupted: Workplace["interrupted"] = async (isEnough, command = "", ...args) => {
    const printed = { stdout: "", stderr: "" };
    const interrupt = new AbortController();
    const terminal: Terminal = {
      stdout: (text) => {
        printed.stdout += text;
        if (isEnough(printed.stdout)) interrupt.abort();
      },
      stderr: (text) => {
        printed.stderr += text;
      },
      environment,
      width: 120,
      stdoutIsTerminal: false,
      stderrIsTerminal: false,
      ask: undefined,
      beginWriting: () => interrupt.signal,
      clock: () => performance.now(),
    };
    const code = await run([command, "-f", file, ...args], terminal, "0.0.0");
    return { code, ...printed };
  };
  return {
    folder,
    write: (yaml) => writeFile(file, yaml),
    kpipe: (...args) => interrupted(() => false, ...args),
    interrupted,
    remove: () => rm(folder, { recursive: true }),
  };
}
