import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** Where poms and log configurations are. */
export const configDir = join(import.meta.dirname, "config");
export const pomDir = join(import.meta.dirname, "poms");

/** Downloaded artifacts. `KPIPE_STACK_CACHE` lets several checkouts share one folder. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.KPIPE_STACK_CACHE ?? join(root, ".cache", "stack"));
}

/** Data, logs and process ids of the servers that `npm run stack` starts. */
export function stateDir(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.KPIPE_STACK_DIR ?? join(root, ".stack"));
}
