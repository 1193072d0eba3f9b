import type { Deadline } from "./deadline.ts";
import { isUnauthorized } from "./error-codes.ts";
import { metadata, type TopicMetadata } from "./protocol/metadata.ts";
import { unreadable } from "./refused.ts";
import type { Session } from "./session.ts";

/** Those of the topics that exist; throws for those that the principal may not describe. */
export async function existingTopics(
  session: Session,
  topics: readonly string[],
  deadline: Deadline,
): Promise<readonly TopicMetadata[]> {
  // An empty list would ask for nothing, at the cost of a request.
  if (topics.length === 0) return [];
  const found = await session.persist(deadline, () => session.any(metadata, topics, deadline));
  const refused = found.topics.filter(({ code }) => isUnauthorized(code));
  if (refused.length > 0)
    throw unreadable(
      refused.map(({ name, code }) => ({ name, code, message: null })),
      (names) => `topic ${names}`,
      (listed) => `Describe on topic ${listed}`,
      session.facts.position,
    );
  return found.topics.filter(({ partitions }) => partitions.length > 0);
}
