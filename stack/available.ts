import { type ArtifactSet, isCached } from "./artifacts.ts";
import { findJava, findProgram } from "./toolchain.ts";

/** Why these servers can't run on this machine, or undefined when they can. */
export function whyMissing(
  sets: readonly ArtifactSet[],
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (findJava(env) === undefined) return "there is no Java (17 or later)";
  const uncached = sets.filter((set) => !isCached(set));
  if (uncached.length > 0 && findProgram("mvn", env) === undefined) {
    return `there is no Maven to fetch ${uncached.join(", ")}`;
  }
  return undefined;
}
