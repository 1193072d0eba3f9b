import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { run } from "../../src/cli/program.ts";

const folder = fileURLToPath(new URL("cases/", import.meta.url));

/**
 * What `case.yaml` says. Beside it stand `pipeline.yaml`, `cluster.json` and whatever else the pipeline names; the
 * other files are what kpipe prints.
 */
export interface Case {
  readonly name: string;
  /** One sentence: what there is to see. */
  readonly shows: string;
  /** Arguments of every command, beside `--cluster cluster.json`. */
  readonly args?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The exit status of plan. */
  readonly exit: number;
  /** Where apply is what the case is about: its screen is a golden file too. */
  readonly apply?: {
    readonly exit: number;
    /** Addresses that the plan after it still changes. */
    readonly then?: readonly string[];
  };
  /** The exit status of drift, where the case is about it. */
  readonly drift?: number;
}

export const caseNames: readonly string[] = readdirSync(folder).toSorted();

export function readCase(name: string): Case {
  const found: unknown = parse(readFileSync(golden(name, "case.yaml"), "utf8"));
  if (!isCase(found)) throw new Error(`case.yaml of ${name} needs \`shows\` and \`exit\``);
  return { ...found, name };
}

function isCase(value: unknown): value is Omit<Case, "name"> {
  return typeof value === "object" && value !== null && "shows" in value && "exit" in value;
}

/** A file of a case's folder. */
export function golden(name: string, file: string): string {
  return join(folder, name, file);
}

/** What one command line printed, and its exit status. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  /** Both streams: of a command without `--json` a user sees them as one. */
  readonly screen: string;
}

/** A copy of a case's folder, and kpipe to run in it as its user would. */
export interface Workplace {
  kpipe(command: string): Promise<Ran>;
  /** The recording as it is now. */
  cluster(): string;
  remove(): void;
}

export function workplace({ name, args = "", env = {} }: Case): Workplace {
  const copy = mkdtempSync(join(tmpdir(), "kpipe-corpus-"));
  cpSync(join(folder, name), copy, { recursive: true });
  const before = process.cwd();
  process.chdir(copy);
  const recorded = existsSync("cluster.json") ? " --cluster cluster.json" : "";
  return {
    cluster: () => (recorded === "" ? "" : readFileSync(join(copy, "cluster.json"), "utf8")),
    remove: () => {
      process.chdir(before);
      rmSync(copy, { recursive: true });
    },
    async kpipe(command) {
      const printed = { stdout: "", screen: "" };
      const code = await run(
        `${command} ${args}${recorded}`.split(" ").filter(Boolean),
        {
          stdout: (text) => {
            printed.stdout += text;
            printed.screen += text;
          },
          stderr: (text) => {
            printed.screen += text;
          },
          environment: env,
          width: 100,
          stdoutIsTerminal: false,
          stderrIsTerminal: false,
          ask: undefined,
          beginWriting: () => new AbortController().signal,
          clock: () => 0,
        },
        "0.0.0",
      );
      return { code, ...printed };
    },
  };
}
