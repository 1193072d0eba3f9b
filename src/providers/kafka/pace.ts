import { setTimeout } from "node:timers/promises";

/** How long apply waits for what the brokers took to show, in ms. */
export interface Pace {
  /** Until what the broker said yes to counts as not confirmed. */
  readonly patience: number;
  /** Until what the broker gave no answer to, or said exists already, counts as not done. */
  readonly doubt: number;
}

/** Metadata trails the controller by seconds under load. */
export const usualPace: Pace = { patience: 30_000, doubt: 5_000 };

const FIRST = 50;
const LONGEST = 1_000;

/** Pauses that grow from look to look: `for (const nap of naps()) { look; await nap(signal) }`. */
export function* naps(): Generator<(signal: AbortSignal) => Promise<void>, never> {
  for (let ms = FIRST; ; ms = Math.min(ms * 2, LONGEST)) yield (signal) => nap(ms, signal);
}

/** Ends early, and without an error, when the signal aborts. */
async function nap(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}
