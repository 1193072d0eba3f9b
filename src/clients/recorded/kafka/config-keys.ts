import { topicConfigKeys, topicConfigKeysBefore4 } from "../../kafka-config-keys.ts";
import type { ConfigKeys } from "../state.ts";

/** What a recording is taken to have that says nothing of topic configs. */
export const usualTopicKeys: ConfigKeys = new Map(Object.entries(topicConfigKeys));

/** A document sorts its keys; a broker judges values in the order of its definitions. */
export function inCheckOrder(keys: ConfigKeys): ConfigKeys {
  const order = [...Object.keys(topicConfigKeysBefore4), ...keys.keys()];
  return new Map([...keys].toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other)));
}
