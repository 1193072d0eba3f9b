import type { Field } from "../../core/kind.ts";
import type { Value } from "../../core/model.ts";
import { writtenValue } from "../kafka/config-value.ts";
import type { TopicSpec } from "./spec.ts";

/** A field's value as a user would write it: `7d`, `1GiB`; digits where those are shorter. */
export function show(path: readonly string[], value: Value): string {
  if (value === null) return path[0] === "replicationFactor" ? "uneven" : "(unset)";
  return path[0] === "config" ? writtenValue(path[1] ?? "", String(value)) : String(value);
}

/** What a new topic has that the brokers' defaults don't say. */
export function summary({ partitions, replicationFactor, config }: TopicSpec): readonly Field[] {
  return [
    { path: ["partitions"], value: partitions },
    { path: ["replicationFactor"], value: replicationFactor },
    ...Object.entries(config).map(([key, value]) => ({ path: ["config", key], value })),
  ].filter(({ value }) => value !== null);
}
