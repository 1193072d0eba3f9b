import type { KafkaPort, Results } from "../../clients/kafka.ts";
import { type Diagnostic, error } from "../../core/errors.ts";
import type { Verdict } from "../../core/kind.ts";
import { nameOf } from "../../core/model.ts";
import { chunks } from "./chunks.ts";
import { isTooLarge, positionOf, refusal } from "./refusals.ts";
import {
  changeOf,
  configChange,
  configFields,
  growthOf,
  newPartitions,
  newTopic,
  recordsOf,
  sorted,
  type TopicChange,
  type TopicCreate,
  type TopicUpdate,
} from "./requests.ts";
import { MIN_INSYNC, tooManyInSync } from "./spec.ts";

const MAX_GROWTH = 10_000;

/** What the brokers would refuse, by validate-only requests, and what those don't look at. */
export async function checkTopics(kafka: KafkaPort, changes: readonly TopicChange[]): Promise<Verdict> {
  const { creates, updates } = sorted(changes);
  const growing = updates.filter((it) => changeOf(it, "partitions"));
  const tooFast = growing.filter((it) => growthOf(it) > MAX_GROWTH);
  const found = await Promise.all([
    refused(creates, recordsOf, (chunk) => kafka.createTopics(chunk.map(newTopic), "validate")),
    refused(
      growing.filter((it) => !tooFast.includes(it)),
      growthOf,
      (chunk) => kafka.createPartitions(chunk.map(newPartitions), "validate"),
    ),
    refused(
      updates.filter((it) => configFields(it).length > 0),
      (it) => configFields(it).length,
      (chunk) => kafka.alterTopicConfigs(chunk.map(configChange), "validate"),
    ),
    withoutReplicas(kafka, creates),
    unreachableReplication(
      kafka,
      updates.filter((it) => changeOf(it, "replicationFactor")),
    ),
  ]);
  return { diagnostics: [...tooFast.map(growsTooFast), ...found.flat()], notChecked: [] };
}

/** Asks chunk by chunk; a chunk that the broker finds too large as a whole is asked about in halves. */
async function refused<C extends TopicChange>(
  changes: readonly C[],
  weightOf: (change: C) => number,
  ask: (chunk: readonly C[]) => Promise<Results>,
): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const open = [...chunks(changes, weightOf)];
  for (let chunk = open.shift(); chunk !== undefined; chunk = open.shift()) {
    const results = await ask(chunk);
    const failures = chunk.flatMap((change) => {
      const result = results.get(nameOf(change.address));
      return result?.ok === false ? [{ change, failure: result.error }] : [];
    });
    const half = Math.ceil(chunk.length / 2);
    if (
      chunk.length > 1 &&
      failures.length === chunk.length &&
      failures.every((it) => isTooLarge(it.failure))
    )
      open.unshift(chunk.slice(0, half), chunk.slice(half));
    else diagnostics.push(...failures.map(({ change, failure }) => refusal(change, failure)));
  }
  return diagnostics;
}

/** Brokers take a new topic that requires more in-sync replicas than their own default gives it. */
async function withoutReplicas(
  kafka: KafkaPort,
  creates: readonly TopicCreate[],
): Promise<readonly Diagnostic[]> {
  const suspects = creates.flatMap((change) => {
    const { replicationFactor, config } = change.desired.spec;
    const required = config[MIN_INSYNC];
    return replicationFactor === null && typeof required === "string" && Number(required) > 1
      ? [{ change, required }]
      : [];
  });
  if (suspects.length === 0) return [];
  const { replicationFactor } = await kafka.topicCreation();
  if (replicationFactor === undefined) return [];
  return suspects
    .filter(({ required }) => Number(required) > replicationFactor)
    .map(({ change, required }) =>
      error("KP2012", `by the brokers' default, ${tooManyInSync(required, replicationFactor)}`, {
        address: change.address,
        position: positionOf(change, ["config", MIN_INSYNC]),
      }),
    );
}

/** Reassignments have no validate-only request. */
async function unreachableReplication(
  kafka: KafkaPort,
  changes: readonly TopicUpdate[],
): Promise<readonly Diagnostic[]> {
  if (changes.length === 0) return [];
  const { brokers } = await kafka.cluster();
  return changes
    .filter(({ desired }) => (desired.spec.replicationFactor ?? 0) > brokers.length)
    .map((change) => tooFewBrokers(change, brokers.length));
}

export function tooFewBrokers(change: TopicUpdate, brokers: number): Diagnostic {
  const has = brokers === 1 ? "1 broker" : `${brokers} brokers`;
  return error("KP2011", `${has} can't hold ${change.desired.spec.replicationFactor} replicas`, {
    address: change.address,
    position: positionOf(change, ["replicationFactor"]),
  });
}

function growsTooFast(change: TopicUpdate): Diagnostic {
  const message = `brokers add ${MAX_GROWTH} partitions at once, and this adds ${growthOf(change)}`;
  return error("KP2010", message, {
    address: change.address,
    position: positionOf(change, ["partitions"]),
    next: "Add them in steps, one apply each.",
  });
}
