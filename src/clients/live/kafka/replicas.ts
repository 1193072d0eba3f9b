import type { Reassignment, Results } from "../../kafka.ts";
import { backoff } from "./deadline.ts";
import { passes } from "./error-codes.ts";
import { everyBroker } from "./every-broker.ts";
import { existingTopics } from "./existing.ts";
import { describeLogDirs } from "./protocol/log-dirs.ts";
import { alterReassignments, listReassignments } from "./protocol/reassignments.ts";
import type { NamedAnswer } from "./protocol/request.ts";
import { unreadable } from "./refused.ts";
import { serverTime } from "./server-time.ts";
import type { Session } from "./session.ts";
import { write } from "./write.ts";

/** Starts moving partitions; a result per `topic-partition`. */
export async function reassign(session: Session, moves: readonly Reassignment[]): Promise<Results> {
  const nameOf = ({ topic, partition }: { topic: string; partition: number }) => `${topic}-${partition}`;
  const { results } = await write(session, {
    items: moves,
    mode: "execute",
    name: nameOf,
    weight: () => 1,
    send: async (items, deadline): Promise<readonly NamedAnswer[]> => {
      const timeoutMs = serverTime(deadline);
      const answer = await session.controller(alterReassignments, { items, timeoutMs }, deadline);
      if (answer.code !== 0)
        return items.map((item) => ({ name: nameOf(item), code: answer.code, message: answer.message }));
      return answer.partitions.map(({ code, message, ...at }) => ({ name: nameOf(at), code, message }));
    },
    right: () => "Alter on the cluster",
  });
  return results;
}

/** The partitions of the topics that are being moved now. */
export async function reassigning(
  session: Session,
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const deadline = session.deadline();
  const pause = backoff(deadline, session.signal);
  for (;;) {
    const answer = await session.persist(deadline, () =>
      session.controller(listReassignments, { timeoutMs: serverTime(deadline) }, deadline),
    );
    if (answer.code === 0) {
      const asked = new Set(topics);
      return new Map([...answer.topics].filter(([topic]) => asked.has(topic)));
    }
    if (!passes(answer.code) || !(await pause())) {
      const refused = { name: "the cluster", code: answer.code, message: answer.message };
      throw unreadable(
        [refused],
        () => "what is being moved",
        () => "Describe on the cluster",
        session.facts.position,
      );
    }
    await session.persist(deadline, () => session.refresh(deadline));
  }
}

/** Bytes on disk per topic and partition: those of the largest replica on the brokers that are up. */
export async function sizesOf(
  session: Session,
  topics: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const deadline = session.deadline();
  const existing = await existingTopics(session, topics, deadline);
  const sizes = new Map(existing.map(({ name }) => [name, new Map<number, number>()]));
  const answers = await everyBroker(session, deadline, async ({ id }) => {
    const held = existing.flatMap(({ name, partitions }) => {
      const here = partitions.filter(({ replicas }) => replicas.includes(id));
      return here.length === 0 ? [] : [[name, here.map(({ partition }) => partition)] as const];
    });
    if (held.length === 0) return [];
    const { code, logs } = await session.broker(id)(describeLogDirs, held, deadline);
    if (code === 0) return logs;
    const refused = { name: `broker ${id}`, code, message: null };
    throw unreadable(
      [refused],
      (names) => `the sizes on ${names}`,
      () => "Describe on the cluster",
      session.facts.position,
    );
  });
  for (const { topic, partition, bytes } of answers.flat()) {
    const largest = sizes.get(topic);
    largest?.set(partition, Math.max(bytes, largest.get(partition) ?? 0));
  }
  return sizes;
}
