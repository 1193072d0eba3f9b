import type { PartitionOffsets } from "../../kafka.ts";
import { backoff, type Deadline, deadlineIn } from "./deadline.ts";
import { code as missing, passes } from "./error-codes.ts";
import { existingTopics } from "./existing.ts";
import { grouped } from "./grouped.ts";
import { listOffsets, place } from "./protocol/offsets.ts";
import { unreadable } from "./refused.ts";
import type { Session } from "./session.ts";

/** How long to wait for a partition's leader before the partition is left out: an election takes less. */
const electionMs = 3_000;

/** By topic and partition. */
type Found = ReadonlyMap<string, ReadonlyMap<number, bigint>>;

/** First and next offset of each partition; without those that have no leader. */
export async function offsetsOf(
  session: Session,
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly PartitionOffsets[]>> {
  const [earliest, latest] = await lookUp(session, topics, [place.earliest, place.latest]);
  const offsets = [...(earliest ?? [])].map(([topic, partitions]) => {
    const ends = latest?.get(topic);
    const both = [...partitions].flatMap(([partition, from]) => {
      const to = ends?.get(partition);
      return to === undefined ? [] : [{ partition, earliest: from, latest: to }];
    });
    return [topic, both.sort((a, b) => a.partition - b.partition)] as const;
  });
  return new Map(offsets);
}

/** The first offset at or after a time, per partition; undefined: none so late. */
export async function offsetsAt(
  session: Session,
  topics: readonly string[],
  timestamp: number,
): Promise<ReadonlyMap<string, ReadonlyMap<number, bigint | undefined>>> {
  const [found] = await lookUp(session, topics, [BigInt(timestamp)]);
  return new Map(
    [...(found ?? [])].map(([topic, partitions]) => [
      topic,
      new Map([...partitions].map(([partition, offset]) => [partition, offset < 0n ? undefined : offset])),
    ]),
  );
}

/** One answer per timestamp, each with every topic that exists. */
async function lookUp(
  session: Session,
  topics: readonly string[],
  timestamps: readonly bigint[],
): Promise<readonly Found[]> {
  const deadline = session.deadline();
  const patience = deadlineIn(Math.min(electionMs, deadline.left() / 2));
  const pause = backoff(patience, session.signal);
  const found = timestamps.map(() => new Map<string, Map<number, bigint>>());
  let open = topics;
  do {
    const left = await lookUpOnce(session, open, timestamps, found, deadline);
    open = [...left];
  } while (open.length > 0 && (await pause()));
  return found;
}

/** Fills `found` and returns the topics of which something is missing. */
async function lookUpOnce(
  session: Session,
  topics: readonly string[],
  timestamps: readonly bigint[],
  found: readonly Map<string, Map<number, bigint>>[],
  deadline: Deadline,
): Promise<ReadonlySet<string>> {
  const left = new Set<string>();
  const existing = await existingTopics(session, topics, deadline);
  const partitions = existing.flatMap(({ name, partitions }) => {
    for (const offsets of found) if (!offsets.has(name)) offsets.set(name, new Map());
    return partitions.map(({ partition, leader }) => ({ topic: name, partition, leader }));
  });
  const { brokers } = await session.persist(deadline, () => session.cluster(deadline));
  const present = new Set(brokers.map(({ id }) => id));
  for (const { topic, leader } of partitions) if (!present.has(leader)) left.add(topic);
  const leaders = grouped(
    partitions.filter(({ leader }) => present.has(leader)),
    ({ leader }) => leader,
  );
  await Promise.all(
    leaders.flatMap(([leader, led]) =>
      timestamps.map(async (timestamp, index) => {
        const answers = await session.persist(deadline, () =>
          session.broker(leader)(listOffsets, { timestamp, partitions: led }, deadline),
        );
        for (const { topic, partition, code, offset } of answers) {
          if (code === 0) found[index]?.get(topic)?.set(partition, offset);
          // A topic that was just deleted is looked for again, and isn't there.
          else if (passes(code) || code === missing.unknownTopic) left.add(topic);
          else
            throw unreadable(
              [{ name: topic, code, message: null }],
              (names) => `the offsets of topic ${names}`,
              (listed) => `Describe on topic ${listed}`,
              session.facts.position,
            );
        }
      }),
    ),
  );
  return left;
}
