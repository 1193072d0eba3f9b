import type { PartitionOffsets } from "../../clients/kafka.ts";

/** What topics hold, by name. */
export interface Held {
  /** Bytes by partition; undefined: the principal may not read sizes. */
  sizes(name: string): ReadonlyMap<number, number> | undefined;
  offsets(name: string): readonly PartitionOffsets[];
}
