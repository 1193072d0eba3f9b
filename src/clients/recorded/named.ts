import type { Named } from "./document.ts";

/** A map of a document in memory. */
export function mapOf<T, U>(named: Named<T> | undefined, convert: (value: T) => U): Map<string, U> {
  return new Map(Object.entries(named ?? {}).map(([name, value]) => [name, convert(value)]));
}

/** A map as a part of a document. `Object.fromEntries` defines properties, so that even `__proto__` is a plain name. */
export function namedOf<T, U>(map: ReadonlyMap<string, T>, convert: (value: T) => U): Named<U> {
  return Object.fromEntries([...map].map(([name, value]) => [name, convert(value)]));
}
