import pLimit from "p-limit";
import type { KafkaPort, Results, TopicOffset } from "../../clients/kafka.ts";
import { channel } from "../../core/channel.ts";
import { type Diagnostic, error, KpipeError } from "../../core/errors.ts";
import type { Progress } from "../../core/kind.ts";
import { addressOf, nameOf, type World } from "../../core/model.ts";
import { counted } from "../../core/words.ts";
import { naps, type Pace } from "../kafka/pace.ts";
import { configChange, type GroupChange, hasConfigs, refusal, startsOf } from "./requests.ts";

/** Groups under way at once: each is a handful of small requests to its own coordinator. */
const PARALLEL = 8;

/** Makes changes of groups side by side; of each the configs first, then commits or the delete. */
export async function* applyGroups(
  kafka: KafkaPort,
  changes: readonly GroupChange[],
  world: World,
  signal: AbortSignal,
  pace: Pace,
): AsyncGenerator<Progress, void> {
  const events = channel<Progress>();
  const limit = pLimit(PARALLEL);
  const all = Promise.all(
    changes.map((change) =>
      limit(async () => {
        if (signal.aborted) return;
        events.send(
          await outcomeOf(change, () =>
            change.action === "delete" ? remove(kafka, change) : make(kafka, change, world, signal, pace),
          ),
        );
      }),
    ),
  ).finally(() => events.close());
  // Whoever stops listening early must not leave a failure that nobody takes.
  all.catch(() => {});
  yield* events;
  await all;
}

async function outcomeOf({ address }: GroupChange, change: () => Promise<string>): Promise<Progress> {
  try {
    return { type: "done", address, message: await change() };
  } catch (cause) {
    if (!(cause instanceof KpipeError)) throw cause;
    const [diagnostic = error("KP4001", cause.message)] = cause.diagnostics;
    return { type: "failed", address, diagnostic: { ...diagnostic, address } };
  }
}

async function make(
  kafka: KafkaPort,
  change: GroupChange,
  world: World,
  signal: AbortSignal,
  pace: Pace,
): Promise<string> {
  const said: string[] = [];
  if (hasConfigs(change)) {
    await configure(kafka, change);
    const { set, reset } = configChange(change);
    said.push(counted(set.size + reset.length, "config"));
  }
  const starts = startsOf(change);
  if (starts.size > 0) {
    const offsets = await offsetsToCommit(kafka, change, starts, world, signal, pace);
    await commit(kafka, change, offsets);
    said.push(
      offsets.length === 0 ? "committed already" : `committed on ${counted(offsets.length, "partition")}`,
    );
  }
  return said.join(", ");
}

/** What is set already after a lost answer counts as done. */
async function configure(kafka: KafkaPort, change: GroupChange): Promise<void> {
  const { name, set, reset } = configChange(change);
  let failure: Diagnostic | undefined;
  try {
    const result = (await kafka.alterGroupConfigs([{ name, set, reset }], "execute")).get(name);
    if (result?.ok === true) return;
    failure = result ? refusal(change, result.error, "KP4092") : unsaid();
  } catch (cause) {
    failure = diagnosticOf(cause);
  }
  const now = (await kafka.groupOverrides([name]))?.get(name);
  const isDone =
    now !== undefined &&
    [...set].every(([key, value]) => now.get(key) === value) &&
    reset.every((key) => !now.has(key));
  if (!isDone) throw new KpipeError(failure);
}

/** Partitions of the topics that have no commit now, and where they start. */
async function offsetsToCommit(
  kafka: KafkaPort,
  change: GroupChange,
  starts: ReadonlyMap<string, string>,
  world: World,
  signal: AbortSignal,
  pace: Pace,
): Promise<readonly TopicOffset[]> {
  const name = nameOf(change.address);
  if (((await kafka.describeGroups([name])).get(name)?.members.length ?? 0) > 0)
    throw new KpipeError(error("KP4090", "the group has members since the plan"));
  const found = await shownOffsets(kafka, [...starts.keys()], world, signal, pace);
  const commits = (await kafka.committed([name])).get(name);
  const times = new Map<string, ReadonlyMap<number, bigint | undefined>>();
  for (const [topic, start] of starts)
    if (start !== "earliest" && start !== "latest")
      times.set(topic, (await kafka.offsetsAt([topic], Date.parse(start))).get(topic) ?? new Map());
  return [...starts].flatMap(([topic, start]) =>
    (found.get(topic) ?? [])
      .filter(({ partition }) => !commits?.get(topic)?.has(partition))
      .map(({ partition, earliest, latest }) => {
        const at = start === "earliest" ? earliest : (times.get(topic)?.get(partition) ?? latest);
        return { topic, partition, offset: at };
      }),
  );
}

/** Topics that the same run made may take a moment to show. */
async function shownOffsets(
  kafka: KafkaPort,
  topics: readonly string[],
  { desired }: World,
  signal: AbortSignal,
  { doubt }: Pace,
): ReturnType<KafkaPort["offsets"]> {
  const since = performance.now();
  for (const nap of naps()) {
    const found = await kafka.offsets(topics);
    const missing = topics.filter((topic) => {
      const planned = desired.get(addressOf("topic", topic))?.spec.partitions;
      return (found.get(topic)?.length ?? 0) < (typeof planned === "number" ? planned : 1);
    });
    if (missing.length === 0) return found;
    if (signal.aborted || performance.now() - since > doubt) {
      const are = missing.length === 1 ? "is" : "are";
      throw new KpipeError(
        error("KP4091", `${missing.join(", ")} ${are} not there, so there is nothing to start from`),
      );
    }
    await nap(signal);
  }
  return new Map();
}

async function commit(kafka: KafkaPort, change: GroupChange, offsets: readonly TopicOffset[]): Promise<void> {
  if (offsets.length === 0) return;
  const name = nameOf(change.address);
  let failure: Diagnostic | undefined;
  try {
    failure = firstRefusal(await kafka.commit(name, offsets), change);
  } catch (cause) {
    failure = diagnosticOf(cause);
  }
  if (failure === undefined) return;
  // An answer may be lost after the broker did it.
  const now = (await kafka.committed([name])).get(name);
  const isDone = offsets.every((it) => now?.get(it.topic)?.get(it.partition) === it.offset);
  if (!isDone) throw new KpipeError(failure);
}

function firstRefusal(results: Results, change: GroupChange): Diagnostic | undefined {
  for (const result of results.values()) if (!result.ok) return refusal(change, result.error, "KP4092");
  return undefined;
}

async function remove(kafka: KafkaPort, change: GroupChange): Promise<string> {
  const name = nameOf(change.address);
  let failure: Diagnostic | undefined;
  try {
    const result = (await kafka.deleteGroups([name])).get(name);
    // 69, GROUP_ID_NOT_FOUND: it is gone, which is what was asked for.
    if (result?.ok !== true && !(result?.ok === false && result.error.code === 69))
      failure = result ? refusal(change, result.error, "KP4092") : unsaid();
  } catch (cause) {
    failure = diagnosticOf(cause);
  }
  if (failure && (await kafka.groups()).some(({ group }) => group === name)) throw new KpipeError(failure);
  // Configs outlive the group, and the next one of its name would have them.
  if (hasConfigs(change)) await configure(kafka, change);
  return "deleted";
}

function unsaid(): Diagnostic {
  return error("KP4001", "the broker's answer leaves it out");
}

function diagnosticOf(cause: unknown): Diagnostic {
  const [diagnostic] = cause instanceof KpipeError ? cause.diagnostics : [];
  if (diagnostic === undefined) throw cause;
  return diagnostic;
}
