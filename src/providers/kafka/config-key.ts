import type { KnownKey } from "../../clients/kafka-config-keys.ts";

/** A config key over the versions of Kafka: its limits are the widest, and the broker at hand judges the rest. */
export interface ConfigKey extends KnownKey {
  /** The versions that know it; absent: all of them. */
  readonly versions?: readonly string[];
}

/** What a key counts, by its suffix; vendors keep to it too. */
export function unitOf(key: string): "ms" | "bytes" | undefined {
  if (key.endsWith(".ms")) return "ms";
  return key.endsWith(".bytes") ? "bytes" : undefined;
}
