import type { Broker, PartitionDescription } from "../../clients/kafka.ts";

/** How many replicas each broker holds, over all topics. */
export type BrokerLoad = ReadonlyMap<number, number>;

/** The brokers that are to hold one partition, the preferred leader first. */
export interface Assignment {
  readonly partition: number;
  readonly replicas: readonly number[];
}

/** One partition while its brokers are chosen. */
interface Slot {
  readonly partition: number;
  /** Brokers that stay whatever happens. */
  readonly fixed: readonly number[];
  /** Brokers that may be chosen besides, and how many are to be. */
  readonly pool: readonly number[];
  readonly take: number;
  readonly chosen: number[];
}

/**
 * Brokers for the partitions whose replicas are more or fewer than the replication factor; others are left
 * out. What a partition has it keeps as far as possible, its preferred leader first. Added replicas go to
 * racks that have none of it, then where the topic has fewest, then where the cluster has fewest; removed
 * ones leave the other way round, and first from brokers that are down or lag. Undefined: too few brokers.
 */
export function assign(
  partitions: readonly PartitionDescription[],
  replicationFactor: number,
  brokers: readonly Broker[],
  load: BrokerLoad,
): readonly Assignment[] | undefined {
  const alive = new Map(brokers.map((it) => [it.id, it]));
  const uneven = partitions.filter(({ replicas }) => replicas.length !== replicationFactor);
  const slots = uneven.map((it) => slotOf(it, replicationFactor, alive));
  if (slots.some(({ pool, take }) => pool.length < take)) return undefined;

  const even = partitions.filter(({ replicas }) => replicas.length === replicationFactor);
  const counts = countsOf([...even.map(({ replicas }) => replicas), ...slots.map(({ fixed }) => fixed)]);
  const rackOf = (id: number) => alive.get(id)?.rack ?? `broker ${id}`;
  for (const slot of slots) choose(slot, counts, load, rackOf);
  level(slots, counts, rackOf);

  const before = new Map(uneven.map(({ partition, replicas }) => [partition, replicas]));
  return slots.map(({ partition, fixed, chosen }) => {
    const had = (before.get(partition) ?? []).filter((it) => fixed.includes(it) || chosen.includes(it));
    return { partition, replicas: [...had, ...chosen.filter((it) => !had.includes(it))] };
  });
}

/** How many replicas each broker holds. */
export function countsOf(replicaSets: Iterable<readonly number[]>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const replicas of replicaSets) for (const id of replicas) add(counts, id, 1);
  return counts;
}

function slotOf(
  { partition, replicas, inSync }: PartitionDescription,
  replicationFactor: number,
  alive: ReadonlyMap<number, Broker>,
): Slot {
  if (replicas.length < replicationFactor) {
    // Round the ring from the leader on, so that partitions with equal choices choose differently.
    const [leader = 0] = replicas;
    const ring = [...alive.keys()].toSorted((a, b) => a - b);
    const from = ring.findIndex((id) => id > leader);
    const pool = from < 0 ? ring : [...ring.slice(from), ...ring.slice(0, from)];
    return {
      partition,
      fixed: replicas,
      pool: pool.filter((id) => !replicas.includes(id)),
      take: replicationFactor - replicas.length,
      chosen: [],
    };
  }
  const healthy = replicas.filter((id) => alive.has(id) && inSync.includes(id));
  const reachable = replicas.filter((id) => alive.has(id));
  const candidates = [healthy, reachable, replicas].find((it) => it.length >= replicationFactor) ?? replicas;
  const [leader] = candidates;
  const fixed = leader === undefined ? [] : [leader];
  return {
    partition,
    fixed,
    pool: candidates.filter((id) => id !== leader),
    take: replicationFactor - fixed.length,
    chosen: [],
  };
}

function choose(
  slot: Slot,
  counts: Map<number, number>,
  load: BrokerLoad,
  rackOf: (id: number) => string,
): void {
  while (slot.chosen.length < slot.take) {
    const free = slot.pool.filter((id) => !slot.chosen.includes(id));
    const cost = (id: number): Cost => [crowd(slot, id, rackOf), counts.get(id) ?? 0, load.get(id) ?? 0];
    const [best] = free.toSorted((a, b) => compareCosts(cost(a), cost(b)));
    if (best === undefined) return;
    slot.chosen.push(best);
    add(counts, best, 1);
  }
}

/**
 * Moves choices along chains of partitions until no broker could hand a replica of the topic to one that
 * holds two fewer. Choosing one partition after the other can't see that far.
 */
function level(slots: readonly Slot[], counts: Map<number, number>, rackOf: (id: number) => string): void {
  const most = (a: number, b: number) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0);
  for (;;) {
    const sources = [...new Set(slots.flatMap(({ chosen }) => chosen))].toSorted(most);
    const chain = sources
      .map((from) => chainFrom(from, slots, counts, rackOf))
      .find((it) => it !== undefined);
    if (chain === undefined) return;
    for (const { slot, from, to } of chain) {
      slot.chosen.splice(slot.chosen.indexOf(from), 1, to);
      add(counts, from, -1);
      add(counts, to, 1);
    }
  }
}

interface Step {
  readonly slot: Slot;
  readonly from: number;
  readonly to: number;
}

/** The shortest chain of moves from a broker to one that holds at least two fewer; breadth first. */
function chainFrom(
  start: number,
  slots: readonly Slot[],
  counts: ReadonlyMap<number, number>,
  rackOf: (id: number) => string,
): readonly Step[] | undefined {
  const enough = (counts.get(start) ?? 0) - 2;
  const reached = new Map<number, readonly Step[]>([[start, []]]);
  for (const [from, steps] of reached) {
    for (const slot of slots) {
      // A chain that takes two steps in one partition could choose a broker twice.
      if (!slot.chosen.includes(from) || steps.some((it) => it.slot === slot)) continue;
      for (const to of slot.pool) {
        if (reached.has(to) || slot.chosen.includes(to)) continue;
        if (crowd(slot, to, rackOf, from) > crowd(slot, from, rackOf, from)) continue;
        const chain = [...steps, { slot, from, to }];
        if ((counts.get(to) ?? 0) <= enough) return chain;
        reached.set(to, chain);
      }
    }
  }
  return undefined;
}

/** How many replicas of the partition the broker's rack has already, not counting `without`. */
function crowd(slot: Slot, id: number, rackOf: (id: number) => string, without?: number): number {
  return [...slot.fixed, ...slot.chosen].filter(
    (it) => it !== without && it !== id && rackOf(it) === rackOf(id),
  ).length;
}

type Cost = readonly [crowd: number, ofTopic: number, ofCluster: number];

function compareCosts(a: Cost, b: Cost): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function add(counts: Map<number, number>, id: number, by: number): void {
  counts.set(id, (counts.get(id) ?? 0) + by);
}
