import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { host } from "../ports.ts";
import { requirePostgres } from "./binaries.ts";

/** Who reads and writes; Debezium needs a role that may replicate. */
export const credentials = { user: "kafka", password: "kafka" } as const;

export interface Where {
  readonly port: number;
  readonly database: string;
}

/** Runs SQL and returns the rows of its last statement as text; a null is an empty text. */
export async function query({ port, database }: Where, sql: string): Promise<readonly (readonly string[])[]> {
  const connection = ["-h", host, "-p", String(port), "-U", credentials.user, "-d", database];
  const format = ["-X", "-q", "-A", "-t", "-F", "\x1f", "-R", "\x1e", "-v", "ON_ERROR_STOP=1"];
  const env = { ...process.env, PGPASSWORD: credentials.password, PGCONNECT_TIMEOUT: "5" };
  const psql = join(requirePostgres(), "psql");
  const answer = await promisify(execFile)(psql, [...connection, ...format, "-c", sql], { env }).catch(
    (cause: unknown) => {
      const message =
        cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause);
      throw new Error(message, { cause });
    },
  );
  const rows = answer.stdout.replace(/\n$/, "");
  return rows === "" ? [] : rows.split("\x1e").map((row) => row.split("\x1f"));
}
