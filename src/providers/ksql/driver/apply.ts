import type { KafkaPort } from "../../../clients/kafka.ts";
import type { KsqlOutcome, KsqlPort, KsqlRefusal } from "../../../clients/ksql.ts";
import { channel } from "../../../core/channel.ts";
import { type Diagnostic, error, KpipeError } from "../../../core/errors.ts";
import type { Progress } from "../../../core/kind.ts";
import type { Address, World } from "../../../core/model.ts";
import { naps, type Pace } from "../../kafka/pace.ts";
import { placeOf } from "./places.ts";
import { type KsqlChange, type Step, stepsOf, topicsOf } from "./steps.ts";
import { settingsOf } from "./topics.ts";

/** What applies of one command share: what has been taken away for a replace, and isn't there any more. */
export interface Applying {
  readonly ksql: KsqlPort;
  readonly kafka: KafkaPort;
  readonly gone: Set<Address>;
  readonly pace: Pace;
}

/** Makes changes one after the other: a server executes one statement at a time, whoever sends them. */
export async function* applyKsql(
  applying: Applying,
  changes: readonly KsqlChange[],
  world: World,
  signal: AbortSignal,
): AsyncGenerator<Progress> {
  for (const change of changes) {
    if (signal.aborted) return;
    const events = channel<Progress>();
    const { address } = change;
    const wait = (message: string) => events.send({ type: "progress", address, message });
    const end = outcomeOf(applying, change, world, wait, signal)
      .then((progress) => events.send(progress))
      .finally(() => events.close());
    // Whoever stops listening early must not leave a failure that nobody takes.
    end.catch(() => {});
    yield* events;
    await end;
  }
}

async function outcomeOf(
  applying: Applying,
  change: KsqlChange,
  world: World,
  wait: (message: string) => void,
  signal: AbortSignal,
): Promise<Progress> {
  const { address } = change;
  try {
    return { type: "done", address, message: await make(applying, change, world, wait, signal) };
  } catch (cause) {
    if (!(cause instanceof KpipeError)) throw cause;
    const [diagnostic = error("KP4001", cause.message)] = cause.diagnostics;
    return { type: "failed", address, diagnostic: { ...diagnostic, address } };
  }
}

/** The statements of a change, one after the other; what it came to in words. */
async function make(
  applying: Applying,
  change: KsqlChange,
  world: World,
  wait: (message: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const { kafka, gone } = applying;
  // Read now: a topic that this run has made or changed counts as it has become.
  const settings = await settingsOf(kafka, topicsOf([change]));
  let query: string | undefined;
  let lost = false;
  for (const step of stepsOf(change, { world, settings, ahead: false, gone })) {
    const outcome = await execute(applying, step, change, wait, signal);
    if (!outcome.ok) throw new KpipeError(failure(outcome.refusal, step, change, lost, world));
    if (step.type === "away") gone.add(step.address);
    if (step.type === "make") gone.delete(step.address);
    lost ||= step.type === "away";
    query = outcome.queryId ?? query;
  }
  return wordsOf(change, query);
}

/** A topic that was made a moment ago may not be known yet to the broker that the server asks. */
async function execute(
  { ksql, pace }: Applying,
  { sent: { text, properties } }: Step,
  change: KsqlChange,
  wait: (message: string) => void,
  signal: AbortSignal,
): Promise<KsqlOutcome> {
  const since = performance.now();
  for (const nap of naps()) {
    const outcome = await ksql.execute({ text, properties }, wait);
    const isEarly = !outcome.ok && isMissingTopic(outcome.refusal, change);
    if (!isEarly || signal.aborted || performance.now() - since > pace.doubt) return outcome;
    wait("waits for ksqlDB to see the topic");
    await nap(signal);
  }
  throw new Error("naps never end");
}

function isMissingTopic({ message }: KsqlRefusal, change: KsqlChange): boolean {
  if (change.action === "delete") return false;
  const { topic } = change.desired.spec;
  return topic !== null && message.startsWith(`Topic '${topic}' does not exist`);
}

function failure(
  { message, line, column }: KsqlRefusal,
  { type, address, sent }: Step,
  change: KsqlChange,
  lost: boolean,
  world: World,
): Diagnostic {
  const resource = type === "make" ? world.desired.get(address) : undefined;
  const position = (resource && placeOf(resource, sent, line, column)) ?? change.position;
  return lost
    ? error("KP4101", `dropped, and then refused: ${message}`, { position })
    : error("KP4100", message, { position });
}

function wordsOf(change: KsqlChange, query: string | undefined): string {
  const running = query === undefined ? "" : ", query running";
  switch (change.action) {
    case "create":
      return `created${running}`;
    case "update":
      return `changed in place${running}`;
    case "replace":
      return `replaced${running}`;
    case "operate":
      return change.fields.some(({ before }) => before === "paused") ? "resumed" : `restarted${running}`;
    case "delete":
      return change.live.spec.query === null ? "dropped" : "dropped, its query ended";
  }
}
