import type { KafkaFailure, Result } from "../../kafka.ts";

/** The errors that a recorded Kafka can answer, with their general descriptions in Kafka's protocol. */
const descriptions = {
  [-1]: ["UNKNOWN_SERVER_ERROR", "The server experienced an unexpected error when processing the request."],
  3: ["UNKNOWN_TOPIC_OR_PARTITION", "This server does not host this topic-partition."],
  17: ["INVALID_TOPIC_EXCEPTION", "The request attempted to perform an operation on an invalid topic."],
  25: ["UNKNOWN_MEMBER_ID", "The coordinator is not aware of this member."],
  36: ["TOPIC_ALREADY_EXISTS", "Topic with this name already exists."],
  37: ["INVALID_PARTITIONS", "Number of partitions is below 1."],
  38: [
    "INVALID_REPLICATION_FACTOR",
    "Replication factor is below 1 or larger than the number of available brokers.",
  ],
  39: ["INVALID_REPLICA_ASSIGNMENT", "Replica assignment is invalid."],
  40: ["INVALID_CONFIG", "Configuration is invalid."],
  42: ["INVALID_REQUEST", "The request is malformed, or the broker does not know it."],
  44: ["POLICY_VIOLATION", "Request parameters do not satisfy the configured policy."],
  68: ["NON_EMPTY_GROUP", "The group is not empty."],
  69: ["GROUP_ID_NOT_FOUND", "The group id does not exist."],
} as const satisfies Readonly<Record<number, readonly [name: string, description: string]>>;

type RefusalCode = keyof typeof descriptions;

/** A refusal as the broker gives it; without words of its own, the code's general description. */
export function refusal(code: RefusalCode, message?: string): KafkaFailure {
  const [name, description] = descriptions[code];
  return { code, name, message: message ?? description };
}

export function result(refused: KafkaFailure | undefined): Result {
  return refused ? { ok: false, error: refused } : { ok: true };
}

/** The names that stand in a request more than once. */
export function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.has(name) || !seen.add(name)));
}
