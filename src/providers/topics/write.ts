import type { KafkaFailure, KafkaPort, Results } from "../../clients/kafka.ts";
import { type Diagnostic, error, KpipeError } from "../../core/errors.ts";
import { type Live, nameOf } from "../../core/model.ts";
import { naps, type Pace } from "../kafka/pace.ts";
import { chunks } from "./chunks.ts";
import { liveShapes, liveTopics } from "./read.ts";
import { isNoAnswer, isTooLarge, refusal, unanswered } from "./refusals.ts";
import type { TopicChange } from "./requests.ts";
import type { TopicSpec } from "./spec.ts";

/** One kind of request that changes topics. */
export interface Write<C extends TopicChange> {
  weightOf(change: C): number;
  send(chunk: readonly C[]): Promise<Results>;
  /** Error codes by which the broker may say that it is done already. */
  readonly perhapsDone: readonly number[];
  /** Whether `shown` looks at configs. */
  readonly looksAtConfig: boolean;
  /** Whether the cluster shows what the broker said yes to. */
  shown(change: C, live: Live<TopicSpec> | undefined): boolean;
  /** Whether everything that the request asks for is there, whoever did it. */
  reached(change: C, live: Live<TopicSpec> | undefined): boolean;
}

/** What became of a change; no diagnostic: it is done and the cluster shows it. */
export interface Written<C extends TopicChange> {
  readonly change: C;
  readonly diagnostic?: Diagnostic;
}

/**
 * Sends changes chunk by chunk and waits until the cluster shows them. What got no answer is read again
 * before it counts as failed. After `signal` aborts no further chunk is sent; its changes aren't reported.
 * Throws where not even reading gets an answer.
 */
export async function* carryOut<C extends TopicChange>(
  kafka: KafkaPort,
  changes: readonly C[],
  write: Write<C>,
  signal: AbortSignal,
  pace: Pace,
): AsyncGenerator<Written<C>> {
  const open = [...chunks(changes, write.weightOf)];
  for (let chunk = open.shift(); chunk !== undefined && !signal.aborted; chunk = open.shift()) {
    const sent = await send(chunk, write);
    if (sent === "too large") {
      const half = Math.ceil(chunk.length / 2);
      open.unshift(chunk.slice(0, half), chunk.slice(half));
      continue;
    }
    const { taken, doubtful, refused } = sent;
    yield* refused;
    const unseen = await unconfirmed(
      kafka,
      taken.map((change) => ({ change })),
      write.looksAtConfig,
      write.shown,
      signal,
      pace.patience,
    );
    const undone = await unconfirmed(kafka, doubtful, true, write.reached, signal, pace.doubt);
    const left = new Map<C, Diagnostic>([
      ...unseen.map(({ change }) => [change, notShown(change, pace.patience)] as const),
      ...undone.map(({ change, diagnostic }) => [change, diagnostic] as const),
    ]);
    for (const change of [...taken, ...doubtful.map((it) => it.change)]) {
      const diagnostic = left.get(change);
      yield diagnostic ? { change, diagnostic } : { change };
    }
  }
}

interface Doubtful<C> {
  readonly change: C;
  readonly diagnostic: Diagnostic;
}

interface Sent<C> {
  readonly taken: readonly C[];
  readonly doubtful: readonly Doubtful<C>[];
  readonly refused: readonly Doubtful<C>[];
}

async function send<C extends TopicChange>(
  chunk: readonly C[],
  write: Write<C>,
): Promise<Sent<C> | "too large"> {
  let results: Results;
  try {
    results = await write.send(chunk);
  } catch (cause) {
    if (!(cause instanceof KpipeError)) throw cause;
    return { taken: [], doubtful: chunk.map((change) => noAnswer(change, cause)), refused: [] };
  }
  const answers = chunk.map((change) => ({ change, result: results.get(nameOf(change.address)) }));
  if (chunk.length > 1 && answers.every(({ result }) => result?.ok === false && isTooLarge(result.error)))
    return "too large";
  const taken: C[] = [];
  const doubtful: Doubtful<C>[] = [];
  const refused: Doubtful<C>[] = [];
  for (const { change, result } of answers) {
    if (result === undefined) doubtful.push(noAnswer(change));
    else if (result.ok) taken.push(change);
    else {
      const list = mayBeDone(result.error, write.perhapsDone) ? doubtful : refused;
      list.push({ change, diagnostic: refusal(change, result.error) });
    }
  }
  return { taken, doubtful, refused };
}

function mayBeDone(failure: KafkaFailure, perhapsDone: readonly number[]): boolean {
  return isNoAnswer(failure) || perhapsDone.includes(failure.code);
}

/** Looks until everything is as it should be, or for `patience` ms; returns what isn't. */
async function unconfirmed<C extends TopicChange, T extends { readonly change: C }>(
  kafka: KafkaPort,
  pending: readonly T[],
  config: boolean,
  isThere: (change: C, live: Live<TopicSpec> | undefined) => boolean,
  signal: AbortSignal,
  patience: number,
): Promise<readonly T[]> {
  if (pending.length === 0) return [];
  const since = performance.now();
  let left = pending;
  for (const nap of naps()) {
    const wanted = new Set(left.map(({ change }) => change.address));
    const live = await (config ? liveTopics : liveShapes)(kafka, (address) => wanted.has(address));
    left = left.filter(({ change }) => !isThere(change, live.get(change.address)));
    if (left.length === 0 || signal.aborted || performance.now() - since > patience) break;
    await nap(signal);
  }
  return left;
}

function noAnswer<C extends TopicChange>(change: C, cause?: KpipeError): Doubtful<C> {
  return { change, diagnostic: unanswered(change, cause) };
}

function notShown(change: TopicChange, patience: number): Diagnostic {
  const message = `the broker took it and doesn't show it after ${Math.round(patience / 1000)} s`;
  return error("KP4010", message, { address: change.address, position: change.position });
}
