import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs; here unless told. */
  readonly cwd?: string;
  /** Servers that refuse to run as root (PostgreSQL). */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** What happens to a server, and to a temporary folder, when this process ends. */
export type Life =
  | { readonly ends: "when stopped" }
  | { readonly ends: "with its owner"; readonly temporary?: string };

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Running {
  readonly pid: number;
  /** Set once the process has ended. */
  exit(): Exit | undefined;
  readonly ended: Promise<Exit>;
  /** To the whole process group; nothing happens when it has ended. */
  signal(signal: NodeJS.Signals): void;
  /** To the server alone: stopping the group would stop what watches over it. */
  signalServer(signal: "SIGSTOP" | "SIGCONT"): void;
}

// Ten thousand topics need as many files open.
const limits = 'ulimit -n 100000 2>/dev/null || ulimit -n "$(ulimit -Hn)"';

// The pipe on standard input closes however the owner ends. It closes too when the server itself has ended: then there
// is nothing left to kill and its folder stays. The watcher keeps the group's number taken, so it can't hit another.
const watched = `${limits}; exec 3<&0 </dev/null
(cat <&3; kill -s KILL $$ 2>/dev/null || exit
test -z "$REMOVE" || rm -rf -- "$REMOVE" || { sleep 1; rm -rf -- "$REMOVE"; }
kill -s KILL -- -$$) &
exec 3<&-; exec "$@"`;
const unwatched = `${limits}; exec "$@"`;

/**
 * Starts a command in a process group of its own, with its output appended to a file. A server that ends with its
 * owner does so even if the owner is killed.
 */
export async function launch(command: Command, log: string, life: Life): Promise<Running> {
  const output = openSync(log, "a");
  const owned = life.ends === "with its owner";
  const child = spawn("sh", ["-c", owned ? watched : unwatched, "sh", command.file, ...command.args], {
    detached: true,
    stdio: [owned ? "pipe" : "ignore", output, output],
    env: { ...process.env, ...command.env, REMOVE: (owned && life.temporary) || "" },
    ...(command.cwd !== undefined && { cwd: command.cwd }),
    ...command.user,
  });
  closeSync(output);
  const ended = exitOf(child);
  await Promise.race([once(child, "spawn"), ended]);
  if (!owned) child.unref();
  return running(child, ended);
}

function running(child: ChildProcess, ended: Promise<Exit>): Running {
  const pid = child.pid;
  if (pid === undefined) throw new Error("A process that has started has an id");
  const exit = (): Exit | undefined =>
    child.exitCode === null && child.signalCode === null
      ? undefined
      : { code: child.exitCode, signal: child.signalCode };
  return {
    pid,
    exit,
    ended,
    signal: (signal) => {
      if (exit() === undefined) signalGroup(pid, signal);
    },
    signalServer: (signal) => {
      if (exit() === undefined) process.kill(pid, signal);
    },
  };
}

async function exitOf(child: ChildProcess): Promise<Exit> {
  const [code, signal] = await once(child, "exit");
  return { code, signal };
}

/** Signals a process group; false when there is none any more. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

/** The last lines of a log, indented for an error message. */
export async function tail(log: string, lines = 25): Promise<string> {
  const text = await readFile(log, "utf8").catch(() => "");
  const last = text.trimEnd().split("\n").slice(-lines);
  return last.map((line) => `  | ${line}`).join("\n");
}
