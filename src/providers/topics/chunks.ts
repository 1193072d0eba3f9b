/**
 * Splits into chunks of at most `limit` together, in order; one that weighs more stands alone. A KRaft
 * controller takes 10,000 records in one request and refuses it whole beyond that.
 */
export function chunks<T>(
  items: readonly T[],
  weightOf: (item: T) => number,
  limit = 5_000,
): readonly (readonly T[])[] {
  const all: T[][] = [];
  let room = 0;
  for (const item of items) {
    const weight = weightOf(item);
    const last = all.at(-1);
    if (last === undefined || weight > room) {
      all.push([item]);
      room = limit;
    } else last.push(item);
    room -= weight;
  }
  return all;
}
