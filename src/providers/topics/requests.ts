import type { ConfigChange, NewPartitions, NewTopic } from "../../clients/kafka.ts";
import {
  type Change,
  type Create,
  type Delete,
  type FieldChange,
  nameOf,
  type Update,
} from "../../core/model.ts";
import type { TopicSpec } from "./spec.ts";

export type TopicChange = Change<TopicSpec>;
export type TopicUpdate = Update<TopicSpec>;
export type TopicCreate = Create<TopicSpec>;
export type TopicDelete = Delete<TopicSpec>;

/** Changes by what they do. */
export function sorted(changes: readonly TopicChange[]): {
  readonly creates: readonly TopicCreate[];
  readonly updates: readonly TopicUpdate[];
  readonly deletes: readonly TopicDelete[];
} {
  return {
    creates: changes.filter((it) => it.action === "create"),
    updates: changes.filter((it) => it.action !== "create" && it.action !== "delete"),
    deletes: changes.filter((it) => it.action === "delete"),
  };
}

/** The change of partitions or replicationFactor, if the update makes one. */
export function changeOf(
  { fields }: TopicUpdate,
  field: "partitions" | "replicationFactor",
): FieldChange | undefined {
  return fields.find(({ path, effect }) => path[0] === field && effect === "update");
}

/** Configs that the update sets or resets. */
export function configFields({ fields }: TopicUpdate): readonly (FieldChange & { readonly key: string })[] {
  return fields.flatMap((field) => {
    const [first, key] = field.path;
    return first === "config" && key !== undefined && field.effect === "update" ? [{ ...field, key }] : [];
  });
}

export function newTopic({ address, desired: { spec } }: TopicCreate): NewTopic {
  const set = Object.entries(spec.config).filter((it): it is [string, string] => it[1] !== null);
  return { ...spec, name: nameOf(address), config: new Map(set) };
}

/** What the controller writes for a new topic, as its limit of a request counts. */
export function recordsOf({ desired: { spec } }: TopicCreate): number {
  return 1 + (spec.partitions ?? 1) + Object.keys(spec.config).length;
}

export function newPartitions({ address, desired, live }: TopicUpdate): NewPartitions {
  return { topic: nameOf(address), partitions: desired.spec.partitions ?? live.spec.partitions ?? 1 };
}

/** How many partitions an update adds. */
export function growthOf({ desired, live }: TopicUpdate): number {
  return (desired.spec.partitions ?? 0) - (live.spec.partitions ?? 0);
}

export function configChange(change: TopicUpdate): ConfigChange {
  const set: [string, string][] = [];
  const reset: string[] = [];
  for (const { key, after } of configFields(change)) {
    if (typeof after === "string") set.push([key, after]);
    else reset.push(key);
  }
  return { name: nameOf(change.address), set: new Map(set), reset };
}
