import type { Broker, PartitionDescription } from "../../../kafka.ts";
import type { Request } from "./request.ts";

export interface TopicMetadata {
  readonly code: number;
  readonly name: string;
  readonly internal: boolean;
  /** By partition number. */
  readonly partitions: readonly PartitionDescription[];
}

export interface Metadata {
  readonly brokers: readonly Broker[];
  readonly clusterId: string | null;
  /** -1: none known. KRaft brokers name one of themselves, and pass on what it gets. */
  readonly controllerId: number;
  readonly topics: readonly TopicMetadata[];
}

/** Brokers, and the named topics: null for all that the principal may describe, none for an empty list. */
export const metadata: Request<readonly string[] | null, Metadata> = {
  key: 3,
  name: "Metadata",
  versions: [5, 7],
  flexibleFrom: 9,
  since: "1.0",
  write(out, topics) {
    out.strings(topics);
    out.boolean(false); // allow_auto_topic_creation
  },
  read(from, version) {
    from.int32(); // throttle_time_ms
    const brokers = from.array(() => ({
      id: from.int32(),
      host: from.text(),
      port: from.int32(),
      rack: from.string(),
    }));
    const clusterId = from.string();
    const controllerId = from.int32();
    const topics = from.array(() => {
      const code = from.int16();
      const name = from.text();
      const internal = from.boolean();
      const partitions = from.array(() => {
        // The code of a partition tells that it has no leader, which the leader's id tells as well.
        from.int16();
        const partition = from.int32();
        const leader = from.int32();
        if (version >= 7) from.int32(); // leader_epoch
        const replicas = from.int32s();
        const inSync = from.int32s();
        from.int32s(); // offline_replicas
        return { partition, leader, replicas, inSync };
      });
      partitions.sort((a, b) => a.partition - b.partition);
      return { code, name, internal, partitions };
    });
    return { brokers, clusterId, controllerId, topics };
  },
};
