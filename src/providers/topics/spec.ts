/** A topic, desired or actual. */
export type TopicSpec = {
  /** Declared null: the broker's `num.partitions` on create, never a diff afterwards. */
  readonly partitions: number | null;
  /**
   * Declared null: the broker's `default.replication.factor` on create, never a diff afterwards. Actual
   * null: its partitions don't all have the same.
   */
  readonly replicationFactor: number | null;
  /**
   * Canonical texts by key. Declared null: not set on the topic, reset if it is. Actual: only what is set
   * on the topic; null: sensitive, the broker doesn't tell.
   */
  readonly config: Readonly<Record<string, string | null>>;
};

/** What becomes of overrides that are set on a topic and not in the file. */
export const unmanagedConfigs = ["ignore", "warn", "reset"] as const;
type UnmanagedConfig = (typeof unmanagedConfigs)[number];

export type TopicPolicy = {
  readonly protect: boolean;
  readonly unmanagedConfig: UnmanagedConfig;
};

export const MIN_INSYNC = "min.insync.replicas";

/** Why a topic can't have fewer replicas than writes require to be in sync. */
export function tooManyInSync(required: string, replicas: number): string {
  const has = replicas === 1 ? "1 replica" : `${replicas} replicas`;
  return `with ${required} required and ${has} every write that asks for all of them fails`;
}
