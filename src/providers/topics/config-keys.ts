import { type KnownKey, topicConfigKeys, topicConfigKeysBefore4 } from "../../clients/kafka-config-keys.ts";
import type { ConfigKey } from "../kafka/config-key.ts";

/**
 * Every topic config key of Kafka 3.9.2 and 4.3.1, by name. Where the two differ, a value may be what either takes:
 * the older one's limits are the wider ones.
 */
export const configKeys: ReadonlyMap<string, ConfigKey> = new Map(
  Object.entries(topicConfigKeysBefore4)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, key]) => [name, overVersions(key, topicConfigKeys[name])]),
);

function overVersions(before: KnownKey, now: KnownKey | undefined): ConfigKey {
  return now ? { ...before, default: now.default } : { ...before, versions: ["3.9"] };
}

const vendorPrefixes = ["automq.", "confluent.", "diskless.", "inkless.", "redpanda.", "warpstream."];

/** Whether a key is some vendor's own, which only that vendor's broker can judge. */
export function isVendorKey(key: string): boolean {
  return vendorPrefixes.some((prefix) => key.startsWith(prefix));
}
