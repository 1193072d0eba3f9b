import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "../process.ts";
import { StackError } from "../stack-error.ts";
import { findProgram } from "../toolchain.ts";

const debian = "/usr/lib/postgresql";

/** The folder with `initdb`, `postgres` and `psql`: the newest of Debian's, otherwise from the PATH. */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = versions
    .filter((version) => existsSync(join(debian, version, "bin", "postgres")))
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(debian, version, "bin"));
  const initdb = findProgram("initdb", env);
  return folders[0] ?? (initdb === undefined ? undefined : dirname(initdb));
}

export function requirePostgres(): string {
  const folder = findPostgres();
  if (folder !== undefined) return folder;
  throw new StackError(
    "There is no PostgreSQL here. Install it (Debian and Ubuntu: apt-get install postgresql).",
  );
}

/** PostgreSQL refuses to run as root, so root runs it as the system's `postgres`, or as nobody. */
export function postgresUser(): Command["user"] {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  const found =
    users.find((line) => line.startsWith("postgres:")) ?? users.find((line) => line.startsWith("nobody:"));
  const [, , uid, gid] = (found ?? "nobody:x:65534:65534").split(":");
  return { uid: Number(uid), gid: Number(gid) };
}
