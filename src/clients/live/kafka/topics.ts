import type { NewPartitions, NewTopic, Results, TopicDescription, WriteMode } from "../../kafka.ts";
import { overridesOf } from "./configs.ts";
import { code } from "./error-codes.ts";
import { metadata, type TopicMetadata } from "./protocol/metadata.ts";
import { createPartitions, createTopics, deleteTopics } from "./protocol/topics.ts";
import { sameValue } from "./same-value.ts";
import { serverTime } from "./server-time.ts";
import type { Session } from "./session.ts";
import { untilShown } from "./visible.ts";
import { write } from "./write.ts";

/** Every topic that the principal may describe, in one request. */
export async function allTopics(session: Session): Promise<readonly TopicDescription[]> {
  const deadline = session.deadline();
  const { topics } = await session.persist(deadline, () => session.any(metadata, null, deadline));
  return topics
    .filter((topic) => topic.code !== code.unknownTopic)
    .map(({ name, internal, partitions }) => ({ name, internal, partitions }));
}

export async function newTopics(
  session: Session,
  topics: readonly NewTopic[],
  mode: WriteMode,
): Promise<Results> {
  const { results, done, cut } = await write(session, {
    items: topics,
    mode,
    name: ({ name }) => name,
    weight: ({ partitions, config }) => 1 + (partitions ?? 1) + config.size,
    send: (items, deadline) =>
      session.controller(
        createTopics,
        { items, validateOnly: mode === "validate", timeoutMs: serverTime(deadline) },
        deadline,
      ),
    right: (name) => `Create on topic ${name} or on the cluster`,
    settled: (refused) =>
      alike(
        session,
        refused.filter((it) => it.code === code.topicExists).map(({ item }) => item),
      ),
  });
  if (mode === "execute" && !cut) await untilShown(session, [...done], ({ code }) => code === 0);
  return results;
}

/** Those that exist just as they were to be created: an answer got lost, or the metadata came late. */
async function alike(session: Session, topics: readonly NewTopic[]): Promise<ReadonlySet<string>> {
  const names = topics.map(({ name }) => name);
  const seen = await untilShown(session, names, (topic) => topic.code === 0);
  const overrides = await overridesOf(session, "topic", names);
  const same = topics.filter(({ name, partitions, replicationFactor, config }) => {
    const topic = seen.get(name);
    const set = overrides.get(name);
    if (topic === undefined || topic.code !== 0 || set === undefined) return false;
    return (
      topic.partitions.length === (partitions ?? topic.partitions.length) &&
      topic.partitions.every((it) => it.replicas.length === (replicationFactor ?? it.replicas.length)) &&
      set.size === config.size &&
      [...config].every(([key, value]) => sameValue(value, set.get(key)))
    );
  });
  return new Set(same.map(({ name }) => name));
}

export async function morePartitions(
  session: Session,
  topics: readonly NewPartitions[],
  mode: WriteMode,
): Promise<Results> {
  const wanted = new Map(topics.map(({ topic, partitions }) => [topic, partitions]));
  const grown = (topic: TopicMetadata) =>
    topic.code === 0 && topic.partitions.length >= (wanted.get(topic.name) ?? 0);
  const { results, done, cut } = await write(session, {
    items: topics,
    mode,
    name: ({ topic }) => topic,
    // The controller counts the new ones; how many those are would take a request to learn.
    weight: ({ partitions }) => partitions,
    send: (items, deadline) =>
      session.controller(
        createPartitions,
        { items, validateOnly: mode === "validate", timeoutMs: serverTime(deadline) },
        deadline,
      ),
    right: (name) => `Alter on topic ${name}`,
    settled: async (refused, uncertain) => {
      const asked = refused
        .filter((it) => it.code === code.invalidPartitions && uncertain.has(it.name))
        .map(({ name }) => name);
      const seen = await untilShown(session, asked, grown);
      return new Set(asked.filter((name) => seen.get(name)?.partitions.length === wanted.get(name)));
    },
  });
  if (mode === "execute" && !cut) await untilShown(session, [...done], grown);
  return results;
}

export async function removeTopics(session: Session, topics: readonly string[]): Promise<Results> {
  const { results, done, cut } = await write(session, {
    items: topics,
    mode: "execute",
    name: (name) => name,
    weight: () => 1,
    send: (items, deadline) =>
      session.controller(deleteTopics, { items, timeoutMs: serverTime(deadline) }, deadline),
    right: (name) => `Delete on topic ${name}`,
    settled: async (refused, uncertain) =>
      new Set(
        refused
          .filter((it) => it.code === code.unknownTopic && uncertain.has(it.name))
          .map(({ name }) => name),
      ),
  });
  if (!cut) await untilShown(session, [...done], (topic) => topic.code === code.unknownTopic);
  return results;
}
