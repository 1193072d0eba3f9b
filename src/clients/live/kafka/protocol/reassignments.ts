import type { Reassignment } from "../../../kafka.ts";
import { grouped } from "../grouped.ts";
import type { EntryAnswer, PartitionAnswer, Request } from "./request.ts";

interface Moves {
  readonly items: readonly Reassignment[];
  readonly timeoutMs: number;
}

/** The answer for the whole request, and for each partition. */
interface MoveAnswers extends EntryAnswer {
  readonly partitions: readonly PartitionAnswer[];
}

export const alterReassignments: Request<Moves, MoveAnswers> = {
  key: 45,
  name: "AlterPartitionReassignments",
  versions: [0, 0],
  flexibleFrom: 0,
  since: "2.4",
  write(out, { items, timeoutMs }) {
    out.int32(timeoutMs);
    out.array(
      grouped(items, ({ topic }) => topic),
      ([topic, moves]) => {
        out.string(topic);
        out.array(moves, ({ partition, replicas }) => {
          out.int32(partition);
          out.int32s(replicas);
          out.end();
        });
        out.end();
      },
    );
    out.end();
  },
  read(from) {
    from.int32(); // throttle_time_ms
    const code = from.int16();
    const message = from.string();
    const partitions = from.array(() => {
      const topic = from.text();
      const answers = from.array(() => {
        const answer = { topic, partition: from.int32(), code: from.int16(), message: from.string() };
        from.end();
        return answer;
      });
      from.end();
      return answers;
    });
    from.end();
    return { code, message, partitions: partitions.flat() };
  },
};

interface Moving extends EntryAnswer {
  /** Partition numbers by topic. */
  readonly topics: ReadonlyMap<string, readonly number[]>;
}

/** Every partition that is being moved now. */
export const listReassignments: Request<{ readonly timeoutMs: number }, Moving> = {
  key: 46,
  name: "ListPartitionReassignments",
  versions: [0, 0],
  flexibleFrom: 0,
  since: "2.4",
  write(out, { timeoutMs }) {
    out.int32(timeoutMs);
    out.array(null, () => {}); // every topic
    out.end();
  },
  read(from) {
    from.int32(); // throttle_time_ms
    const code = from.int16();
    const message = from.string();
    const topics = from.array(() => {
      const topic = from.text();
      const partitions = from.array(() => {
        const partition = from.int32();
        from.int32s(); // replicas
        from.int32s(); // adding_replicas
        from.int32s(); // removing_replicas
        from.end();
        return partition;
      });
      from.end();
      return [topic, partitions.sort((a, b) => a - b)] as const;
    });
    from.end();
    return { code, message, topics: new Map(topics) };
  },
};
