/**
 * Keys in the order in which a Java `HashMap` walks them. A broker names the first bad key only, and finds
 * it in this order.
 */
export function hashOrder(keys: Iterable<string>): readonly string[] {
  const all = [...keys];
  let buckets = 16;
  while (all.length > buckets * 0.75) buckets *= 2;
  const bucketOf = new Map(all.map((key) => [key, spread(hashCode(key)) & (buckets - 1)]));
  return all.toSorted((one, other) => (bucketOf.get(one) ?? 0) - (bucketOf.get(other) ?? 0));
}

function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}

/** `String.hashCode` of Java: over UTF-16 units, modulo 2^32. */
function hashCode(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}
