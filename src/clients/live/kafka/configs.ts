import type { ConfigChange, ConfigEntry, ConfigOverrides, Results, WriteMode } from "../../kafka.ts";
import { chunked, mostDescribed } from "./chunks.ts";
import { code } from "./error-codes.ts";
import {
  alterConfigs,
  type ConfigOwner,
  type Described,
  describeConfigs,
  describeOverrides,
  type Owners,
} from "./protocol/configs.ts";
import type { Request } from "./protocol/request.ts";
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
  return told(await describe(session, describeOverrides, type, names), type, session);
}

/** As `overridesOf`; undefined where the brokers know no configs of groups, which came with Kafka 4.0. */
export async function groupOverridesOf(
  session: Session,
  groups: readonly string[],
): Promise<Map<string, ConfigOverrides> | undefined> {
  const answers = await describe(session, describeOverrides, "group", groups);
  if (answers.length > 0 && answers.every((it) => it.code === code.invalidRequest)) return undefined;
  return told(answers, "group", session);
}

/** Every config of a topic; undefined if it doesn't exist. */
export async function configOf(session: Session, topic: string): Promise<readonly ConfigEntry[] | undefined> {
  const answers = await describe(session, describeConfigs, "topic", [topic]);
  return told(answers, "topic", session).get(topic);
}

async function describe<Configs>(
  session: Session,
  request: Request<Owners, readonly Described<Configs>[]>,
  type: ConfigOwner,
  names: readonly string[],
): Promise<readonly Described<Configs>[]> {
  const ask = (chunk: readonly string[]) => {
    const deadline = session.deadline();
    return session.persist(deadline, () => session.any(request, { type, names: chunk }, deadline));
  };
  const answers: (readonly Described<Configs>[])[] = [];
  // Two at a time: the broker works on one while kpipe decodes the other.
  for (const pair of chunked(chunked(names, mostDescribed), 2))
    answers.push(...(await Promise.all(pair.map(ask))));
  return answers.flat();
}

function told<Configs>(
  answers: readonly Described<Configs>[],
  type: ConfigOwner,
  session: Session,
): Map<string, Configs> {
  // A name that no topic can have is that of no topic.
  const absent: readonly number[] = [code.unknownTopic, code.invalidTopic];
  const refused = answers.filter((it) => it.code !== 0 && !absent.includes(it.code));
  if (refused.length > 0)
    throw unreadable(
      refused,
      (names) => `the configs of ${type} ${names}`,
      (names) => `DescribeConfigs on ${type} ${names}`,
      session.facts.position,
    );
  return new Map(answers.filter((it) => it.code === 0).map(({ name, configs }) => [name, configs]));
}

/** Sets and resets the named keys, and waits until a broker tells them so. */
export async function changeConfigs(
  session: Session,
  type: ConfigOwner,
  changes: readonly ConfigChange[],
  mode: WriteMode,
): Promise<Results> {
  const weight = ({ set, reset }: ConfigChange) => set.size + reset.length;
  const { results, done, cut } = await write(session, {
    items: changes.filter((change) => weight(change) > 0),
    mode,
    name: ({ name }) => name,
    weight,
    send: (items, deadline) =>
      session.controller(alterConfigs, { type, items, validateOnly: mode === "validate" }, deadline),
    right: (name) => `AlterConfigs on ${type} ${name}`,
  });
  for (const change of changes) if (weight(change) === 0) results.set(change.name, { ok: true });
  if (mode === "execute" && !cut)
    await untilTold(
      session,
      type,
      changes.filter(({ name }) => done.has(name)),
    );
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
