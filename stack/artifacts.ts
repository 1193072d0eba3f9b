import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheDir, pomDir } from "./paths.ts";
import { StackError } from "./stack-error.ts";
import { findProgram } from "./toolchain.ts";

/** A pom in `stack/poms`: one server or plugin and everything that it needs. */
export type ArtifactSet =
  | "kafka-4.3.1"
  | "kafka-3.9.2"
  | "connect-4.3.1"
  | "connect-file"
  | "debezium-postgres"
  | "debezium-jdbc-sink";

const copyDependencies = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
const underWay = new Map<ArtifactSet, Promise<string>>();

function folderOf(set: ArtifactSet): string {
  const pom = readFileSync(join(pomDir, `${set}.xml`));
  const key = createHash("sha256").update(pom).digest("hex").slice(0, 8);
  return join(cacheDir(), `${set}-${key}`);
}

/** Whether `fetchArtifacts` would return without Maven. */
export function isCached(set: ArtifactSet): boolean {
  return existsSync(folderOf(set));
}

/** The folder with the jars of a set, filled by Maven the first time. */
export function fetchArtifacts(
  set: ArtifactSet,
  progress: (line: string) => void = () => {},
): Promise<string> {
  const running = underWay.get(set) ?? resolveOnce(set, progress);
  underWay.set(set, running);
  running.catch(() => underWay.delete(set));
  return running;
}

async function resolveOnce(set: ArtifactSet, progress: (line: string) => void): Promise<string> {
  const folder = folderOf(set);
  if (existsSync(folder)) return folder;
  progress(`${set}: resolving with Maven`);
  await mkdir(cacheDir(), { recursive: true });
  const partial = await mkdtemp(join(cacheDir(), "partial-"));
  try {
    await runMaven(set, partial);
    // Several runs may fill the cache at once; the first complete folder stays.
    await rename(partial, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function runMaven(set: ArtifactSet, folder: string): Promise<void> {
  const maven = findProgram("mvn");
  if (maven === undefined) {
    throw new StackError(
      `Maven fetches ${set}, and there is no mvn on the PATH. Install Maven 3.6 or later.`,
    );
  }
  const pom = join(pomDir, `${set}.xml`);
  const options = ["-B", "-ntp", "-q", "-f", pom, "-DincludeScope=runtime", `-DoutputDirectory=${folder}`];
  try {
    await promisify(execFile)(maven, [copyDependencies, ...options], { maxBuffer: 64 << 20 });
  } catch (cause) {
    const output = cause instanceof Error && "stdout" in cause ? String(cause.stdout) : String(cause);
    const lines = output.split("\n").filter((line) => line.includes("ERROR"));
    throw new StackError(`Maven could not fetch ${set}:\n${lines.slice(0, 8).join("\n")}`, { cause });
  }
}
