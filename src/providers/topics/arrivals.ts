import type { KafkaPort, TopicDescription } from "../../clients/kafka.ts";
import { type Diagnostic, error } from "../../core/errors.ts";
import { nameOf } from "../../core/model.ts";
import { counted } from "../../core/words.ts";
import { naps, type Pace } from "../kafka/pace.ts";
import { positionOf } from "./refusals.ts";
import type { TopicUpdate } from "./requests.ts";

export type Moved =
  | { readonly type: "progress"; readonly change: TopicUpdate; readonly message: string }
  | { readonly type: "moved"; readonly changes: readonly TopicUpdate[] }
  | { readonly type: "failed"; readonly change: TopicUpdate; readonly diagnostic: Diagnostic };

/** A topic whose partitions the brokers were asked to move. */
export interface Moving {
  readonly change: TopicUpdate;
  /** What went wrong when asking, where it isn't known whether the brokers heard. */
  readonly doubt: Diagnostic | undefined;
}

/** Waits for moves that somebody else started: a new assignment would cancel them. */
export async function* othersFinished(
  kafka: KafkaPort,
  changes: readonly TopicUpdate[],
  signal: AbortSignal,
): AsyncGenerator<Moved> {
  const tell = teller((left) => `waits for a move that is under way: ${left} to go`);
  for (const nap of naps()) {
    const running = await kafka.reassigning(changes.map(({ address }) => nameOf(address)));
    if (running.size === 0 || signal.aborted) return;
    for (const change of changes) yield* tell(change, running);
    await nap(signal);
  }
}

/** Waits until every topic has its replicas on every partition, and says how far it is. */
export async function* arrivals(
  kafka: KafkaPort,
  moving: readonly Moving[],
  signal: AbortSignal,
  pace: Pace,
): AsyncGenerator<Moved> {
  const tell = teller((left) => `moving data: ${left} to go`);
  let open = moving;
  let lastMoving = performance.now();
  for (const nap of naps()) {
    if (open.length === 0) return;
    const running = await kafka.reassigning(open.map(({ change }) => nameOf(change.address)));
    if (running.size > 0) lastMoving = performance.now();
    const idle = open.some(({ change }) => !running.has(nameOf(change.address)));
    const topics = new Map(idle ? (await kafka.topics()).map((topic) => [topic.name, topic]) : []);
    for (const { change } of open) yield* tell(change, running);
    const arrived = open.filter(
      ({ change: { address, desired } }) =>
        !running.has(nameOf(address)) &&
        isComplete(topics.get(nameOf(address)), desired.spec.replicationFactor),
    );
    open = open.filter((it) => !arrived.includes(it));
    if (arrived.length > 0) yield { type: "moved", changes: arrived.map(({ change }) => change) };
    const stalled = performance.now() - lastMoving > pace.patience;
    if (open.length > 0 && (signal.aborted || stalled)) {
      for (const it of open)
        yield { type: "failed", change: it.change, diagnostic: it.doubt ?? unfinished(it.change, signal) };
      return;
    }
    await nap(signal);
  }
}

function isComplete(topic: TopicDescription | undefined, replicationFactor: number | null): boolean {
  return topic?.partitions.every(({ replicas }) => replicas.length === replicationFactor) ?? false;
}

function unfinished(change: TopicUpdate, signal: AbortSignal): Diagnostic {
  const message = signal.aborted
    ? "interrupted; the brokers go on moving its data"
    : "the brokers stopped moving its data before every partition was there";
  return error("KP4011", message, {
    address: change.address,
    position: positionOf(change, ["replicationFactor"]),
  });
}

/** Says how many partitions of a topic are to go, once for each number. */
function teller(
  say: (left: string) => string,
): (change: TopicUpdate, running: ReadonlyMap<string, readonly number[]>) => Generator<Moved> {
  const told = new Map<TopicUpdate, number>();
  return function* (change, running) {
    const left = running.get(nameOf(change.address))?.length ?? 0;
    if (left === 0 || told.get(change) === left) return;
    told.set(change, left);
    yield { type: "progress", change, message: say(counted(left, "partition")) };
  };
}
