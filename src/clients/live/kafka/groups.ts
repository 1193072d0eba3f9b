import type { GroupDescription, GroupListing, Result, Results, TopicOffset } from "../../kafka.ts";
import { askCoordinators } from "./coordinators.ts";
import { backoff } from "./deadline.ts";
import { code, failureOf, passes } from "./error-codes.ts";
import { everyBroker } from "./every-broker.ts";
import {
  deleteGroups,
  describeClassicGroups,
  describeConsumerGroups,
  listGroups,
} from "./protocol/groups.ts";
import { commitOffsets, fetchOffsets } from "./protocol/offsets.ts";
import type { NamedAnswer } from "./protocol/request.ts";
import { unreadable } from "./refused.ts";
import type { Session } from "./session.ts";

/** Every group of the cluster that the principal may describe: one request a broker. */
export async function allGroups(session: Session): Promise<readonly GroupListing[]> {
  const deadline = session.deadline();
  const held = await everyBroker(session, deadline, async ({ id }) => {
    const pause = backoff(deadline, session.signal);
    for (;;) {
      const answer = await session.broker(id)(listGroups, null, deadline);
      if (answer.code === 0) return answer.groups;
      if (passes(answer.code) && (await pause())) continue;
      const refused = { name: `broker ${id}`, code: answer.code, message: null };
      throw unreadable(
        [refused],
        (names) => `the groups of ${names}`,
        () => "Describe on the cluster",
        session.facts.position,
      );
    }
  });
  return held.flat();
}

/** Groups of the classic and the consumer protocol with their members; any other is left out. */
export async function describeGroups(
  session: Session,
  groups: readonly string[],
): Promise<ReadonlyMap<string, GroupDescription>> {
  const deadline = session.deadline();
  const classic = await askCoordinators(session, groups, deadline, (coordinator, names) =>
    coordinator(describeClassicGroups, names, deadline),
  );
  readable(classic.refused, (names) => `group ${names}`, [code.groupNotFound], session);
  const found = new Map([...classic.answered].filter(([, { state }]) => state !== "Dead"));
  const others = groups.filter((group) => !found.has(group));
  if (others.length > 0 && (await session.offers(describeConsumerGroups, deadline))) {
    const consumer = await askCoordinators(session, others, deadline, (coordinator, names) =>
      coordinator(describeConsumerGroups, names, deadline),
    );
    // 35: the broker knows the request, and its new protocol is switched off.
    readable(
      consumer.refused,
      (names) => `group ${names}`,
      [code.groupNotFound, code.unsupportedVersion],
      session,
    );
    for (const [name, answer] of consumer.answered) found.set(name, answer);
  }
  return new Map([...found].map(([group, { state, members }]) => [group, { group, state, members }]));
}

/** Throws for refusals other than the ones that say that the group isn't there. */
function readable(
  refused: readonly NamedAnswer[],
  what: (names: string) => string,
  absent: readonly number[],
  session: Session,
): void {
  const bad = refused.filter((it) => !absent.includes(it.code));
  if (bad.length > 0)
    throw unreadable(bad, what, (listed) => `Describe on group ${listed}`, session.facts.position);
}

/** Committed offsets per group and topic; a group without any has none. */
export async function committedOffsets(
  session: Session,
  groups: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, bigint>>>> {
  const deadline = session.deadline();
  const { answered, refused } = await askCoordinators(session, groups, deadline, (coordinator, names) =>
    coordinator(fetchOffsets, names, deadline),
  );
  readable(refused, (names) => `the offsets of group ${names}`, [code.groupNotFound], session);
  return new Map([...answered].map(([group, { topics }]) => [group, topics]));
}

/** Commits as nobody of the group, which works while it has no members. */
export async function commit(
  session: Session,
  group: string,
  offsets: readonly TopicOffset[],
): Promise<Results> {
  const deadline = session.deadline();
  const nameOf = ({ topic, partition }: Omit<TopicOffset, "offset">) => `${topic}-${partition}`;
  const results = new Map<string, Result>();
  // Committing the same again does no harm: whatever passes by itself is sent again, all of it.
  const { answered, refused } = await askCoordinators(session, [group], deadline, async (coordinator) => {
    const partitions = await coordinator(commitOffsets, { group, offsets }, deadline);
    const passing = partitions.find((it) => passes(it.code));
    return [{ name: group, code: passing?.code ?? 0, message: null, partitions }];
  });
  for (const answer of answered.get(group)?.partitions ?? []) {
    const right =
      answer.code === code.topicUnauthorized ? `Read on topic ${answer.topic}` : `Read on group ${group}`;
    results.set(
      nameOf(answer),
      answer.code === 0 ? { ok: true } : { ok: false, error: failureOf(answer, right) },
    );
  }
  const failure = refused[0] ?? { code: -1, message: null };
  for (const offset of offsets)
    if (!results.has(nameOf(offset)))
      results.set(nameOf(offset), { ok: false, error: failureOf(failure, `Read on group ${group}`) });
  return results;
}

export async function removeGroups(session: Session, groups: readonly string[]): Promise<Results> {
  const deadline = session.deadline();
  let uncertain = false;
  const { answered, refused } = await askCoordinators(
    session,
    groups,
    deadline,
    (coordinator, names) => coordinator(deleteGroups, names, deadline),
    () => {
      uncertain = true;
    },
  );
  const results = new Map<string, Result>();
  for (const name of answered.keys()) results.set(name, { ok: true });
  for (const answer of refused) {
    // What an answer that got lost deleted isn't there any more.
    const done = uncertain && answer.code === code.groupNotFound;
    const right = `Delete on group ${answer.name}`;
    results.set(answer.name, done ? { ok: true } : { ok: false, error: failureOf(answer, right) });
  }
  return results;
}
