import type { KafkaPort } from "../../clients/kafka.ts";

/** A group that reads a topic: it has members on it, or has committed offsets of it. */
export interface Reader {
  readonly group: string;
  /** Whether it has members now. */
  readonly active: boolean;
}

/** Who reads each of the topics, by name of the group. */
export async function readersOf(
  kafka: KafkaPort,
  topics: readonly string[],
): Promise<ReadonlyMap<string, readonly Reader[]>> {
  const names = (await kafka.groups()).map(({ group }) => group).toSorted();
  if (names.length === 0) return new Map();
  const [committed, described] = await Promise.all([kafka.committed(names), kafka.describeGroups(names)]);
  return new Map(
    topics.map((topic) => {
      const readers = names.flatMap((group) => {
        const members = described.get(group)?.members ?? [];
        const commits = (committed.get(group)?.get(topic)?.size ?? 0) > 0;
        const reads = commits || members.some((it) => it.topics.includes(topic));
        return reads ? [{ group, active: members.length > 0 }] : [];
      });
      return [topic, readers];
    }),
  );
}
