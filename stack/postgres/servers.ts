import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { host } from "../ports.ts";
import type { Command } from "../process.ts";
import type { ServerSpec } from "../server.ts";
import { StackError } from "../stack-error.ts";
import { postgresUser, requirePostgres } from "./binaries.ts";
import { query } from "./query.ts";

export interface PostgresPlan {
  readonly port: number;
  readonly dir: string;
}

// Nobody minds what is lost when the machine itself goes down. A killed server still loses nothing.
const fast = ["fsync=off", "full_page_writes=off", "shared_buffers=32MB"];
const replication = ["wal_level=logical", "max_wal_senders=20", "max_replication_slots=20"];

/** PostgreSQL as a server named `postgres`, with the databases `shop` (seeded) and `warehouse` (empty). */
export function postgresServer({ port, dir }: PostgresPlan): ServerSpec {
  const network = [`listen_addresses=${host}`, `port=${port}`, "unix_socket_directories="];
  return {
    name: "postgres",
    dir,
    log: join(dir, "postgres.log"),
    ports: [{ owner: "postgres", port }],
    // Fast and immediate shutdown; a TERM would wait for the clients to leave, a KILL leaves shared memory behind.
    signals: { stop: "SIGINT", kill: "SIGQUIT" },
    prepare: async () => {
      const binaries = requirePostgres();
      const data = join(dir, "data");
      await initialise(binaries, dir, data);
      const settings = [...network, ...fast, ...replication].flatMap((setting) => ["-c", setting]);
      return { file: join(binaries, "postgres"), args: ["-D", data, ...settings], ...as(), cwd: data };
    },
    probe: async () => {
      try {
        await query({ port, database: "shop" }, "SELECT 1");
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  };
}

const seeds = [
  ["postgres", "cluster.sql"],
  ["shop", "shop.sql"],
] as const;

function as(): { readonly user?: { readonly uid: number; readonly gid: number } } {
  const user = postgresUser();
  return user === undefined ? {} : { user };
}

async function initialise(binaries: string, dir: string, data: string): Promise<void> {
  const seeded = join(dir, "seeded");
  if (existsSync(seeded)) return;
  const user = postgresUser();
  const sockets = await mkdtemp(join(tmpdir(), "kpipe-seed-"));
  await mkdir(dir, { recursive: true });
  const password = join(dir, "password");
  await writeFile(password, "postgres\n");
  if (user !== undefined) {
    for (const path of [dir, sockets, password]) await chown(path, user.uid, user.gid);
  }
  const run = (program: string, ...args: readonly string[]) => runAs(user, join(binaries, program), args);
  const auth = ["-U", "postgres", "--auth-local=trust", "--auth-host=scram-sha-256", `--pwfile=${password}`];
  await run("initdb", "-D", data, ...auth, "-E", "UTF8", "--no-locale", "--no-sync");
  // Seeded over a socket, so that nobody sees it half done; and by a running server, because what a single-user
  // one creates counts as part of the system and is never replicated.
  const offline = `-c listen_addresses= -c unix_socket_directories=${sockets} -c fsync=off`;
  await run("pg_ctl", "-D", data, "-w", "-l", join(dir, "seed.log"), "-o", offline, "start");
  try {
    const psql = ["-X", "-q", "-h", sockets, "-U", "postgres", "-v", "ON_ERROR_STOP=1"];
    for (const [database, file] of seeds) {
      // The other user may not read the checkout.
      await copyFile(join(import.meta.dirname, file), join(dir, file));
      await run("psql", ...psql, "-d", database, "-f", join(dir, file));
    }
  } finally {
    await run("pg_ctl", "-D", data, "-w", "-m", "fast", "stop");
    await rm(sockets, { recursive: true });
  }
  await writeFile(seeded, "");
}

async function runAs(user: Command["user"], file: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(file, args, { ...user, cwd: "/" }).catch((cause: unknown) => {
    const output = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause);
    throw new StackError(`PostgreSQL could not make its databases:\n${output}`, { cause });
  });
}
