import { setTimeout as sleep } from "node:timers/promises";

/** The end of one step: whatever it waits for, it waits no longer than this. */
export interface Deadline {
  /** Milliseconds; 0 when it has passed. */
  left(): number;
}

export function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return { left: () => Math.max(0, end - performance.now()) };
}

/** Settles as `work` does; if the deadline passes first, calls `expire` and throws what it returns. */
export async function within<T>(deadline: Deadline, work: Promise<T>, expire: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(expire()), deadline.left());
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Pauses between tries, growing from 20 ms to 1 s. False when the next try would come after the deadline.
 * Rejects when the signal aborts.
 */
export function backoff(deadline: Deadline, signal: AbortSignal): () => Promise<boolean> {
  let pause = 20;
  return async () => {
    if (deadline.left() <= pause) return false;
    await sleep(pause, undefined, { signal });
    pause = Math.min(pause * 1.7, 1_000);
    return true;
  };
}
