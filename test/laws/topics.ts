import fc from "fast-check";
import type { PartitionRecording, TopicRecording } from "../../src/clients/recorded/document.ts";
import { type Both, byAddress, entriesOf, liveOf, type Part, someOf, undeclared, type View } from "./part.ts";

/** On every cluster: one that every file declares, and one that is nobody's. Other sections use them. */
export const ORDERS = "shop.orders";
export const CLICKS = "other.clicks";

const names = ["shop.payments", "shop.returns", "shop.audit_log"];
const foreign = ["other.visits", "shopping", "__consumer_offsets", "shop.orders-changelog"];
const brokers = [1, 2, 3];

/** As users write them; null goes back to the default. */
const declaredConfig = someOf<string | number | boolean | null | readonly string[]>({
  "retention.ms": ["7d", "1d", 604800000, "-1", null],
  "cleanup.policy": ["delete", "compact,delete", "delete,compact", ["compact"], null],
  "segment.bytes": ["64MiB", 1048576, null],
  "compression.type": ["lz4", "producer", null],
  preallocate: [true, "TRUE", false, null],
  "min.cleanable.dirty.ratio": ["0.50", 0.5, 1, null],
});

/** As brokers tell them. */
const overrides = someOf({
  "retention.ms": ["604800000", "86400000", "3600000"],
  "cleanup.policy": ["delete", "compact", "compact,delete"],
  "segment.bytes": ["67108864", "1048576"],
  "compression.type": ["lz4", "zstd"],
  preallocate: ["true", "false"],
  "min.cleanable.dirty.ratio": ["0.5", "1.0"],
  "flush.ms": ["1000"],
});

/** Partitions that lie anywhere and hold something or nothing; all have the same number of replicas. */
const live: fc.Arbitrary<TopicRecording> = fc.integer({ min: 1, max: brokers.length }).chain((factor) => {
  const partition: fc.Arbitrary<PartitionRecording> = fc
    .record({
      replicas: fc.shuffledSubarray(brokers, { minLength: factor, maxLength: factor }),
      earliest: fc.nat(5),
      records: fc.nat(20),
    })
    .map(({ replicas, earliest, records }) => ({
      replicas,
      ...(earliest > 0 && { earliest: String(earliest) }),
      ...(records > 0 && { latest: String(earliest + records), bytes: records * 100 }),
    }));
  return fc.record({
    partitions: fc.array(partition, { minLength: 1, maxLength: 4 }),
    config: overrides,
  });
});

/** Mostly what brokers can do from there; now and then fewer partitions, which they can't. */
function declared({ partitions }: TopicRecording): fc.Arbitrary<object> {
  const growth = fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 1, arbitrary: fc.constant(-1) },
  );
  return fc.record(
    {
      partitions: growth.map((more) => Math.max(1, partitions.length + more)),
      replicationFactor: fc.constantFrom(1, 1, 2, 3),
      config: declaredConfig,
      unmanagedConfig: fc.constantFrom("ignore", "warn", "reset"),
    },
    { requiredKeys: [] },
  );
}

const orders: fc.Arbitrary<Both<object, TopicRecording>> = live.chain((it) =>
  declared(it).map((entry) => ({ name: ORDERS, declared: entry, live: it })),
);

function other(name: string): fc.Arbitrary<Both<object, TopicRecording>> {
  return fc
    .option(live)
    .chain((it) =>
      fc.option(declared(it ?? { partitions: [] })).map((entry) => ({ name, declared: entry, live: it })),
    );
}

/** Topics that this pipeline may change, and others that it may not. */
export const topics: fc.Arbitrary<Part> = fc
  .record({
    orders,
    others: fc.tuple(...names.map(other)),
    removed: fc.subarray(names),
    clicks: live,
    strangers: fc.tuple(...foreign.map((name) => fc.option(live).map((it) => [name, it] as const))),
  })
  .map(({ orders: first, others, removed, clicks, strangers }): Part => {
    const all = [first, ...others];
    const theirs = strangers.flatMap(([name, it]) => (it === null ? [] : [[name, it] as const]));
    return {
      section: "topics",
      claim: { topics: ["shop.*"] },
      entries: entriesOf(all),
      removed: undeclared("topic", all, removed),
      budget: "topic",
      onto: (recording) => ({
        ...recording,
        kafka: {
          ...recording.kafka,
          topics: { ...liveOf(all), [CLICKS]: clicks, ...Object.fromEntries(theirs) },
        },
      }),
    };
  });

export const topicView: View = ({ kafka }) => byAddress("topic", kafka.topics);
