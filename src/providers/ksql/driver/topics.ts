import type { KafkaPort } from "../../../clients/kafka.ts";
import { addressOf, type World } from "../../../core/model.ts";

/** What ksqlDB compares of a topic before it puts a stream or table over it. */
export interface TopicSettings {
  readonly partitions: number;
  readonly replicas: number | undefined;
  /** Milliseconds; -1: for ever. */
  readonly retentionMs: string | undefined;
}

/** Settings by topic; topics that aren't there are left out. */
export type Settings = ReadonlyMap<string, TopicSettings>;

/** The topics as they are now, retention by default included. */
export async function settingsOf(kafka: KafkaPort, names: readonly string[]): Promise<Settings> {
  const wanted = new Set(names);
  if (wanted.size === 0) return new Map();
  const found = (await kafka.topics()).filter(({ name }) => wanted.has(name));
  return new Map(
    await Promise.all(
      found.map(async ({ name, partitions }) => {
        const config = await kafka.topicConfig(name);
        const settings: TopicSettings = {
          partitions: partitions.length,
          replicas: partitions[0]?.replicas.length,
          retentionMs: config?.find(({ key }) => key === "retention.ms")?.value ?? undefined,
        };
        return [name, settings] as const;
      }),
    ),
  );
}

/** A declared topic as it will be; undefined if the file doesn't declare it. */
export function declaredSettings(topic: string, { desired }: World): TopicSettings | undefined {
  const spec = desired.get(addressOf("topic", topic))?.spec;
  if (spec === undefined) return undefined;
  const { partitions, replicationFactor, config } = spec;
  const retention =
    typeof config === "object" && config !== null ? Reflect.get(config, "retention.ms") : undefined;
  return {
    partitions: typeof partitions === "number" ? partitions : 1,
    replicas: typeof replicationFactor === "number" ? replicationFactor : undefined,
    retentionMs: typeof retention === "string" ? retention : undefined,
  };
}
