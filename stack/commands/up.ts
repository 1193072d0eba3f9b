import { requireFree } from "../ports.ts";
import type { Running } from "../process.ts";
import { addressOf, type ServerSpec, startServers } from "../server.ts";
import { parseNames, type Service, type ServiceName, serviceOf, usualNames } from "../services.ts";
import type { Settings } from "../settings.ts";
import { StackError } from "../stack-error.ts";
import { isAlive, readRecords, removeRecord, writeRecord } from "../state.ts";

/** Starts what isn't up yet and returns when all of it answers. */
export async function up(
  names: readonly string[],
  settings: Settings,
  print: (line: string) => void,
): Promise<void> {
  for (const name of withKafka(parseNames(names, usualNames)))
    await upService(serviceOf(name, settings, print), print);
}

/** A worker is nothing without a broker. */
function withKafka(names: readonly ServiceName[]): readonly ServiceName[] {
  return names.includes("connect") && !names.includes("kafka") ? ["kafka", ...names] : names;
}

async function upService(service: Service, print: (line: string) => void): Promise<void> {
  const alive = readRecords().filter((record) => record.service === service.name && isAlive(record));
  const other = alive.find(({ description }) => description !== service.description);
  if (other !== undefined) {
    const ask = `Asked for: ${service.description}. First run: npm run stack -- down ${service.name}`;
    throw new StackError(`${service.name} is up as ${other.description}. ${ask}`);
  }
  const isUp = (spec: ServerSpec) => alive.some(({ name }) => name === spec.name);
  for (const spec of service.servers.filter(isUp)) {
    const missing = await spec.probe();
    const state =
      missing === undefined ? `already up on ${addressOf(spec)}` : `up, and does not answer: ${missing}`;
    print(`${spec.name}: ${state}`);
  }
  await start(
    service,
    service.servers.filter((spec) => !isUp(spec)),
    print,
  );
}

async function start(
  service: Service,
  specs: readonly ServerSpec[],
  print: (line: string) => void,
): Promise<void> {
  await requireFree(
    specs.flatMap(({ ports }) => ports),
    "Stop that program, or choose other ports: npm run stack -- up --port-base 12000 (or KPIPE_STACK_PORT_BASE).",
  );
  const launched: Running[] = [];
  const interrupted = () => {
    for (const running of launched) running.signal("SIGKILL");
    process.exit(130);
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    await startServers(specs, {
      life: { ends: "when stopped" },
      progress: print,
      onLaunch: (spec, running) => {
        launched.push(running);
        writeRecord(service, spec, running.pid, addressOf(spec));
      },
    });
  } catch (error) {
    for (const spec of specs) removeRecord(spec.name);
    throw error;
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
  }
}
