import type { PartitionOffsets } from "../../kafka.ts";
import { backoff, type Deadline, deadlineIn } from "./deadline.ts";
import { code as missing, passes } from "./error-codes.ts";
import { existingTopics } from "./existing.ts";
import { grouped } from "./grouped.ts";
import { listOffsets, place } from "./protocol/offsets.ts";
import { unreadable } from "./refused.ts";
import type { Session } from "./session.ts";
import { KafkaTrouble, mayPass } from "./trouble.ts";

/** How long to wait for a partition's leader before the partition is left out: an election takes less. */
const electionMs = 3_000;

interface At {
  readonly topic: string;
  readonly partition: number;
}

interface Answer extends At {
  readonly code: number;
  readonly offset: bigint;
}

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
  for (let open = topics; open.length > 0; ) {
    const { left, trouble } = await lookUpOnce(session, open, timestamps, found, deadline);
    open = [...left];
    if (open.length > 0 && !(await pause())) {
      if (trouble !== undefined) throw trouble;
      break;
    }
  }
  return found;
}

interface Round {
  /** Topics of which something is missing: a partition has no leader, or another one by now. */
  readonly left: ReadonlySet<string>;
  /** Why a leader could not be asked. */
  readonly trouble: KafkaTrouble | undefined;
}

/** Asks the leaders of all partitions, and fills `found`. */
async function lookUpOnce(
  session: Session,
  topics: readonly string[],
  timestamps: readonly bigint[],
  found: readonly Map<string, Map<number, bigint>>[],
  deadline: Deadline,
): Promise<Round> {
  const left = new Set<string>();
  let trouble: KafkaTrouble | undefined;
  const existing = await existingTopics(session, topics, deadline);
  const partitions = existing.flatMap(({ name, partitions }) => {
    for (const offsets of found) if (!offsets.has(name)) offsets.set(name, new Map());
    return partitions.map(({ partition, leader }) => ({ topic: name, partition, leader }));
  });

  async function ask(leader: number, led: readonly At[], timestamp: bigint): Promise<readonly Answer[]> {
    try {
      return await session.broker(leader)(listOffsets, { timestamp, partitions: led }, deadline);
    } catch (error) {
      if (!(error instanceof KafkaTrouble && mayPass(error.trouble))) throw error;
      trouble = error;
      for (const { topic } of led) left.add(topic);
      return [];
    }
  }

  await Promise.all(
    grouped(partitions, ({ leader }) => leader).flatMap(([leader, led]) => {
      if (leader >= 0)
        return timestamps.map(async (timestamp, index) => take(await ask(leader, led, timestamp), index));
      for (const { topic } of led) left.add(topic);
      return [];
    }),
  );
  return { left, trouble };

  function take(answers: readonly Answer[], index: number): void {
    for (const { topic, partition, code, offset } of answers) {
      if (code === 0) found[index]?.get(topic)?.set(partition, offset);
      // A topic that was just deleted is looked for again, and isn't there.
      else if (passes(code) || code === missing.unknownTopic) left.add(topic);
      else
        throw unreadable(
          [{ name: topic, code, message: null }],
          (names) => `the offsets of topic ${names}`,
          (names) => `Describe on topic ${names}`,
          session.facts.position,
        );
    }
  }
}
