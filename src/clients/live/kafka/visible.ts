import { backoff } from "./deadline.ts";
import { metadata, type TopicMetadata } from "./protocol/metadata.ts";
import type { Session } from "./session.ts";
import { KafkaTrouble } from "./trouble.ts";

/**
 * Waits until the broker that kpipe reads from shows the topics as `shown` wants them, or the time is up: a
 * broker's metadata trails the controller by seconds under load. Returns what it last saw of each. The change was
 * made already, so a broker that can't be asked is no error.
 */
export async function untilShown(
  session: Session,
  topics: readonly string[],
  shown: (topic: TopicMetadata) => boolean,
): Promise<ReadonlyMap<string, TopicMetadata>> {
  const seen = new Map<string, TopicMetadata>();
  const look = async (names: readonly string[], deadline: ReturnType<Session["deadline"]>) => {
    const { topics: found } = await session.persist(deadline, () => session.any(metadata, names, deadline));
    for (const topic of found) seen.set(topic.name, topic);
    return found.filter((topic) => !shown(topic)).map(({ name }) => name);
  };
  await until(session, topics, look);
  return seen;
}

/** Asks for what is left, with growing pauses, until nothing is left or the time is up. */
export async function until(
  session: Session,
  names: readonly string[],
  look: (left: readonly string[], deadline: ReturnType<Session["deadline"]>) => Promise<readonly string[]>,
): Promise<void> {
  const deadline = session.deadline();
  const pause = backoff(deadline, session.signal);
  try {
    for (let left = names; left.length > 0; ) {
      left = await look(left, deadline);
      if (left.length > 0 && !(await pause())) return;
    }
  } catch (error) {
    if (!(error instanceof KafkaTrouble)) throw error;
  }
}
