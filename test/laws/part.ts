import fc from "fast-check";
import type { Recording } from "../../src/clients/recorded/document.ts";
import { type Address, addressOf } from "../../src/core/model.ts";

/**
 * What a random state has of one section: entries of the file, what it wants removed, and the cluster that it
 * finds. A new section is one generator of these, in the list of `state.ts`.
 */
export interface Part {
  /** Its key in the file, such as `topics`. */
  readonly section: string;
  /** Its key in the claim, and the patterns. Names beside them are somebody else's. */
  readonly claim: Readonly<Record<string, readonly string[]>>;
  readonly entries: Readonly<Record<string, unknown>>;
  /** Addresses under `removed`. */
  readonly removed: readonly string[];
  /** Its key under `policies.deletes`. */
  readonly budget: string;
  /** Puts what is there before into a recording. */
  readonly onto: (recording: Recording) => Recording;
}

/** What a recording holds of one kind, by address: all that may change when one of them does. */
export type View = (recording: Recording) => ReadonlyMap<Address, unknown>;

/** Entries of a recording by their addresses. */
export function byAddress(kind: string, entries: object = {}): ReadonlyMap<Address, unknown> {
  return new Map(Object.entries(entries).map(([name, entry]) => [addressOf(kind, name), entry]));
}

/** A name of a section: declared or not, on the cluster or not. */
export interface Both<Entry, Live> {
  readonly name: string;
  readonly declared: Entry | null;
  readonly live: Live | null;
}

/** The entries of those that are declared. */
export function entriesOf<Entry, Live>(names: readonly Both<Entry, Live>[]): Readonly<Record<string, Entry>> {
  return Object.fromEntries(
    names.flatMap(({ name, declared }) => (declared === null ? [] : [[name, declared]])),
  );
}

/** What the cluster has of those that are there. */
export function liveOf<Entry, Live>(names: readonly Both<Entry, Live>[]): Readonly<Record<string, Live>> {
  return Object.fromEntries(names.flatMap(({ name, live }) => (live === null ? [] : [[name, live]])));
}

/** The addresses of some names that are not declared. */
export function undeclared<Entry, Live>(
  kind: string,
  names: readonly Both<Entry, Live>[],
  chosen: readonly string[],
): readonly string[] {
  return names
    .filter(({ name, declared }) => declared === null && chosen.includes(name))
    .map(({ name }) => `${kind}/${name}`);
}

/** Some keys, each with one of its values. */
export function someOf<T>(
  choices: Readonly<Record<string, readonly T[]>>,
): fc.Arbitrary<Readonly<Record<string, T>>> {
  return fc
    .subarray(Object.entries(choices))
    .chain((chosen) =>
      fc.tuple(...chosen.map(([key, list]) => fc.tuple(fc.constant(key), fc.constantFrom(...list)))),
    )
    .map((entries) => Object.fromEntries(entries));
}
