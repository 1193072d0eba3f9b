import type { Broker } from "../../kafka.ts";
import type { PartitionState } from "../state.ts";

/** Empty partitions from number `from` to below `to`, their replicas spread over the brokers in turn. */
export function placements(
  brokers: readonly Broker[],
  from: number,
  to: number,
  replicationFactor: number,
): PartitionState[] {
  const ids = brokers.map(({ id }) => id);
  return Array.from({ length: to - from }, (_, at) => {
    const replicas = Array.from(
      { length: replicationFactor },
      (_, copy) => ids[(from + at + copy) % ids.length] ?? -1,
    );
    return emptyPartition(replicas);
  });
}

function emptyPartition(replicas: readonly number[]): PartitionState {
  return {
    replicas,
    leader: replicas[0] ?? -1,
    inSync: replicas,
    earliest: 0n,
    latest: 0n,
    bytes: 0,
    times: [],
  };
}
