import type { Clock } from "../../src/clients/live/clock.ts";

/** Time that passes only when somebody sleeps. */
export function stepClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    async sleep(ms) {
      now += ms;
    },
  };
}
