import { InvalidArgumentError, Option } from "commander";
import { formatDuration, parseDuration } from "../core/quantities.ts";
import type { PlanOptions } from "../planner/draft.ts";

/** What every command that reads a pipeline takes. */
export interface FileOptions {
  readonly file: readonly string[];
  readonly env?: string;
  readonly envFile?: string;
  readonly var: ReadonlyMap<string, string>;
}

/** How a command speaks. */
export interface OutputOptions {
  readonly json: boolean;
  readonly color: boolean;
}

/** What every command that asks a cluster takes. */
export interface ClusterOptions extends FileOptions, OutputOptions {
  /** A recording instead of the servers that the file names. */
  readonly cluster?: string;
  /** Milliseconds that one server may take to answer. */
  readonly timeout: number;
  /** Milliseconds that something which passes by itself, such as a rebalance, is waited for. */
  readonly wait: number;
  readonly target: readonly string[];
  readonly exclude: readonly string[];
}

const gather = (value: string, previous: readonly string[] = []) => [...previous, value];

export const fileOptions: readonly Option[] = [
  new Option("-f, --file <path>", "pipeline file or directory; may be given several times")
    .argParser(gather)
    .default([], "pipeline.yaml"),
  new Option("--env <name>", "merge the overlay pipeline.<name>.yaml"),
  new Option("--env-file <path>", "read ${env.NAME} values from a file of NAME=value lines"),
  new Option("--var <name=value>", "set ${var.name}; may be given several times")
    .argParser(variable)
    .default(new Map(), "none"),
];

export const outputOptions: readonly Option[] = [
  new Option("--json", "print JSON on stdout, and nothing else").default(false),
  new Option("--no-color", "print without colour"),
];

export const waitOptions: readonly Option[] = [
  new Option("--timeout <duration>", "how long a server may take to answer")
    .argParser(duration)
    .default(10_000, "10s"),
  new Option("--wait <duration>", "how long to wait for a rebalance, a start, or tasks that come up")
    .argParser(duration)
    .default(120_000, "2m"),
];

export const clusterOptions: readonly Option[] = [
  new Option("--cluster <file>", "use a recorded cluster instead of the servers that the file names"),
  new Option("--target <glob>", "only these addresses, such as 'topic/purchases*'")
    .argParser(gather)
    .default([], "all"),
  new Option("--exclude <glob>", "all but these addresses").argParser(gather).default([], "none"),
  ...waitOptions,
];

function variable(text: string, previous: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Write it as name=value.");
  return new Map([...previous, [text.slice(0, at), text.slice(at + 1)]]);
}

/** A longer one overflows the 32 bits of Node's timers, which then fire at once. */
const LONGEST_MS = 24n * 86_400_000n;

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms <= 0n) throw new InvalidArgumentError("Write it as 10s, 500ms or 2m.");
  if (ms > LONGEST_MS) throw new InvalidArgumentError(`At most ${formatDuration(LONGEST_MS)} can be waited.`);
  return Number(ms);
}

/** What of the options the planner is told. */
export type PlanningOptions = Pick<ClusterOptions, "target" | "exclude"> & { readonly prune: boolean };

export function planOptionsOf(options: PlanningOptions): PlanOptions {
  return { prune: options.prune, targets: options.target, excludes: options.exclude, base: new Set() };
}
