import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type Command, launch, tail } from "../process.ts";
import { StackError } from "../stack-error.ts";

interface Database {
  readonly binaries: string;
  /** What belongs to this server; `data` is inside. */
  readonly dir: string;
  readonly data: string;
  readonly user: Command["user"];
}

/**
 * Makes the data folder and its databases, unless that was done and finished before. They are filled over a socket,
 * so that nobody sees them half done; and by a running server, because what a single-user one creates counts as part
 * of the system and is never replicated.
 */
export async function initialise(database: Database): Promise<void> {
  const { dir, data, user, binaries } = database;
  const finished = join(dir, "seeded");
  if (existsSync(finished)) return;
  await rm(data, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const password = join(dir, "password");
  const seed = join(dir, "seed.sql");
  const sockets = await mkdtemp(join(tmpdir(), "kpipe-seed-"));
  await writeFile(password, "postgres\n");
  // The other user may not read the checkout.
  await copyFile(join(import.meta.dirname, "seed.sql"), seed);
  if (user !== undefined) {
    for (const path of [dir, password, seed, sockets]) await chown(path, user.uid, user.gid);
  }
  const auth = ["-U", "postgres", "--auth-local=trust", "--auth-host=scram-sha-256", `--pwfile=${password}`];
  await run(join(binaries, "initdb"), ["-D", data, ...auth, "-E", "UTF8", "--no-locale", "--no-sync"], user);
  try {
    await fill(database, seed, sockets);
  } finally {
    await rm(sockets, { recursive: true });
  }
  await writeFile(finished, "");
}

async function fill({ binaries, dir, data, user }: Database, seed: string, sockets: string): Promise<void> {
  const log = join(dir, "seed.log");
  const offline = ["-c", "listen_addresses=", "-c", `unix_socket_directories=${sockets}`, "-c", "fsync=off"];
  const command = { file: join(binaries, "postgres"), args: ["-D", data, ...offline], cwd: data };
  const server = await launch({ ...command, ...(user && { user }) }, log, { ends: "with its owner" });
  const psql = (...args: readonly string[]) =>
    run(
      join(binaries, "psql"),
      ["-X", "-q", "-h", sockets, "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1", ...args],
      user,
    );
  try {
    for (let tries = 1; !(await psql("-c", "SELECT 1").then(yes, no)); tries += 1) {
      if (server.exit() !== undefined || tries === 300) {
        throw new StackError(
          `PostgreSQL did not start to be filled. The end of its log:\n${await tail(log)}`,
        );
      }
      await sleep(100);
    }
    await psql("-f", seed);
  } finally {
    server.signal("SIGINT");
    await server.ended;
  }
}

const yes = () => true;
const no = () => false;

async function run(file: string, args: readonly string[], user: Command["user"]): Promise<void> {
  await promisify(execFile)(file, args, { ...user, cwd: "/" }).catch((cause: unknown) => {
    const output = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause);
    throw new StackError(`PostgreSQL could not make its databases:\n${output}`, { cause });
  });
}
