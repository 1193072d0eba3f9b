import { KpipeError } from "../../../core/errors.ts";
import { backoff, type Deadline } from "./deadline.ts";
import { isUnauthorized } from "./error-codes.ts";
import { metadata, type TopicMetadata } from "./protocol/metadata.ts";
import type { Session } from "./session.ts";
import { KafkaTrouble } from "./trouble.ts";

/**
 * Waits until the broker that kpipe reads from shows the topics as `shown` wants them, or shows no more of them
 * for a whole step: a broker's metadata trails the controller by seconds under load, and by a minute when it has
 * to make the files of thousands of partitions. Returns what it last saw of each. The change was made already,
 * so a broker that can't be asked is no error.
 */
export async function untilShown(
  session: Session,
  topics: readonly string[],
  shown: (topic: TopicMetadata) => boolean,
): Promise<ReadonlyMap<string, TopicMetadata>> {
  const seen = new Map<string, TopicMetadata>();
  const look = async (names: readonly string[], deadline: Deadline) => {
    const { topics: found } = await session.persist(deadline, () => session.any(metadata, names, deadline));
    for (const topic of found) seen.set(topic.name, topic);
    // To principals that may not describe a topic it never shows.
    return found.filter((topic) => !shown(topic) && !isUnauthorized(topic.code)).map(({ name }) => name);
  };
  await until(session, topics, look);
  return seen;
}

/** Asks for what is left, with growing pauses, until nothing is left or for a whole step nothing has come. */
export async function until(
  session: Session,
  names: readonly string[],
  look: (left: readonly string[], deadline: Deadline) => Promise<readonly string[]>,
): Promise<void> {
  let deadline = session.deadline();
  let pause = backoff(deadline, session.signal);
  try {
    for (let left = names; left.length > 0; ) {
      const before = left.length;
      left = await look(left, deadline);
      if (left.length < before) {
        deadline = session.deadline();
        pause = backoff(deadline, session.signal);
      }
      if (left.length > 0 && !(await pause())) return;
    }
  } catch (error) {
    if (!(error instanceof KafkaTrouble || error instanceof KpipeError)) throw error;
  }
}
