import { type Interval, nowhere, type TimeUnit } from "../syntax/index.ts";

const units: readonly (readonly [TimeUnit, number])[] = [
  ["DAYS", 86_400_000],
  ["HOURS", 3_600_000],
  ["MINUTES", 60_000],
  ["SECONDS", 1000],
  ["MILLISECONDS", 1],
];

/** In milliseconds; past 2^53 as exact as JavaScript's numbers are. */
export function millisecondsOf({ size, unit }: Interval): number {
  return size * (units.find(([name]) => name === unit)?.[1] ?? 1);
}

/** In the largest unit that divides it: 60 SECONDS are 1 MINUTE. */
export function canonicalInterval(interval: Interval): Interval {
  const total = millisecondsOf(interval);
  if (total === 0) return { size: 0, unit: "SECONDS", span: nowhere };
  if (!Number.isSafeInteger(total)) return { ...interval, span: nowhere };
  const [unit, length] = units.find(([, milliseconds]) => total % milliseconds === 0) ?? ["MILLISECONDS", 1];
  return { size: total / length, unit, span: nowhere };
}
