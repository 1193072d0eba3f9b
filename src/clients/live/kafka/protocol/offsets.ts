import type { TopicOffset } from "../../../kafka.ts";
import { grouped } from "../grouped.ts";
import type { EntryAnswer, PartitionAnswer, Request } from "./request.ts";

/** Timestamps of ListOffsets that stand for a place. */
export const place = { earliest: -2n, latest: -1n } as const;

interface Lookup {
  /** ms since the epoch, or a place. */
  readonly timestamp: bigint;
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
}

interface Found extends PartitionAnswer {
  /** -1: no record so late. */
  readonly offset: bigint;
}

/** Goes to the leaders of the partitions. */
export const listOffsets: Request<Lookup, readonly Found[]> = {
  key: 2,
  name: "ListOffsets",
  versions: [2, 3],
  flexibleFrom: 6,
  since: "0.11",
  write(out, { timestamp, partitions }) {
    out.int32(-1); // replica_id: a client
    out.int8(0); // isolation_level: read_uncommitted
    out.array(
      grouped(partitions, ({ topic }) => topic),
      ([topic, items]) => {
        out.string(topic);
        out.array(items, ({ partition }) => {
          out.int32(partition);
          out.int64(timestamp);
        });
      },
    );
  },
  read(from) {
    from.int32(); // throttle_time_ms
    const topics = from.array(() => {
      const topic = from.text();
      return from.array(() => {
        const partition = from.int32();
        const code = from.int16();
        from.int64(); // timestamp
        return { topic, partition, code, message: null, offset: from.int64() };
      });
    });
    return topics.flat();
  },
};

interface Commit {
  readonly group: string;
  readonly offsets: readonly TopicOffset[];
}

/** Commits as nobody of the group: generation -1 and no member. Taken while the group has no members. */
export const commitOffsets: Request<Commit, readonly PartitionAnswer[]> = {
  key: 8,
  name: "OffsetCommit",
  versions: [5, 5],
  flexibleFrom: 8,
  since: "2.1",
  write(out, { group, offsets }) {
    out.string(group);
    out.int32(-1); // generation_id
    out.string(""); // member_id
    out.array(
      grouped(offsets, ({ topic }) => topic),
      ([topic, items]) => {
        out.string(topic);
        out.array(items, ({ partition, offset }) => {
          out.int32(partition);
          out.int64(offset);
          out.string(null); // metadata
        });
      },
    );
  },
  read(from) {
    from.int32(); // throttle_time_ms
    const topics = from.array(() => {
      const topic = from.text();
      return from.array(() => ({ topic, partition: from.int32(), code: from.int16(), message: null }));
    });
    return topics.flat();
  },
};

interface Committed extends EntryAnswer {
  readonly name: string;
  readonly topics: ReadonlyMap<string, ReadonlyMap<number, bigint>>;
}

/** Everything that groups have committed. Version 8 is the first that takes several. */
export const fetchOffsets: Request<readonly string[], readonly Committed[]> = {
  key: 9,
  name: "OffsetFetch",
  versions: [8, 8],
  flexibleFrom: 6,
  since: "3.0",
  write(out, groups) {
    out.array(groups, (group) => {
      out.string(group);
      out.array(null, () => {}); // every topic
      out.end();
    });
    out.boolean(false); // require_stable
    out.end();
  },
  read(from) {
    from.int32(); // throttle_time_ms
    const groups = from.array(() => {
      const name = from.text();
      const topics = from.array(() => {
        const topic = from.text();
        const offsets = from.array(() => {
          const partition = from.int32();
          const offset = from.int64();
          from.int32(); // committed_leader_epoch
          from.skipString(); // metadata
          const code = from.int16();
          from.end();
          return { partition, offset, code };
        });
        from.end();
        return [topic, committed(offsets)] as const;
      });
      const code = from.int16();
      from.end();
      return { name, code, message: null, topics: new Map(topics.filter(([, { size }]) => size > 0)) };
    });
    from.end();
    return groups;
  },
};

/** By partition number, without those that have nothing committed (-1). */
function committed(
  partitions: readonly { readonly partition: number; readonly offset: bigint; readonly code: number }[],
): ReadonlyMap<number, bigint> {
  const held = partitions.filter(({ code, offset }) => code === 0 && offset >= 0n);
  return new Map(
    held.sort((a, b) => a.partition - b.partition).map(({ partition, offset }) => [partition, offset]),
  );
}
