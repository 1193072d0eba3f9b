import { setTimeout as sleep } from "node:timers/promises";
import { signalGroup } from "../process.ts";
import { parseNames, wipe } from "../services.ts";
import { isAlive, readRecords, removeRecord, type ServerRecord } from "../state.ts";

/** Stops servers, later services first; `alsoData` removes their data too. */
export async function down(
  names: readonly string[],
  alsoData: boolean,
  print: (line: string) => void,
): Promise<void> {
  const services = parseNames(names);
  for (const service of services.toReversed()) {
    const records = readRecords().filter((record) => record.service === service);
    if (records.length === 0 && names.length > 0) print(`${service}: not up`);
    await Promise.all(records.map((record) => stop(record, print)));
    if (alsoData) wipe(service);
  }
}

async function stop(record: ServerRecord, print: (line: string) => void): Promise<void> {
  if (isAlive(record)) {
    signalGroup(record.pid, record.stopSignal);
    const ended = await endedWithin(record, 15_000);
    if (!ended) {
      signalGroup(record.pid, "SIGKILL");
      await endedWithin(record, 5_000);
    }
    print(`${record.name}: ${ended ? "stopped" : "killed, it did not stop within 15 s"}`);
  } else {
    print(`${record.name}: had died`);
  }
  removeRecord(record.name);
}

async function endedWithin(record: ServerRecord, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(record)) {
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
  return true;
}
