import type { PartitionOffsets } from "../../clients/kafka.ts";

/** What topics hold, by name. */
export interface Held {
  sizes(name: string): ReadonlyMap<number, number>;
  offsets(name: string): readonly PartitionOffsets[];
}
