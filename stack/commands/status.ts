import { connect } from "node:net";
import { host } from "../ports.ts";
import { isAlive, readRecords, type ServerRecord } from "../state.ts";

/** One line a server: name, state, address, process id, log. */
export async function status(print: (line: string) => void): Promise<void> {
  const records = readRecords();
  if (records.length === 0) {
    print("Nothing is up. Start it with: npm run stack -- up");
    return;
  }
  const rows = await Promise.all(
    records.map(async (record) => [
      record.name,
      await stateOf(record),
      record.address,
      `pid ${record.pid}`,
      record.description,
      record.log,
    ]),
  );
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}

async function stateOf(record: ServerRecord): Promise<string> {
  if (!isAlive(record)) return "died";
  return (await accepts(record.ports[0] ?? 0)) ? "up" : "starting";
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (accepted: boolean) => {
      socket.destroy();
      done(accepted);
    };
    socket
      .once("connect", () => end(true))
      .once("error", () => end(false))
      .once("timeout", () => end(false));
  });
}
