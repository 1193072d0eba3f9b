/**
 * Most that one request carries: topics, partitions and config entries together. A KRaft controller takes 10,000
 * records in one batch and refuses a larger one whole; a key may cost a record of its own.
 */
export const mostRecords = 5_000;

/** Topics whose configs are asked for in one request. */
export const mostDescribed = 2_000;

/** In order, each chunk within the limit, or one item alone that is heavier. */
export function chunked<T>(items: readonly T[], limit: number, weight: (item: T) => number = () => 1): T[][] {
  const chunks: T[][] = [];
  let room = 0;
  for (const item of items) {
    const chunk = chunks.at(-1);
    const needed = weight(item);
    if (chunk === undefined || needed > room) {
      chunks.push([item]);
      room = limit - needed;
    } else {
      chunk.push(item);
      room -= needed;
    }
  }
  return chunks;
}
