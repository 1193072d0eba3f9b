const digits = new Intl.NumberFormat("en-US");

/** `12,040` */
export function number(count: number): string {
  return digits.format(count);
}

/** `1 error`, `2 errors`; the plural is the singular with an `s` unless given. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${number(count)} ${count === 1 ? singular : plural}`;
}

/** `a`, `a and b`, `a, b and c` */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `0.4 s`, `12.0 s`, `3 min 20 s` */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${number(Math.floor(whole / 60))} min ${whole % 60} s`;
}
