import type { KafkaPort, Reassignment, Results } from "../../clients/kafka.ts";
import { KpipeError } from "../../core/errors.ts";
import { nameOf } from "../../core/model.ts";
import type { Pace } from "../kafka/pace.ts";
import { arrivals, type Moved, type Moving, othersFinished } from "./arrivals.ts";
import { assign, countsOf } from "./assignment.ts";
import { tooFewBrokers } from "./check.ts";
import { chunks } from "./chunks.ts";
import { refusal, unanswered } from "./refusals.ts";
import type { TopicUpdate } from "./requests.ts";

const PARTITIONS_AT_ONCE = 1_000;

/**
 * Brings topics to their declared replication factor by reassignment, and waits until the data is there.
 * After `signal` aborts nothing new is started; what is under way goes on in the brokers and is reported
 * as failed. Throws where reading gets no answer.
 */
export async function* moveReplicas(
  kafka: KafkaPort,
  changes: readonly TopicUpdate[],
  signal: AbortSignal,
  pace: Pace,
): AsyncGenerator<Moved> {
  if (changes.length === 0) return;
  yield* othersFinished(kafka, changes, signal);
  if (signal.aborted) return;
  const { moves, impossible } = await planned(kafka, changes);
  yield* impossible;
  const started: Moving[] = [];
  for (const chunk of chunks(moves, ({ partitions }) => partitions.length, PARTITIONS_AT_ONCE)) {
    if (signal.aborted) break;
    for (const it of await start(kafka, chunk)) {
      if ("type" in it) yield it;
      else started.push(it);
    }
  }
  yield* arrivals(kafka, started, signal, pace);
}

interface Move {
  readonly change: TopicUpdate;
  readonly partitions: readonly Reassignment[];
}

/** Where every partition is to go. Topics are assigned one after the other, so that they share the brokers. */
async function planned(
  kafka: KafkaPort,
  changes: readonly TopicUpdate[],
): Promise<{ readonly moves: readonly Move[]; readonly impossible: readonly Moved[] }> {
  const [{ brokers }, topics] = await Promise.all([kafka.cluster(), kafka.topics()]);
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  const load = countsOf(topics.flatMap(({ partitions }) => partitions.map(({ replicas }) => replicas)));
  const moves: Move[] = [];
  const impossible: Moved[] = [];
  for (const change of changes) {
    const topic = nameOf(change.address);
    const partitions = byName.get(topic)?.partitions ?? [];
    const assignments = assign(partitions, change.desired.spec.replicationFactor ?? 0, brokers, load);
    if (assignments === undefined) {
      impossible.push({ type: "failed", change, diagnostic: tooFewBrokers(change, brokers.length) });
      continue;
    }
    for (const { partition, replicas } of assignments) {
      for (const id of partitions[partition]?.replicas ?? []) load.set(id, (load.get(id) ?? 0) - 1);
      for (const id of replicas) load.set(id, (load.get(id) ?? 0) + 1);
    }
    moves.push({ change, partitions: assignments.map((it) => ({ ...it, topic })) });
  }
  return { moves, impossible };
}

/** Asks the brokers to move; a topic that is already right is waited for all the same. */
async function start(kafka: KafkaPort, moves: readonly Move[]): Promise<readonly (Moving | Moved)[]> {
  const all = moves.flatMap(({ partitions }) => partitions);
  let results: Results = new Map();
  try {
    if (all.length > 0) results = await kafka.reassign(all);
  } catch (cause) {
    if (!(cause instanceof KpipeError)) throw cause;
    return moves.map(({ change }) => ({ change, doubt: unanswered(change, cause) }));
  }
  return moves.map(({ change, partitions }): Moving | Moved => {
    const answers = partitions.map(({ topic, partition }) => results.get(`${topic}-${partition}`));
    const refused = answers.find((it) => it?.ok === false);
    if (refused?.ok === false) return { type: "failed", change, diagnostic: refusal(change, refused.error) };
    return { change, doubt: undefined };
  });
}
