const digits = new Intl.NumberFormat("en-US");

/** `12,040` */
export function number(count: number | bigint): string {
  return digits.format(count);
}

/** `1 error`, `2 errors`; the plural is the singular with an `s` unless given. */
export function counted(count: number | bigint, singular: string, plural = `${singular}s`): string {
  return `${number(count)} ${BigInt(count) === 1n ? singular : plural}`;
}

/** `a`, `a and b`, `a, b and c` */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
