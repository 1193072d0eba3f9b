import { setTimeout as pause } from "node:timers/promises";

export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Ends early, without an error, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => pause(ms, undefined, { ...(signal && { signal }) }).catch(() => {}),
};
