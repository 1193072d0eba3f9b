import { createReadStream, existsSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { StackError } from "../stack-error.ts";
import { isAlive, readRecords, type ServerRecord } from "../state.ts";

/** Prints what a server has logged; with `follow`, what it logs from then on too, until it ends. */
export async function logs(name: string, follow: boolean, write: (chunk: string) => void): Promise<void> {
  const record = recordOf(name);
  let offset = await printFrom(record.log, 0, write);
  while (follow && isAlive(record)) {
    await sleep(300);
    offset = await printFrom(record.log, offset, write);
  }
}

function recordOf(name: string): ServerRecord {
  const records = readRecords();
  const exact = records.find((record) => record.name === name);
  const ofService = records.filter((record) => record.service === name);
  const record = exact ?? (ofService.length === 1 ? ofService[0] : undefined);
  if (record !== undefined) return record;
  const known = records.map((each) => each.name).join(", ");
  throw new StackError(
    `There is no server ${name}. ${known === "" ? "Nothing is up." : `Up are: ${known}.`}`,
  );
}

async function printFrom(file: string, offset: number, write: (chunk: string) => void): Promise<number> {
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size <= offset) return offset;
  const stream = createReadStream(file, { start: offset, end: size - 1, encoding: "utf8" });
  for await (const chunk of stream) write(String(chunk));
  return size;
}
