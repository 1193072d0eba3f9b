import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateDir } from "./paths.ts";
import type { ServerSpec } from "./server.ts";
import type { Service } from "./services.ts";

/** A server that `up` has started, as kept in the state folder. */
export interface ServerRecord {
  readonly name: string;
  readonly service: string;
  readonly description: string;
  readonly pid: number;
  readonly address: string;
  readonly ports: readonly number[];
  readonly dir: string;
  readonly log: string;
  readonly stopSignal: NodeJS.Signals;
}

function recordDir(): string {
  return join(stateDir(), "run");
}

export function readRecords(): readonly ServerRecord[] {
  if (!existsSync(recordDir())) return [];
  const files = readdirSync(recordDir()).filter((file) => file.endsWith(".json"));
  return files.sort().map((file): ServerRecord => JSON.parse(readFileSync(join(recordDir(), file), "utf8")));
}

export function writeRecord(service: Service, spec: ServerSpec, pid: number, address: string): void {
  const record: ServerRecord = {
    name: spec.name,
    service: service.name,
    description: service.description,
    pid,
    address,
    ports: spec.ports.map(({ port }) => port),
    dir: spec.dir,
    log: spec.log,
    stopSignal: spec.signals.stop,
  };
  mkdirSync(recordDir(), { recursive: true });
  writeFileSync(join(recordDir(), `${spec.name}.json`), `${JSON.stringify(record, undefined, 2)}\n`);
}

export function removeRecord(name: string): void {
  rmSync(join(recordDir(), `${name}.json`), { force: true });
}

/** Whether the recorded process is still the server, and not another that got its number. */
export function isAlive(record: ServerRecord): boolean {
  return commandLineOf(record.pid).includes(record.dir);
}

function commandLineOf(pid: number): string {
  if (existsSync("/proc/self/cmdline")) {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }
  try {
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}
