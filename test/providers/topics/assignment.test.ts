import fc from "fast-check";
import { expect, test } from "vitest";
import type { Broker, PartitionDescription } from "../../../src/clients/kafka.ts";
import { assign, countsOf } from "../../../src/providers/topics/assignment.ts";

function brokers(count: number, racks = 0): readonly Broker[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    host: "localhost",
    port: 9092,
    rack: racks === 0 ? null : `rack-${id % racks}`,
  }));
}

function partitions(...replicas: readonly (readonly number[])[]): readonly PartitionDescription[] {
  return replicas.map((it, partition) => ({
    partition,
    leader: it[0] ?? -1,
    replicas: it,
    inSync: it,
  }));
}

const NO_LOAD = new Map<number, number>();

function assigned(
  before: readonly PartitionDescription[],
  replicationFactor: number,
  on: readonly Broker[],
  load: ReadonlyMap<number, number> = NO_LOAD,
): readonly (readonly number[])[] | undefined {
  return assign(before, replicationFactor, on, load)?.map(({ replicas }) => replicas);
}

test.each<
  [
    what: string,
    before: readonly PartitionDescription[],
    replicationFactor: number,
    on: readonly Broker[],
    after: readonly (readonly number[])[] | undefined,
  ]
>([
  [
    "one more each, round the ring",
    partitions([0], [1], [2]),
    2,
    brokers(3),
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
  ],
  ["as many as brokers", partitions([2]), 3, brokers(3), [[2, 0, 1]]],
  ["only what isn't right yet", partitions([0, 1], [1]), 2, brokers(3), [[1, 2]]],
  ["nothing to do", partitions([0, 1], [1, 2]), 2, brokers(3), []],
  [
    "fewer, spread",
    partitions([0, 1, 2], [1, 2, 0], [2, 0, 1]),
    2,
    brokers(3),
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
  ],
  ["one left: the preferred leader", partitions([2, 0, 1]), 1, brokers(3), [[2]]],
  ["another rack first", partitions([0]), 2, brokers(4, 2), [[0, 1]]],
  [
    "racks before balance",
    partitions([0], [0]),
    2,
    brokers(3, 2),
    [
      [0, 1],
      [0, 1],
    ],
  ],
  ["more than brokers", partitions([0]), 4, brokers(3), undefined],
])("%s", (_, before, replicationFactor, on, after) => {
  expect(assigned(before, replicationFactor, on)).toEqual(after);
});

test("the least loaded broker of the cluster takes it where the topic doesn't decide", () => {
  const load = new Map([
    [0, 9],
    [1, 9],
    [2, 3],
    [3, 9],
  ]);
  expect(assigned(partitions([0]), 2, brokers(4), load)).toEqual([[0, 2]]);
});

test("a replica that lags, or whose broker is down, is the first to go", () => {
  const lagging = [{ partition: 0, leader: 1, replicas: [0, 1, 2], inSync: [1, 2] }];
  expect(assigned(lagging, 2, brokers(3))).toEqual([[1, 2]]);
  expect(assigned(partitions([0, 5, 1]), 2, brokers(3))).toEqual([[0, 1]]);
  expect(assigned(partitions([5, 0]), 1, brokers(3))).toEqual([[0]]);
});

test("a broker that is down keeps its replica when others are added", () => {
  expect(assigned(partitions([5]), 2, brokers(2))).toEqual([[5, 0]]);
});

/** A topic on some of the brokers, everything in sync, and a replication factor that can be had. */
const topics = fc
  .record({ count: fc.integer({ min: 1, max: 7 }), racks: fc.integer({ min: 0, max: 3 }) })
  .chain(({ count, racks }) => {
    const ids = brokers(count).map(({ id }) => id);
    const replicas = fc.shuffledSubarray(ids, { minLength: 1 }).map((it): readonly number[] => it);
    return fc.record({
      on: fc.constant(brokers(count, racks)),
      before: fc.array(replicas, { minLength: 1, maxLength: 12 }).map((it) => partitions(...it)),
      replicationFactor: fc.integer({ min: 1, max: count }),
      load: fc.array(fc.nat(50), { minLength: count, maxLength: count }).map((it) => new Map(it.entries())),
    });
  });

test("every partition gets as many distinct brokers as asked for, keeps what it can, and its leader first", () => {
  fc.assert(
    fc.property(topics, ({ before, replicationFactor, on, load }) => {
      const after = assign(before, replicationFactor, on, load) ?? [];
      const changed = before.filter(({ replicas }) => replicas.length !== replicationFactor);
      expect(after.map(({ partition }) => partition)).toEqual(changed.map(({ partition }) => partition));
      for (const [at, { replicas: had }] of changed.entries()) {
        const has = after[at]?.replicas ?? [];
        expect(new Set(has).size).toBe(replicationFactor);
        expect(on.map(({ id }) => id)).toEqual(expect.arrayContaining([...has]));
        expect(has[0]).toBe(had[0]);
        expect(has.filter((it) => had.includes(it))).toHaveLength(Math.min(had.length, replicationFactor));
      }
    }),
  );
});

test("a topic that was spread evenly stays so, more or fewer replicas", () => {
  const even = fc.record({
    count: fc.integer({ min: 1, max: 8 }),
    size: fc.integer({ min: 1, max: 24 }),
    from: fc.integer({ min: 1, max: 8 }),
    to: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(even, ({ count, size, from, to }) => {
      fc.pre(from <= count && to <= count && from !== to);
      const on = brokers(count);
      // Kafka's own placement without racks: partition by partition round the ring.
      const before = Array.from({ length: size }, (_, at) =>
        Array.from({ length: from }, (_, next) => (at + next) % count),
      );
      fc.pre(gap(before, on) <= 1);
      expect(gap(assigned(partitions(...before), to, on) ?? [], on)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});

/** Between the broker that holds most and the one that holds least. */
function gap(replicaSets: readonly (readonly number[])[], on: readonly Broker[]): number {
  const counts = countsOf(replicaSets);
  const held = on.map(({ id }) => counts.get(id) ?? 0);
  return Math.max(...held) - Math.min(...held);
}

test("with a replica for every rack, each rack has one", () => {
  const racked = fc.record({
    racks: fc.integer({ min: 2, max: 4 }),
    each: fc.integer({ min: 1, max: 3 }),
    leaders: fc.array(fc.nat(100), { minLength: 1, maxLength: 12 }),
  });
  fc.assert(
    fc.property(racked, ({ racks, each, leaders }) => {
      const on = brokers(racks * each, racks);
      const before = partitions(...leaders.map((it) => [it % on.length]));
      for (const replicas of assigned(before, racks, on) ?? []) {
        expect(new Set(replicas.map((id) => id % racks)).size).toBe(racks);
      }
    }),
  );
});
