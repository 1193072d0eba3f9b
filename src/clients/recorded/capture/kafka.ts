import { addressOf } from "../../../core/model.ts";
import type { GroupDescription, GroupListing, KafkaPort, TopicDescription } from "../../kafka.ts";
import { groupConfigKeys, topicConfigKeys, topicConfigKeysBefore4 } from "../../kafka-config-keys.ts";
import type { ConfigKey } from "../document.ts";
import { inCheckOrder, usualTopicKeys } from "../kafka/config-keys.ts";
import { collisionKey } from "../kafka/topic-names.ts";
import type { ConfigKeys, GroupState, KafkaState, PartitionState, TopicState } from "../state.ts";
import type { CaptureScope } from "./scope.ts";

type Within = (name: string) => boolean;

/**
 * Kafka as far as it is within the scope or touches it: topics that something recorded reads or writes
 * (`touched`) or whose names collide with those within, and groups that read a topic within.
 */
export async function captureKafka(
  kafka: KafkaPort,
  scope: CaptureScope,
  touched: ReadonlySet<string>,
): Promise<KafkaState> {
  const topicWithin: Within = (name) => scope.within(addressOf("topic", name));
  const { clusterId, brokers } = await kafka.cluster();
  const described = await kafka.topics();
  const groups = await captureGroups(kafka, (name) => scope.within(addressOf("group", name)), topicWithin);

  const readByGroups = [...groups.values()].flatMap(topicsOf);
  const wanted = new Set([...touched, ...readByGroups]);
  const topics = described.filter(
    ({ name }) => wanted.has(name) || topicWithin(name) || collides(name, topicWithin),
  );
  const names = [...groups.keys()];
  const configs = await kafka.groupOverrides(names);
  const creation = await kafka.topicCreation();
  return {
    clusterId,
    brokers,
    topics: await captureTopics(kafka, topics, scope.times),
    groups,
    topicConfigKeys: await captureKeys(kafka, described),
    groupConfigKeys: configs && new Map(Object.entries(groupConfigKeys)),
    groupConfigs: new Map(
      [...(configs ?? [])].filter(([, config]) => config.size > 0).map(([name, it]) => [name, new Map(it)]),
    ),
    createsTopics: creation.automatic,
    defaultPartitions: creation.partitions,
    defaultReplicationFactor: creation.replicationFactor,
  };
}

/** `a_b` beside the claimed `a.b`: brokers take only one of them. */
function collides(name: string, within: Within): boolean {
  const key = collisionKey(name);
  return within(key) || within(name.replaceAll("_", "."));
}

async function captureTopics(
  kafka: KafkaPort,
  described: readonly TopicDescription[],
  times: readonly number[],
): Promise<Map<string, TopicState>> {
  const names = described.map(({ name }) => name);
  const overrides = await kafka.topicOverrides(names);
  const offsets = await kafka.offsets(names);
  const sizes = await kafka.sizes(names);
  const points: (readonly [number, Awaited<ReturnType<KafkaPort["offsetsAt"]>>])[] = [];
  for (const ms of times.toSorted((one, other) => one - other))
    points.push([ms, await kafka.offsetsAt(names, ms)]);

  const partitionsOf = ({ name, partitions }: TopicDescription): PartitionState[] =>
    partitions.map(({ partition, leader, replicas, inSync }) => {
      const held = offsets.get(name)?.find((it) => it.partition === partition);
      const { earliest = 0n, latest = 0n } = held ?? {};
      return {
        replicas,
        leader,
        inSync,
        earliest,
        latest,
        bytes: sizes.get(name)?.get(partition) ?? 0,
        times:
          latest === earliest
            ? []
            : points.map(([ms, at]) => [ms, at.get(name)?.get(partition) ?? latest] as const),
      };
    });
  return new Map(
    described.flatMap((topic) => {
      const config = overrides.get(topic.name);
      if (!config) return [];
      const { name, internal } = topic;
      return [[name, { internal, partitions: partitionsOf(topic), config: new Map(config) }] as const];
    }),
  );
}

async function captureGroups(
  kafka: KafkaPort,
  groupWithin: Within,
  topicWithin: Within,
): Promise<Map<string, GroupState>> {
  const listings = await kafka.groups();
  const names = listings.map(({ group }) => group);
  const described = await kafka.describeGroups(names);
  const committed = await kafka.committed(names);
  return new Map(
    listings.flatMap((listing) => {
      const group = groupOf(listing, described.get(listing.group), committed.get(listing.group));
      const whole = groupWithin(listing.group);
      if (!whole && !topicsOf(group).some(topicWithin)) return [];
      return [[listing.group, whole ? group : restricted(group, topicWithin)] as const];
    }),
  );
}

function groupOf(
  { protocol, state }: GroupListing,
  description: GroupDescription | undefined,
  committed: ReadonlyMap<string, ReadonlyMap<number, bigint>> = new Map(),
): GroupState {
  return {
    protocol,
    state,
    members: description?.members ?? [],
    committed: new Map([...committed].map(([topic, offsets]) => [topic, new Map(offsets)])),
  };
}

function topicsOf({ members, committed }: GroupState): readonly string[] {
  return [...committed.keys(), ...members.flatMap(({ topics }) => topics)];
}

/** A group outside the scope: only what it does with topics within. */
function restricted({ protocol, state, members, committed }: GroupState, within: Within): GroupState {
  return {
    protocol,
    state,
    members: members.map((member) => ({ ...member, topics: member.topics.filter(within) })),
    committed: new Map([...committed].filter(([topic]) => within(topic))),
  };
}

/** What the brokers know of topic configs; what values they take only Kafka's documentation tells. */
async function captureKeys(kafka: KafkaPort, described: readonly TopicDescription[]): Promise<ConfigKeys> {
  const [first] = described;
  const entries = first && (await kafka.topicConfig(first.name));
  if (!entries) return usualTopicKeys;
  const old = entries.some(({ key }) => key === "message.format.version");
  const known = old ? topicConfigKeysBefore4 : topicConfigKeys;
  const keys = new Map(
    entries.map(({ key, type, value, source, sensitive, readOnly }) => {
      const usual = known[key];
      const overridden = source === "topic" || source === "unknown";
      const valid = usual?.type === type ? usual.valid : undefined;
      const captured: ConfigKey = {
        type,
        default: overridden ? (usual?.default ?? null) : value,
        ...(source === "broker" && { source }),
        ...(valid !== undefined && { valid }),
        ...(sensitive && { sensitive }),
        ...(readOnly && { readOnly }),
      };
      return [key, captured];
    }),
  );
  return inCheckOrder(keys);
}
