import type { JsonSchema } from "../../core/kind.ts";
import { type ConfigKey, unitOf } from "../kafka/config-key.ts";
import { configKeys } from "./config-keys.ts";
import { show } from "./show.ts";
import { unmanagedConfigs } from "./spec.ts";

const MAX_INT = 2 ** 31 - 1;
const MAX_SHORT = 2 ** 15 - 1;

const partitions: JsonSchema = {
  type: ["integer", "null"],
  minimum: 1,
  maximum: MAX_INT,
  description:
    "How many partitions it has. More can be added, none removed. Without it a new topic gets the brokers' num.partitions.",
};

const replicationFactor: JsonSchema = {
  type: ["integer", "null"],
  minimum: 1,
  maximum: MAX_SHORT,
  description:
    "How many brokers hold each partition. A change moves data between brokers. Without it a new topic gets the brokers' default.replication.factor.",
};

const scalarTypes = ["string", "number", "boolean", "null"];
const scalar: JsonSchema = { type: scalarTypes };
const scalarOrList: JsonSchema = { type: [...scalarTypes, "array"], items: { type: "string" } };

const config: JsonSchema = {
  type: ["object", "null"],
  description:
    "Topic configs as Kafka names them. Durations (7d) and sizes (1GiB) go wherever Kafka wants ms and bytes; null goes back to the brokers' default.",
  properties: Object.fromEntries([...configKeys].map(([name, key]) => [name, configValue(name, key)])),
  additionalProperties: scalarOrList,
};

const unmanagedConfig: JsonSchema = {
  enum: unmanagedConfigs,
  default: "warn",
  description:
    "What becomes of configs set on the topic that the file doesn't name: left alone (ignore), left alone and reported (warn), or reset.",
};

const protect: JsonSchema = {
  type: "boolean",
  default: false,
  description: "Refuse every plan that deletes it.",
};

/** One topic of the file; an empty one is all defaults. */
export const topicSchema: JsonSchema = {
  type: ["object", "null"],
  description: "One Kafka topic.",
  properties: { partitions, replicationFactor, config, protect, unmanagedConfig },
  additionalProperties: false,
};

export const topicDefaultsSchema: JsonSchema = {
  ...topicSchema,
  description: "What every topic has unless it says otherwise; config merges key by key.",
};

function configValue(name: string, key: ConfigKey): JsonSchema {
  const unit = unitOf(name);
  const form = unit === "ms" ? "milliseconds or a duration" : unit === "bytes" ? "bytes or a size" : key.type;
  const versions = key.versions ? `; Kafka ${key.versions.join(", ")} only` : "";
  const valid = key.valid ? `, ${key.valid}` : "";
  const usual = show(["config", name], key.default);
  return {
    ...(key.type === "list" ? scalarOrList : scalar),
    description: `${form}${valid}; default ${usual === "" ? "empty" : usual}${versions}`,
  };
}
