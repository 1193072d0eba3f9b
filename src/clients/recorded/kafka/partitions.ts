import type { KafkaFailure, NewPartitions, Reassignment, Results, WriteMode } from "../../kafka.ts";
import type { KafkaState } from "../state.ts";
import { placements } from "./placement.ts";
import { refusal, repeated, result } from "./refusal.ts";

/** CreatePartitions adds so many partitions in one request; topics beyond fail without a word. */
const newPartitionsLimit = 10_000;

/** CreatePartitions as a controller answers it. */
export function createPartitions(
  state: KafkaState,
  requests: readonly NewPartitions[],
  mode: WriteMode,
): Results {
  const duplicates = repeated(requests.map(({ topic }) => topic));
  let added = 0;
  return new Map(
    requests.map(({ topic, partitions }) => {
      const existing = state.topics.get(topic)?.partitions;
      const refused = duplicates.has(topic)
        ? refusal(42, "Duplicate topic name.")
        : refusedGrowth(topic, existing?.length, partitions);
      if (refused || !existing) return [topic, result(refused)];
      added += partitions - existing.length;
      if (added > newPartitionsLimit) return [topic, result(refusal(-1))];
      if (mode === "execute") {
        const factor = existing[0]?.replicas.length ?? 1;
        existing.push(...placements(state.brokers, existing.length, partitions, factor));
      }
      return [topic, result(undefined)];
    }),
  );
}

function refusedGrowth(topic: string, has: number | undefined, wanted: number): KafkaFailure | undefined {
  if (has === undefined) return refusal(3);
  if (wanted === has) return refusal(37, `Topic already has ${has} partition(s).`);
  if (wanted > has) return undefined;
  return refusal(
    37,
    `The topic ${topic} currently has ${has} partition(s); ${wanted} would not be an increase.`,
  );
}

/** AlterPartitionReassignments; in a recording data moves at once. */
export function reassign(state: KafkaState, requests: readonly Reassignment[]): Results {
  const ids = new Set(state.brokers.map(({ id }) => id));
  return new Map(
    requests.map(({ topic, partition, replicas }) => {
      const moved = state.topics.get(topic)?.partitions[partition];
      const refused = refusedMove(state, topic, partition, replicas, ids);
      if (moved && !refused) {
        moved.replicas = replicas;
        moved.inSync = replicas;
        moved.leader = replicas.includes(moved.leader) ? moved.leader : (replicas[0] ?? -1);
      }
      return [`${topic}-${partition}`, result(refused)];
    }),
  );
}

function refusedMove(
  state: KafkaState,
  topic: string,
  partition: number,
  replicas: readonly number[],
  brokers: ReadonlySet<number>,
): KafkaFailure | undefined {
  const partitions = state.topics.get(topic)?.partitions;
  if (!partitions) return refusal(3, `Unable to find a topic named ${topic}.`);
  if (!partitions[partition]) return refusal(3, `Unable to find partition ${topic}:${partition}.`);
  const manual = "The manual partition assignment includes";
  if (replicas.length === 0) return refusal(39, `${manual} an empty replica list.`);
  const twice = replicas.find((id, at) => replicas.indexOf(id) !== at);
  if (twice !== undefined) return refusal(39, `${manual} the broker ${twice} more than once.`);
  const stranger = replicas.find((id) => !brokers.has(id));
  if (stranger === undefined) return undefined;
  return refusal(39, `${manual} broker ${stranger}, but no such broker is registered.`);
}
