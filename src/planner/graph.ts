import { matches } from "../core/claim.ts";
import { groupBy } from "../core/group-by.ts";
import type { Kind, Links } from "../core/kind.ts";
import { type Address, type Change, kindOf, nameOf, type Spec, type World } from "../core/model.ts";

export type Kinds = ReadonlyMap<string, Kind>;

const NONE: Links = { reads: [], writes: [], owns: [] };

/** Who reads, writes and owns what, over both sides of a world. */
export interface Lineage {
  /** Links of an address as the file declares it; none if it doesn't. */
  desired(address: Address): Links;
  /** Links of an address as the cluster has it. */
  actual(address: Address): Links;
  /** The live or declared resources that make this one for themselves, such as the stream of a sink topic; sorted. */
  ownersOf(address: Address): readonly Address[];
  /** Live resources that read an address, in order. */
  readersOf(address: Address): readonly Address[];
}

/** Reads the links of a world once, so that a thousand questions cost one pass. */
export function lineageOf(world: World, kinds: Kinds): Lineage {
  const linksOf = (address: Address, spec: Spec): Links =>
    kinds.get(kindOf(address))?.links(spec, nameOf(address), world) ?? NONE;
  const desired = new Map([...world.desired].map(([at, { spec }]) => [at, linksOf(at, spec)]));
  const actual = new Map([...world.actual].map(([at, { spec }]) => [at, linksOf(at, spec)]));

  const ownings = [...actual, ...desired].flatMap(([owner, { owns }]) =>
    owns.map((glob) => ({ owner, glob })),
  );
  const owners = groupBy(
    ownings.filter(({ glob }) => !glob.includes("*")),
    ({ glob }) => glob,
  );
  const globs = ownings.filter(({ glob }) => glob.includes("*"));
  const readings = [...actual].flatMap(([reader, { reads }]) => reads.map((read) => ({ reader, read })));
  const readers = groupBy(readings, ({ read }) => read);
  return {
    desired: (address) => desired.get(address) ?? NONE,
    actual: (address) => actual.get(address) ?? NONE,
    ownersOf: (address) => {
      const byGlob = globs.filter(({ glob }) => matches(glob, address));
      const all = [...(owners.get(address) ?? []), ...byGlob].map(({ owner }) => owner);
      return [...new Set(all)].toSorted();
    },
    readersOf: (address) => (readers.get(address) ?? []).map(({ reader }) => reader).toSorted(),
  };
}

/**
 * Which changes must be done before each change: what it reads and writes is there first, and what is
 * deleted goes after everything that used it.
 */
export function dependencies(
  changes: readonly Change[],
  lineage: Lineage,
): ReadonlyMap<Address, ReadonlySet<Address>> {
  const kept = new Set(changes.filter((it) => it.action !== "delete").map((it) => it.address));
  const deleted = new Set(changes.filter((it) => it.action === "delete").map((it) => it.address));
  const before = new Map(changes.map((it) => [it.address, new Set<Address>()]));

  for (const { address, action } of changes) {
    if (action !== "delete") {
      const { reads, writes } = lineage.desired(address);
      for (const used of [...reads, ...writes]) {
        for (const maker of makersOf(used, address, kept, lineage)) before.get(address)?.add(maker);
      }
    }
    const { reads, writes } = lineage.actual(address);
    for (const used of [...reads, ...writes]) {
      if (deleted.has(used) && used !== address) before.get(used)?.add(address);
    }
  }
  return before;
}

/**
 * The changes that bring about what an address uses. Of those that make it for themselves none waits for
 * another: two connectors that write one topic are no order.
 */
function makersOf(
  used: Address,
  by: Address,
  kept: ReadonlySet<Address>,
  lineage: Lineage,
): readonly Address[] {
  if (kept.has(used)) return used === by ? [] : [used];
  const owners = lineage.ownersOf(used);
  return owners.includes(by) ? [] : owners.filter((owner) => kept.has(owner));
}

/**
 * Sorts changes so that each comes after what it depends on; among the free ones the given order holds.
 * Those that depend on each other in a circle are returned apart.
 */
export function inOrder(
  changes: readonly Change[],
  before: ReadonlyMap<Address, ReadonlySet<Address>>,
): { readonly ordered: readonly Change[]; readonly circular: readonly Change[] } {
  const byAddress = new Map(changes.map((it) => [it.address, it]));
  const ordered: Change[] = [];
  const state = new Map<Address, "open" | "done" | "circular">();

  // Depth first over an explicit stack: ten thousand changes in a chain are no reason to overflow.
  for (const start of changes) {
    const stack: { change: Change; waits: Iterator<Address> }[] = [];
    const enter = (change: Change) => {
      state.set(change.address, "open");
      stack.push({ change, waits: (before.get(change.address) ?? new Set()).values() });
    };
    if (!state.has(start.address)) enter(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.waits.next();
      if (next.done) {
        stack.pop();
        if (state.get(top.change.address) === "open") {
          state.set(top.change.address, "done");
          ordered.push(top.change);
        }
        continue;
      }
      const needed = byAddress.get(next.value);
      if (needed === undefined) continue;
      const seen = state.get(needed.address);
      if (seen === undefined) enter(needed);
      else if (seen === "open") {
        const from = stack.findIndex(({ change }) => change.address === needed.address);
        for (const { change } of stack.slice(from)) state.set(change.address, "circular");
      }
    }
  }
  return { ordered, circular: changes.filter((it) => state.get(it.address) === "circular") };
}
