import type {
  ConfigEntry,
  ConfigOverrides,
  GroupDescription,
  GroupListing,
  PartitionOffsets,
  TopicDescription,
} from "../../kafka.ts";
import type { KafkaState, TopicState } from "../state.ts";

export function topicDescriptions(state: KafkaState): readonly TopicDescription[] {
  return [...state.topics].map(([name, { internal, partitions }]) => ({
    name,
    internal,
    partitions: partitions.map(({ leader, replicas, inSync }, partition) => ({
      partition,
      leader,
      replicas,
      inSync,
    })),
  }));
}

/** Every config of a topic with its source; undefined for an unknown topic. */
export function configEntries(state: KafkaState, name: string): readonly ConfigEntry[] | undefined {
  const topic = state.topics.get(name);
  return (
    topic &&
    [...state.topicConfigKeys].map(([key, { type, default: value, source, sensitive, readOnly }]) => ({
      key,
      type,
      ...(topic.config.has(key)
        ? { value: topic.config.get(key) ?? null, source: "topic" as const }
        : { value, source: source ?? ("default" as const) }),
      sensitive: sensitive ?? false,
      readOnly: readOnly ?? false,
    }))
  );
}

/** What `look` makes of each known topic; unknown ones are left out. */
export function ofTopics<T>(
  state: KafkaState,
  names: readonly string[],
  look: (topic: TopicState) => T,
): ReadonlyMap<string, T> {
  return ofKnown(state.topics, names, look);
}

export function topicOverrides({ config }: TopicState): ConfigOverrides {
  return new Map(config);
}

export function sizes({ partitions }: TopicState): ReadonlyMap<number, number> {
  return new Map(partitions.map(({ bytes }, partition) => [partition, bytes]));
}

export function offsets({ partitions }: TopicState): readonly PartitionOffsets[] {
  return partitions.map(({ earliest, latest }, partition) => ({ partition, earliest, latest }));
}

/**
 * The first offset at or after a time. Between two recorded points the earlier one answers, so that no
 * record is taken for older than it is known to be.
 */
export function offsetsAt({ partitions }: TopicState, ms: number): ReadonlyMap<number, bigint | undefined> {
  return new Map(
    partitions.map(({ earliest, latest, times }, partition) => {
      const offset = times.findLast(([at]) => at <= ms)?.[1] ?? earliest;
      return [partition, offset < latest ? offset : undefined];
    }),
  );
}

export function groupListings(state: KafkaState): readonly GroupListing[] {
  return [...state.groups].map(([group, { protocol, state }]) => ({ group, protocol, state }));
}

export function groupDescriptions(
  state: KafkaState,
  names: readonly string[],
): ReadonlyMap<string, GroupDescription> {
  return new Map(
    [...ofKnown(state.groups, names, (group) => group)].map(([group, { state, members }]) => [
      group,
      { group, state, members },
    ]),
  );
}

export function committedOffsets(
  state: KafkaState,
  names: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, bigint>>> {
  return ofKnown(
    state.groups,
    names,
    ({ committed }) => new Map([...committed].map(([topic, partitions]) => [topic, new Map(partitions)])),
  );
}

function ofKnown<T, U>(
  known: ReadonlyMap<string, T>,
  names: readonly string[],
  look: (value: T) => U,
): ReadonlyMap<string, U> {
  return new Map(
    names.flatMap((name) => {
      const value = known.get(name);
      return value === undefined ? [] : [[name, look(value)] as const];
    }),
  );
}
