import type { KafkaFailure } from "../../kafka.ts";
import type { EntryAnswer } from "./protocol/request.ts";

/** The codes that administrative requests answer: name, and what it means where the broker gives no words. */
const codes: Readonly<Record<number, readonly [name: string, meaning: string]>> = {
  [-1]: ["UNKNOWN_SERVER_ERROR", "the server failed without saying why; its log may tell"],
  1: ["OFFSET_OUT_OF_RANGE", "the offset is not in the partition"],
  3: ["UNKNOWN_TOPIC_OR_PARTITION", "there is no such topic or partition"],
  5: ["LEADER_NOT_AVAILABLE", "the partition has no leader at the moment"],
  6: ["NOT_LEADER_OR_FOLLOWER", "the broker does not lead the partition any more"],
  7: ["REQUEST_TIMED_OUT", "the server did not finish in time"],
  8: ["BROKER_NOT_AVAILABLE", "the broker is not available"],
  9: ["REPLICA_NOT_AVAILABLE", "the replica is not available"],
  13: ["NETWORK_EXCEPTION", "the server disconnected before it answered"],
  14: ["COORDINATOR_LOAD_IN_PROGRESS", "the group's coordinator is still loading"],
  15: ["COORDINATOR_NOT_AVAILABLE", "the group has no coordinator at the moment"],
  16: ["NOT_COORDINATOR", "the broker does not coordinate the group any more"],
  17: ["INVALID_TOPIC_EXCEPTION", "not a name that a topic can have"],
  22: ["ILLEGAL_GENERATION", "the group has members"],
  23: ["INCONSISTENT_GROUP_PROTOCOL", "the group is of another protocol"],
  24: ["INVALID_GROUP_ID", "not a name that a group can have"],
  25: ["UNKNOWN_MEMBER_ID", "the group has members, and only they may commit"],
  27: ["REBALANCE_IN_PROGRESS", "the group is rebalancing"],
  29: ["TOPIC_AUTHORIZATION_FAILED", "not authorized on the topic"],
  30: ["GROUP_AUTHORIZATION_FAILED", "not authorized on the group"],
  31: ["CLUSTER_AUTHORIZATION_FAILED", "not authorized on the cluster"],
  35: ["UNSUPPORTED_VERSION", "the server does not know the request in this version"],
  36: ["TOPIC_ALREADY_EXISTS", "a topic of this name exists"],
  37: ["INVALID_PARTITIONS", "not a possible number of partitions"],
  38: ["INVALID_REPLICATION_FACTOR", "not a possible replication factor: below 1, or more than the brokers"],
  39: ["INVALID_REPLICA_ASSIGNMENT", "not a possible assignment of replicas"],
  40: ["INVALID_CONFIG", "not a possible config"],
  41: ["NOT_CONTROLLER", "the broker is not the controller"],
  42: ["INVALID_REQUEST", "the server does not accept the request"],
  44: ["POLICY_VIOLATION", "a policy of the server forbids it"],
  54: ["SECURITY_DISABLED", "the server has no authorizer"],
  55: ["OPERATION_NOT_ATTEMPTED", "not tried, because another part of the request failed"],
  56: ["KAFKA_STORAGE_ERROR", "the broker can't reach its disk"],
  60: ["REASSIGNMENT_IN_PROGRESS", "the partition is being moved already"],
  68: ["NON_EMPTY_GROUP", "the group has members"],
  69: ["GROUP_ID_NOT_FOUND", "there is no such group"],
  73: ["TOPIC_DELETION_DISABLED", "the server forbids deleting topics (delete.topic.enable)"],
  75: ["UNKNOWN_LEADER_EPOCH", "the broker's knowledge of the partition is not up to date"],
  78: ["OFFSET_NOT_AVAILABLE", "the leader can't tell offsets yet"],
  83: ["ELIGIBLE_LEADERS_NOT_AVAILABLE", "no replica is able to lead the partition"],
  85: ["NO_REASSIGNMENT_IN_PROGRESS", "the partition is not being moved"],
  86: ["GROUP_SUBSCRIBED_TO_TOPIC", "the group reads the topic"],
  88: ["UNSTABLE_OFFSET_COMMIT", "a transaction holds the group's offsets"],
  89: ["THROTTLING_QUOTA_EXCEEDED", "more than the quota of the principal allows at the moment"],
  100: ["UNKNOWN_TOPIC_ID", "there is no such topic"],
  110: ["FENCED_MEMBER_EPOCH", "the group has members"],
  113: ["STALE_MEMBER_EPOCH", "the group has members"],
};

/** Codes of conditions that pass by themselves. */
const passing: readonly number[] = [5, 6, 7, 8, 9, 13, 14, 15, 16, 27, 41, 75, 78, 88, 89];

/** Codes that say that the principal lacks a right. */
const unauthorized: readonly number[] = [29, 30, 31];

export const code = {
  unknownTopic: 3,
  timedOut: 7,
  networkException: 13,
  invalidTopic: 17,
  topicUnauthorized: 29,
  unsupportedVersion: 35,
  topicExists: 36,
  invalidPartitions: 37,
  invalidRequest: 42,
  groupNotFound: 69,
} as const;

/** Whether to ask again: the condition passes by itself. */
export function passes(answer: number): boolean {
  return passing.includes(answer);
}

export function isUnauthorized(answer: number): boolean {
  return unauthorized.includes(answer);
}

/**
 * The failure of one entry. `right`: what the principal needs, such as `Create on topic a`; brokers only say
 * that it lacks something.
 */
export function failureOf({ code, message }: EntryAnswer, right: string): KafkaFailure {
  const [name, meaning] = codes[code] ?? [`CODE_${code}`, `the server answered code ${code}`];
  const words = message?.trim() || meaning;
  return { code, name, message: isUnauthorized(code) ? `not allowed: it needs ${right}` : words };
}
