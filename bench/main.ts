import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startKafka } from "../stack/cluster.ts";
import { type Measured, measure, type Pair, pairwise } from "./measure.ts";

const RUNS = 5;
const sizes = process.argv.slice(2).map(Number);
const node = process.execPath;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const kpipe = path("../dist/bin.js");

function pipeline(broker: string, prefix: string, count: number): string {
  const topics = Array.from({ length: count }, (_, i) => `  ${prefix}.${i}: {}`);
  return `apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: bench }
connections: { kafka: { brokers: ["${broker}"] } }
claim: { topics: ["${prefix}*"] }
defaults: { topic: { partitions: 3, replicationFactor: 1, config: { retention.ms: 7d } } }
topics:
${topics.join("\n")}
`;
}

/**
 * Applies and plans `count` topics. Each side creates its topics on a broker of its own: a broker that has just
 * been given a thousand topics is busy with their files for seconds, and whoever comes second would wait.
 */
async function topics(count: number): Promise<readonly string[]> {
  const bareCreate = await onFreshBroker((broker, dir) =>
    measure(node, [path("bare/create.mjs"), broker, "bare", String(count)], dir),
  );
  return onFreshBroker(async (broker, dir) => {
    await writeFile(join(dir, "pipeline.yaml"), pipeline(broker, "ours", count));
    const apply = await measure(node, [kpipe, "apply", "--auto-approve", "--timeout", "2m"], dir);
    const plan = await pairwise(
      RUNS,
      () => measure(node, [kpipe, "plan", "--timeout", "2m"], dir),
      () => measure(node, [path("bare/read.mjs"), broker], dir),
    );
    return [row(`plan, ${count} topics`, plan), row(`apply, ${count} topics`, once(apply, bareCreate))];
  });
}

async function onFreshBroker<T>(use: (broker: string, dir: string) => Promise<T>): Promise<T> {
  const cluster = await startKafka();
  const dir = await mkdtemp(join(tmpdir(), "kpipe-bench-"));
  try {
    return await use(cluster.bootstrap[0] ?? "", dir);
  } finally {
    await cluster.stop();
    await rm(dir, { recursive: true });
  }
}

async function startUp(): Promise<string> {
  const cwd = process.cwd();
  const pair = await pairwise(
    2 * RUNS,
    () => measure(node, [kpipe, "--version"], cwd),
    () => measure(node, ["-e", "0"], cwd),
  );
  return row("start-up (`--version`)", pair);
}

function once(ours: Measured, bare: Measured): Pair {
  return { ours, bare, ratio: ours.seconds / bare.seconds };
}

function row(what: string, { ours, bare, ratio }: Pair): string {
  const seconds = (it: Measured) => `${it.seconds.toFixed(2)} s`;
  const memory = `${ours.peakMiB.toFixed(0)} MiB`;
  return `| ${what} | ${seconds(ours)} | ${seconds(bare)} | ${ratio.toFixed(2)} | ${memory} |`;
}

console.log("| | kpipe | bare | ratio | peak memory |\n|---|--:|--:|--:|--:|");
console.log(await startUp());
for (const count of sizes.length > 0 ? sizes : [1_000, 10_000]) {
  for (const line of await topics(count)) console.log(line);
}
