import { createServer } from "node:net";
import { StackError } from "./stack-error.ts";

/** The stack never listens anywhere else. */
export const host = "127.0.0.1";

export interface NamedPort {
  readonly owner: string;
  readonly port: number;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => done(true)));
  });
}

/** Throws an error that names every port that something else holds. */
export async function requireFree(ports: readonly NamedPort[], advice: string): Promise<void> {
  const free = await Promise.all(ports.map(({ port }) => isFree(port)));
  const held = ports.filter((_, index) => !free[index]);
  if (held.length === 0) return;
  const lines = held.map(
    ({ owner, port }) => `Port ${port}, wanted for ${owner}, is held by another program.`,
  );
  throw new StackError([...lines, advice].join("\n"));
}

const handedOut = new Set<number>();

/**
 * Free loopback ports. They lie below the range from which the system numbers outgoing connections, so that
 * no client socket takes the port of a server while it restarts.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  for (let tries = 0; ports.length < count; tries += 1) {
    if (tries > 1000)
      throw new StackError(`Found no ${count} free ports between 15000 and 32000 on ${host}.`);
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    if (handedOut.has(port) || !(await isFree(port))) continue;
    handedOut.add(port);
    ports.push(port);
  }
  return ports;
}
