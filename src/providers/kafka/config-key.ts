/** What brokers tell of a config key of a topic or a group. */
export interface ConfigKey {
  readonly type: "boolean" | "string" | "int" | "long" | "double" | "list";
  readonly default: string;
  /** In the brokers' notation; where versions differ the widest, and the broker at hand judges the rest. */
  readonly valid?: string;
  /** The versions that know it; absent: all of them. */
  readonly versions?: readonly string[];
}

/** What a key counts, by its suffix; vendors keep to it too. */
export function unitOf(key: string): "ms" | "bytes" | undefined {
  if (key.endsWith(".ms")) return "ms";
  return key.endsWith(".bytes") ? "bytes" : undefined;
}
