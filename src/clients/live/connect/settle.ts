import type { ConnectorState, ConnectorStatus } from "../../connect.ts";
import type { Clock } from "../clock.ts";

const POLL_MS = 300;
/** A task runs before it first reads or writes; one that fails at that does so within this time. */
const RUNS_FOR_MS = 2_000;
/** A failure from before the change is still told for a moment after it. */
const FAILS_FOR_MS = 1_000;
/** A source that finds no table makes no tasks, and stays like that. */
const NO_TASKS_FOR_MS = 6_000;

/** The statuses of a connector as they change, until it has been at rest for long enough. */
export async function* settle(
  read: () => Promise<ConnectorStatus | undefined>,
  state: ConnectorState,
  { patienceMs, clock, signal }: { patienceMs: number; clock: Clock; signal: AbortSignal },
): AsyncGenerator<ConnectorStatus, void> {
  const start = clock.now();
  let last = "";
  let since = start;
  for (;;) {
    const status = await read();
    const now = clock.now();
    const seen = JSON.stringify(status);
    if (seen !== last) {
      last = seen;
      since = now;
      if (status !== undefined) yield status;
    }
    if (status !== undefined && now - since >= restMs(status, state)) return;
    if (signal.aborted || now - start >= patienceMs) return;
    await clock.sleep(POLL_MS, signal);
  }
}

/** How long a status must last to be the last one; endless if it must change. */
function restMs({ connector, tasks }: ConnectorStatus, state: ConnectorState): number {
  if ([connector, ...tasks].some((part) => part.state === "failed")) return FAILS_FOR_MS;
  if (connector.state !== state) return Number.POSITIVE_INFINITY;
  if (state !== "running") return tasks.every((task) => task.state === state) ? 0 : Number.POSITIVE_INFINITY;
  if (tasks.length === 0) return NO_TASKS_FOR_MS;
  return tasks.every((task) => task.state === "running") ? RUNS_FOR_MS : Number.POSITIVE_INFINITY;
}
