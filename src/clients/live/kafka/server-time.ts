import type { Deadline } from "./deadline.ts";

/** Milliseconds that the controller may take: less than is left, so that it gives up first and says so. */
export function serverTime(deadline: Deadline): number {
  return Math.max(1, Math.round(deadline.left() * 0.9));
}
