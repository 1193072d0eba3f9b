import type { ConfigChange, ConfigEntry, ConfigOverrides, Results, WriteMode } from "../../kafka.ts";
import { chunked, mostDescribed } from "./chunks.ts";
import type { Deadline } from "./deadline.ts";
import { code } from "./error-codes.ts";
import { alterConfigs, type ConfigOwner, describeConfigs, describeOverrides } from "./protocol/configs.ts";
import { unreadable } from "./refused.ts";
import { sameValue } from "./same-value.ts";
import type { Session } from "./session.ts";
import { until } from "./visible.ts";
import { write } from "./write.ts";

/** What is set on topics or groups themselves. A topic that doesn't exist is left out. */
export async function overridesOf(
  session: Session,
  type: ConfigOwner,
  names: readonly string[],
): Promise<Map<string, ConfigOverrides>> {
  const overrides = new Map<string, ConfigOverrides>();
  // Two at a time: the broker works on one while kpipe decodes the other.
  const chunks = chunked(names, mostDescribed);
  for (let index = 0; index < chunks.length; index += 2) {
    const pair = chunks.slice(index, index + 2);
    const answers = await Promise.all(
      pair.map((chunk) => describe(session, type, chunk, session.deadline())),
    );
    for (const [name, configs] of answers.flat()) overrides.set(name, configs);
  }
  return overrides;
}

async function describe(
  session: Session,
  type: ConfigOwner,
  names: readonly string[],
  deadline: Deadline,
): Promise<(readonly [string, ConfigOverrides])[]> {
  const answers = await session.persist(deadline, () =>
    session.any(describeOverrides, { type, names }, deadline),
  );
  const refused = answers.filter((it) => it.code !== 0 && !isMissing(it.code));
  if (refused.length > 0)
    throw unreadable(
      `the configs of ${type}s`,
      refused,
      (listed) => `DescribeConfigs on ${type} ${listed}`,
      session.facts.position,
    );
  return answers.filter((it) => it.code === 0).map(({ name, configs }) => [name, configs] as const);
}

/** A name that no topic can have is that of no topic. */
function isMissing(answer: number): boolean {
  return answer === code.unknownTopic || answer === code.invalidTopic;
}

/** Every config of a topic; undefined if it doesn't exist. */
export async function configOf(session: Session, topic: string): Promise<readonly ConfigEntry[] | undefined> {
  const deadline = session.deadline();
  const answers = await session.persist(deadline, () =>
    session.any(describeConfigs, { type: "topic", names: [topic] }, deadline),
  );
  const refused = answers.filter((it) => it.code !== 0 && !isMissing(it.code));
  if (refused.length > 0)
    throw unreadable(
      "the configs of topics",
      refused,
      (listed) => `DescribeConfigs on topic ${listed}`,
      session.facts.position,
    );
  return answers.find((it) => it.code === 0)?.configs;
}

/** Sets and resets the named keys, and waits until a broker tells them so. */
export async function changeConfigs(
  session: Session,
  type: ConfigOwner,
  changes: readonly ConfigChange[],
  mode: WriteMode,
): Promise<Results> {
  const weight = ({ set, reset }: ConfigChange) => set.size + reset.length;
  const results = await write(session, {
    items: changes.filter((change) => weight(change) > 0),
    mode,
    name: ({ name }) => name,
    weight,
    send: (items, deadline) =>
      session.controller(alterConfigs, { type, items, validateOnly: mode === "validate" }, deadline),
    right: (name) => `AlterConfigs on ${type} ${name}`,
  });
  for (const change of changes) if (weight(change) === 0) results.set(change.name, { ok: true });
  if (mode === "execute") {
    const made = changes.filter(({ name }) => results.get(name)?.ok === true);
    await untilTold(session, type, made);
  }
  return results;
}

async function untilTold(
  session: Session,
  type: ConfigOwner,
  changes: readonly ConfigChange[],
): Promise<void> {
  const byName = new Map(changes.map((change) => [change.name, change]));
  await until(session, [...byName.keys()], async (left) => {
    const overrides = await overridesOf(session, type, left);
    return left.filter((name) => {
      const told = overrides.get(name);
      const change = byName.get(name);
      // A topic that is gone shows nothing any more.
      if (told === undefined || change === undefined) return false;
      return !(
        [...change.set].every(([key, value]) => sameValue(value, told.get(key))) &&
        change.reset.every((key) => !told.has(key))
      );
    });
  });
}
