import type { ConfigChange, Results, TopicOffset, WriteMode } from "../../kafka.ts";
import type { GroupState, KafkaState } from "../state.ts";
import { normalConfig, refusedConfig } from "./configs.ts";
import { refusal, result } from "./refusal.ts";

/** OffsetCommit from outside the group, which brokers take only while it has no members. */
export function commit(state: KafkaState, name: string, offsets: readonly TopicOffset[]): Results {
  const group = state.groups.get(name);
  const results = new Map(
    offsets.map(({ topic, partition }) => {
      const known = state.topics.get(topic)?.partitions[partition] !== undefined;
      const refused = !known ? refusal(3) : group && group.members.length > 0 ? refusal(25) : undefined;
      return [`${topic}-${partition}`, result(refused)] as const;
    }),
  );
  const taken = offsets.filter(({ topic, partition }) => results.get(`${topic}-${partition}`)?.ok);
  if (taken.length === 0) return results;
  const { committed } = group ?? newGroup(state, name);
  for (const { topic, partition, offset } of taken) {
    const partitions = committed.get(topic) ?? new Map<number, bigint>();
    committed.set(topic, partitions.set(partition, offset));
  }
  return results;
}

function newGroup(state: KafkaState, name: string): GroupState {
  const group: GroupState = { protocol: "classic", state: "Empty", members: [], committed: new Map() };
  state.groups.set(name, group);
  return group;
}

/** DeleteGroups as coordinators answer it. */
export function deleteGroups(state: KafkaState, groups: readonly string[]): Results {
  return new Map(
    groups.map((name) => {
      const group = state.groups.get(name);
      if (!group) return [name, result(refusal(69))];
      if (group.members.length > 0) return [name, result(refusal(68))];
      state.groups.delete(name);
      return [name, result(undefined)];
    }),
  );
}

/** IncrementalAlterConfigs of groups (resource type 32, KIP-848), which need not exist. */
export function alterGroupConfigs(
  state: KafkaState,
  changes: readonly ConfigChange[],
  mode: WriteMode,
): Results {
  const keys = state.groupConfigKeys;
  return new Map(
    changes.map(({ name, set, reset }) => {
      if (!keys) return [name, result(refusal(42, "Unknown resource type 32"))];
      if (name === "") return [name, result(refusal(42, "Default group resources are not allowed."))];
      if (reset.some((key) => set.has(key)))
        return [name, result(refusal(42, "Error due to duplicate config keys"))];
      const config = new Map(state.groupConfigs.get(name));
      for (const key of reset) config.delete(key);
      const refused = refusedConfig("group", keys, new Map([...config, ...set]));
      if (!refused && mode === "execute") {
        for (const [key, value] of normalConfig(keys, set)) config.set(key, value);
        if (config.size > 0) state.groupConfigs.set(name, config);
        else state.groupConfigs.delete(name);
      }
      return [name, result(refused)];
    }),
  );
}
