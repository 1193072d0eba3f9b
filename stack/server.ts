import { setTimeout as sleep } from "node:timers/promises";
import { host, type NamedPort } from "./ports.ts";
import { type Command, type Exit, type Life, launch, type Running, tail } from "./process.ts";
import { StackError } from "./stack-error.ts";

/** How a server is told to end: in its own time, or at once. */
export interface Signals {
  readonly stop: NodeJS.Signals;
  readonly kill: NodeJS.Signals;
}

export const defaultSignals: Signals = { stop: "SIGTERM", kill: "SIGKILL" };

/** One process of the stack, and how to tell that it serves. */
export interface ServerSpec {
  readonly name: string;
  readonly ports: readonly NamedPort[];
  readonly dir: string;
  readonly log: string;
  readonly signals: Signals;
  /** Writes what the server reads; keeps data that is there. */
  prepare(): Promise<Command>;
  /** Undefined when the server has answered a real request, otherwise what is still missing. */
  probe(): Promise<string | undefined>;
}

export interface StartOptions {
  readonly life: Life;
  readonly timeoutMs?: number;
  readonly progress?: (line: string) => void;
  /** Called as soon as the process exists. */
  readonly onLaunch?: (spec: ServerSpec, running: Running) => void;
}

/** Where clients reach a server: its first port. */
export function addressOf(spec: Pick<ServerSpec, "ports">): string {
  return `${host}:${spec.ports[0]?.port}`;
}

/** Starts a server without waiting for it. */
export async function launchServer(spec: ServerSpec, life: Life): Promise<Running> {
  return launch(await spec.prepare(), spec.log, life);
}

/**
 * Waits until the server answers. A server that dies or stays silent for `timeoutMs` is an error with the end
 * of its log; a silent one is killed.
 */
export async function awaitReady(spec: ServerSpec, process: Running, timeoutMs = 120_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const missing = await spec.probe();
    const exit = process.exit();
    if (exit !== undefined) throw new StackError(await died(spec, exit, "before it answered"));
    if (missing === undefined) return;
    if (Date.now() > deadline) {
      process.signal("SIGKILL");
      const seconds = Math.round(timeoutMs / 1000);
      throw new StackError(
        `${spec.name} did not answer within ${seconds} s: ${missing}\n${await endOfLog(spec)}`,
      );
    }
    await Promise.race([sleep(200), process.ended]);
  }
}

/** Says how and when a server ended, with the end of its log. */
export async function died(spec: ServerSpec, { code, signal }: Exit, when: string): Promise<string> {
  const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  return `${spec.name} ${how} ${when}.\n${await endOfLog(spec)}`;
}

async function endOfLog(spec: ServerSpec): Promise<string> {
  return `The end of its log (${spec.log}):\n${await tail(spec.log)}`;
}

/** Starts servers together and waits for all; when one fails, the others are killed. */
export async function startServers(
  specs: readonly ServerSpec[],
  options: StartOptions,
): Promise<readonly Running[]> {
  let failed = false;
  const launched: Running[] = [];
  const start = async (spec: ServerSpec): Promise<Running> => {
    const running = await launchServer(spec, options.life);
    launched.push(running);
    if (failed) running.signal("SIGKILL");
    options.onLaunch?.(spec, running);
    options.progress?.(`${spec.name}: starting (pid ${running.pid})`);
    await awaitReady(spec, running, options.timeoutMs);
    options.progress?.(`${spec.name}: answers on ${addressOf(spec)}`);
    return running;
  };
  const starting = specs.map(start);
  try {
    return await Promise.all(starting);
  } catch (error) {
    failed = true;
    for (const running of launched) running.signal("SIGKILL");
    await Promise.allSettled(starting);
    throw error;
  }
}
