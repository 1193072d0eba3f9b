import type { ConfigChange, KafkaFailure } from "../../clients/kafka.ts";
import { type Diagnostic, type ErrorCode, error } from "../../core/errors.ts";
import { type Change, nameOf } from "../../core/model.ts";
import type { GroupSpec } from "./spec.ts";

export type GroupChange = Change<GroupSpec>;

/** The configs that a change sets and resets; a delete takes them all away. */
export function configChange(change: GroupChange): ConfigChange {
  const name = nameOf(change.address);
  if (change.action === "delete")
    return { name, set: new Map(), reset: Object.keys(change.live.spec.config) };
  const { config } = change.desired.spec;
  const keys =
    change.action === "create"
      ? Object.keys(config)
      : change.fields.flatMap(({ path: [field, key] }) =>
          field === "config" && key !== undefined ? [key] : [],
        );
  const set = keys.flatMap((key): [string, string][] => {
    const value = config[key];
    return typeof value === "string" ? [[key, value]] : [];
  });
  const isReset = (key: string) => change.action !== "create" && typeof config[key] !== "string";
  return { name, set: new Map(set), reset: keys.filter(isReset) };
}

export function hasConfigs(change: GroupChange): boolean {
  const { set, reset } = configChange(change);
  return set.size + reset.length > 0;
}

/** Where the change starts which topics. */
export function startsOf(change: GroupChange): ReadonlyMap<string, string> {
  if (change.action === "delete") return new Map();
  const topics =
    change.action === "create"
      ? Object.keys(change.desired.spec.offsets)
      : change.fields.flatMap(({ path: [field, topic] }) =>
          field === "offsets" && topic !== undefined ? [topic] : [],
        );
  return new Map(
    topics.flatMap((topic) => {
      const start = change.desired.spec.offsets[topic];
      return typeof start === "string" ? [[topic, start] as const] : [];
    }),
  );
}

/** Error codes are those of Kafka's protocol; `otherwise` is what remains. */
export function refusal(change: GroupChange, failure: KafkaFailure, otherwise: ErrorCode): Diagnostic {
  const { address, position } = change;
  const details = { address, position };
  switch (failure.code) {
    case 7:
    case 13:
      return error("KP3002", failure.message, details);
    case 22:
    case 25:
    case 68:
    case 110:
    case 113:
      return error("KP4090", "the group has members since the plan", details);
    case 29:
    case 30:
    case 31:
      return error("KP3011", failure.message, details);
    case 40: {
      const key = [...configChange(change).set.keys()].find((it) => failure.message.includes(it));
      const place =
        key !== undefined && "desired" in change ? change.desired.locate(["config", key]) : position;
      return error(otherwise, failure.message, { address, position: place });
    }
    default:
      return error(otherwise, failure.message, details);
  }
}
