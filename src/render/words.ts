import { number } from "../core/words.ts";

/** `0.4 s`, `12.0 s`, `3 min 20 s` */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${number(Math.floor(whole / 60))} min ${whole % 60} s`;
}
