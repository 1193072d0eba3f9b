import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Measured {
  readonly seconds: number;
  /** Peak resident memory in MiB; NaN where the system has no /proc. */
  readonly peakMiB: number;
}

/** Runs a program to its end; throws what it printed if it fails. */
export function measure(command: string, args: readonly string[], cwd: string): Promise<Measured> {
  const start = performance.now();
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-4000);
    });
  }
  let peakMiB = Number.NaN;
  const sampling = setInterval(() => {
    peakMiB = peakOf(child.pid) ?? peakMiB;
  }, 10);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => {
      clearInterval(sampling);
      if (status === 0) resolve({ seconds: (performance.now() - start) / 1000, peakMiB });
      else reject(new Error(`${command} ${args.join(" ")} ended with ${status}:\n${printed}`));
    });
  });
}

/** The kernel keeps the high-water mark itself, so a late sample still sees an early peak. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}

export interface Pair {
  readonly ours: Measured;
  readonly bare: Measured;
  /** Median of the ratios of seconds, pair by pair: it holds when the machine's speed drifts. */
  readonly ratio: number;
}

/** Runs two commands in turn, after one uncounted run of each. */
export async function pairwise(
  runs: number,
  ours: () => Promise<Measured>,
  bare: () => Promise<Measured>,
): Promise<Pair> {
  await ours();
  await bare();
  const pairs: { ours: Measured; bare: Measured }[] = [];
  for (let run = 0; run < runs; run += 1) pairs.push({ ours: await ours(), bare: await bare() });
  return {
    ours: middle(pairs.map((it) => it.ours)),
    bare: middle(pairs.map((it) => it.bare)),
    ratio: median(pairs.map((it) => it.ours.seconds / it.bare.seconds)),
  };
}

function middle(all: readonly Measured[]): Measured {
  return { seconds: median(all.map((it) => it.seconds)), peakMiB: median(all.map((it) => it.peakMiB)) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
