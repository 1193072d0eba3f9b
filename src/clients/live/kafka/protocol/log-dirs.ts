import type { Request } from "./request.ts";

type Partitions = readonly (readonly [topic: string, partitions: readonly number[]])[];

interface LogDirs {
  /** 0 before version 3: a broker that denies it answers with nothing. */
  readonly code: number;
  readonly logs: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly bytes: number;
  }[];
}

/** Sizes of the replicas that a broker holds. */
export const describeLogDirs: Request<Partitions, LogDirs> = {
  key: 35,
  name: "DescribeLogDirs",
  versions: [1, 4],
  flexibleFrom: 2,
  since: "2.0",
  write(out, topics) {
    out.array(topics, ([topic, partitions]) => {
      out.string(topic);
      out.int32s(partitions);
      out.end();
    });
    out.end();
  },
  read(from, version) {
    from.int32(); // throttle_time_ms
    const code = version >= 3 ? from.int16() : 0;
    const dirs = from.array(() => {
      from.int16(); // error_code: a dir that failed lists nothing
      from.skipString(); // log_dir
      const topics = from.array(() => {
        const topic = from.text();
        const logs = from.array(() => {
          const partition = from.int32();
          const bytes = Number(from.int64());
          from.int64(); // offset_lag
          const future = from.boolean();
          from.end();
          return { topic, partition, bytes, future };
        });
        from.end();
        return logs;
      });
      if (version >= 4) {
        from.int64(); // total_bytes
        from.int64(); // usable_bytes
      }
      from.end();
      return topics.flat();
    });
    from.end();
    // A future log is a copy on its way to another dir of the same broker.
    const logs = dirs.flat().filter(({ future }) => !future);
    return { code, logs: logs.map(({ topic, partition, bytes }) => ({ topic, partition, bytes })) };
  },
};
