import type { KafkaPort } from "../../clients/kafka.ts";
import type { Progress } from "../../core/kind.ts";
import { counted } from "../../core/words.ts";
import type { Pace } from "../kafka/pace.ts";
import { sorted, type TopicChange, type TopicCreate } from "./requests.ts";
import { applyUpdates } from "./updates.ts";
import { carryOut, type Written } from "./write.ts";
import { creating, deleting } from "./writes.ts";

/**
 * Makes changes of topics: what is quick first, moves of data last. After `signal` aborts it starts nothing
 * new; what it had half done is reported as failed. Throws where the brokers don't even answer questions.
 */
export async function* applyTopics(
  kafka: KafkaPort,
  changes: readonly TopicChange[],
  signal: AbortSignal,
  pace: Pace,
): AsyncGenerator<Progress> {
  const { creates, updates, deletes } = sorted(changes);
  yield* outcomes(carryOut(kafka, creates, creating(kafka), signal, pace), created);
  yield* outcomes(carryOut(kafka, deletes, deleting(kafka), signal, pace), () => "deleted");
  yield* applyUpdates(kafka, updates, signal, pace);
}

async function* outcomes<C extends TopicChange>(
  written: AsyncIterable<Written<C>>,
  say: (change: C) => string,
): AsyncGenerator<Progress> {
  for await (const { change, diagnostic } of written) {
    const { address } = change;
    if (diagnostic) yield { type: "failed", address, diagnostic };
    else yield { type: "done", address, message: say(change) };
  }
}

function created({ desired: { spec } }: TopicCreate): string {
  const configs = Object.values(spec.config).filter((it) => it !== null).length;
  const parts = [
    ...(spec.partitions === null ? [] : [counted(spec.partitions, "partition")]),
    ...(configs === 0 ? [] : [counted(configs, "config")]),
  ];
  return parts.length === 0 ? "created" : parts.join(", ");
}
