import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts, requireFree } from "./ports.ts";
import type { Life, Running } from "./process.ts";
import { awaitReady, died, launchServer, type ServerSpec, startServers } from "./server.ts";

/** Servers that end with this process, however it ends. Each is counted from 0. */
export interface OwnedServers {
  /** Ends a server at once. */
  kill(server: number): Promise<void>;
  /** Starts a server anew on its ports and its data, killed or not; returns when it answers. */
  restart(server: number): Promise<void>;
  /** Freezes a server: its port accepts, and nothing answers. */
  pause(server: number): void;
  resume(server: number): void;
  /** Everything a server has logged. */
  logs(server: number): Promise<string>;
  /** Ends all of them and removes a temporary folder. */
  stop(): Promise<void>;
}

/** The same of one server alone. */
export interface OwnedServer {
  /** Ends the server at once. */
  kill(): Promise<void>;
  /** Starts the server anew on its port and its data, killed or not; returns when it answers. */
  restart(): Promise<void>;
  /** Freezes the server: its port accepts, and nothing answers. */
  pause(): void;
  resume(): void;
  /** Everything the server has logged. */
  logs(): Promise<string>;
  /** Ends the server and removes a temporary folder. */
  stop(): Promise<void>;
}

export function only(servers: OwnedServers): OwnedServer {
  return {
    kill: () => servers.kill(0),
    restart: () => servers.restart(0),
    pause: () => servers.pause(0),
    resume: () => servers.resume(0),
    logs: () => servers.logs(0),
    stop: () => servers.stop(),
  };
}

export interface OwnedOptions {
  /** Kept by `stop()`; a temporary folder that goes away otherwise. */
  readonly dir?: string;
  readonly progress?: (line: string) => void;
}

/** Where the servers go. */
export interface Place {
  readonly dir: string;
  readonly ports: readonly number[];
  /** The servers that have not been killed. */
  readonly alive: () => readonly number[];
}

/** How many free ports to find, or the ones to use as they are. */
export type WantedPorts = { readonly count: number } | { readonly exactly: readonly number[] };

/**
 * Starts servers of one sort together and returns when all of them answer. Throws a StackError with the end of
 * the log of one that dies.
 */
export async function startOwned(
  sort: string,
  wanted: WantedPorts,
  options: OwnedOptions,
  describe: (place: Place) => readonly ServerSpec[],
): Promise<OwnedServers> {
  if ("exactly" in wanted) return startOn(sort, wanted.exactly, options, describe);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(sort, await freePorts(wanted.count), options, describe);
    } catch (error) {
      // Between the choice of a free port and its use another program may take it.
      if (attempt === 3 || !/Address already in use|Failed to bind/.test(String(error))) throw error;
    }
  }
}

async function startOn(
  sort: string,
  ports: readonly number[],
  options: OwnedOptions,
  describe: (place: Place) => readonly ServerSpec[],
): Promise<OwnedServers> {
  const temporary = options.dir === undefined ? await mkdtemp(join(tmpdir(), `kpipe-${sort}-`)) : undefined;
  const dir = options.dir ?? temporary ?? "";
  await mkdir(dir, { recursive: true });
  const removeTemporary = async () => {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
  };
  const life: Life = { ends: "with its owner", ...(temporary !== undefined && { temporary }) };
  const killed = new Set<number>();
  const alive = () => specs.map((_, server) => server).filter((server) => !killed.has(server));
  const specs = describe({ dir, ports, alive });
  try {
    const all = specs.flatMap((spec) => spec.ports);
    await requireFree(all, "Stop that program, or choose other ports.");
    const progress = options.progress;
    const running = await startServers(specs, { life, ...(progress && { progress }) });
    return control(specs, [...running], killed, life, removeTemporary);
  } catch (error) {
    await removeTemporary();
    throw error;
  }
}

function control(
  specs: readonly ServerSpec[],
  running: Running[],
  killed: Set<number>,
  life: Life,
  removeTemporary: () => Promise<void>,
): OwnedServers {
  const specOf = (server: number) => present(specs[server], server);
  const runningOf = (server: number) => present(running[server], server);
  const watch = (server: number) => {
    runningOf(server).ended.then(async (exit) => {
      if (!killed.has(server))
        process.stderr.write(`\n${await died(specOf(server), exit, "while it was in use")}\n`);
    });
  };
  for (const server of specs.keys()) watch(server);
  const kill = async (server: number) => {
    killed.add(server);
    runningOf(server).signal(specOf(server).signals.kill);
    // Of all signals only KILL reaches a server that is frozen.
    runningOf(server).signal("SIGCONT");
    await runningOf(server).ended;
  };
  return {
    kill,
    restart: async (server) => {
      await kill(server);
      running[server] = await launchServer(specOf(server), life);
      killed.delete(server);
      await awaitReady(specOf(server), runningOf(server));
      watch(server);
    },
    pause: (server) => runningOf(server).signalServer("SIGSTOP"),
    resume: (server) => runningOf(server).signalServer("SIGCONT"),
    logs: (server) => readFile(specOf(server).log, "utf8"),
    stop: async () => {
      await Promise.all(specs.map((_, server) => kill(server)));
      await removeTemporary();
    },
  };
}

function present<T>(value: T | undefined, server: number): T {
  if (value === undefined) throw new RangeError(`There is no server ${server}`);
  return value;
}
