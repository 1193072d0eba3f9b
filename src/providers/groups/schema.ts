import type { JsonSchema } from "../../core/kind.ts";
import { groupConfigKeys } from "./config-keys.ts";

const scalar: JsonSchema = { type: ["string", "number", "boolean", "null"] };

/** One consumer group of the file. */
export const groupSchema: JsonSchema = {
  type: ["object", "null"],
  description:
    "One consumer group. It appears when its application does; without startFrom nothing creates it.",
  properties: {
    topics: { type: "array", items: { type: "string" }, description: "The topics that it reads." },
    startFrom: {
      type: "string",
      description:
        "earliest, latest or a time such as 2026-01-31T08:00:00Z: committed for its topics where it has no commit, while it has no members.",
    },
    maxLag: {
      type: "integer",
      minimum: 0,
      description:
        "A check: how many records it may be behind in all, over its topics. Changes nothing, and no exit code.",
    },
    members: {
      type: "integer",
      minimum: 1,
      description: "A check: how many members it has at least. Changes nothing, and no exit code.",
    },
    config: {
      type: ["object", "null"],
      description: "The brokers' configs of the group (Kafka 4); null goes back to the brokers' default.",
      properties: Object.fromEntries(
        [...groupConfigKeys].map(([name, key]) => [
          name,
          { ...scalar, description: `default ${key.default}` },
        ]),
      ),
      additionalProperties: scalar,
    },
    protect: { type: "boolean", default: false, description: "Refuse every plan that deletes it." },
  },
  additionalProperties: false,
};
