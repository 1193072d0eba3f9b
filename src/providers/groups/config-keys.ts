import { groupConfigKeys as known } from "../../clients/kafka-config-keys.ts";
import type { ConfigKey } from "../kafka/config-key.ts";

/** The group configs of Kafka 4.3.1, by name; brokers limit some further. */
export const groupConfigKeys: ReadonlyMap<string, ConfigKey> = new Map(
  Object.entries(known).toSorted(([one], [other]) => (one < other ? -1 : 1)),
);
