import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// A minute with kpipe, on a recording of a cluster: no server, no credentials, nothing left behind.

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kpipe-demo-"));

function say(text: string): void {
  console.log(`\n# ${text}`);
}

/** Runs kpipe and holds it to the exit status that the story tells; a demo that lies should fail. */
function kpipe(args: string, expected: number): void {
  console.log(`$ kpipe ${args}\n`);
  const on = args === "init" ? [] : ["--cluster", "cluster.json"];
  const { status } = spawnSync(process.execPath, [path("../dist/bin.js"), ...args.split(" "), ...on], {
    cwd: folder,
    stdio: "inherit",
  });
  if (status !== expected) throw new Error(`kpipe ${args} ended with ${status} and not with ${expected}`);
}

function replace(file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(join(folder, file), text.replace(from, to));
}

/** An edit of one line of the pipeline. */
function edit(from: string, to: string): void {
  replace("pipeline.yaml", from, to);
  console.log(`$ sed -i 's/${from}/${to}/' pipeline.yaml`);
}

try {
  copyFileSync(path("../examples/demo/cluster.json"), join(folder, "cluster.json"));
  say("The cluster is cluster.json, a recording of a real one. A pipeline to start from:");
  kpipe("init", 0);
  say("What would change?");
  kpipe("plan", 0);
  say("Make it so.");
  kpipe("apply --auto-approve", 0);
  say("Once more: nothing left to do.");
  kpipe("plan", 0);
  say("Somebody sets the retention on the cluster by hand. `drift`, in a cron job, ends with 2.");
  replace("cluster.json", '"retention.ms": "604800000"', '"retention.ms": "3600000"');
  kpipe("drift", 2);
  say("An edit, of the partitions. The plan says what it costs, and puts the retention back.");
  edit("partitions: 1", "partitions: 6");
  kpipe("plan", 0);
  kpipe("apply --auto-approve", 0);
  say("Kafka can't remove partitions, and kpipe never drops a topic to pretend it could.");
  edit("partitions: 6", "partitions: 2");
  kpipe("plan", 1);
  say("A topic that leaves the file stays on the cluster, and is listed as an orphan.");
  replace("pipeline.yaml", "  purchases.audit:\n    partitions: 2\n", "");
  kpipe("plan", 0);
  say("Asked to delete it, kpipe first wants a budget for deletes in the file.");
  kpipe("plan --prune", 3);
  say("That's all. `kpipe --help` has the rest.");
} finally {
  rmSync(folder, { recursive: true });
}
