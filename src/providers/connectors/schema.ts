import type { JsonSchema } from "../../core/kind.ts";
import { familiesOf } from "./jdbc/families.ts";
import type { KeyType } from "./jdbc/keys.ts";
import { connectorStates, DEFAULT_CONNECT, type JdbcType, jdbcTypes } from "./spec.ts";

const scalar: JsonSchema = { type: ["string", "number", "boolean", "null"] };

const config: JsonSchema = {
  type: ["object", "null"],
  description:
    "The whole config of the connector, without name and connector.class. What the worker has beside it is removed. Passwords as ${env.NAME}, or as ${file:...} for a config provider of the worker.",
  additionalProperties: scalar,
};

const state: JsonSchema = {
  enum: connectorStates,
  default: "running",
  description: "paused keeps the tasks and their memory, stopped ends them.",
};

const connect: JsonSchema = {
  type: "string",
  minLength: 1,
  default: DEFAULT_CONNECT,
  description: "The Connect cluster that it runs on, by its name under connections.connect.",
};

/** One connector of the file. */
export const connectorSchema: JsonSchema = {
  type: "object",
  description: "One connector of Kafka Connect.",
  properties: {
    type: {
      enum: jdbcTypes,
      description: "A JDBC connector; its class is the one among the worker's plugins that fits.",
    },
    class: { type: "string", minLength: 1, description: "The class of any connector." },
    connect,
    config,
    state,
    protect: { type: "boolean", default: false, description: "Refuse every plan that deletes it." },
  },
  additionalProperties: false,
  allOf: jdbcTypes.map((type) => ({
    if: { properties: { type: { const: type } }, required: ["type"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { config: { properties: jdbcConfig(type) } } },
  })),
};

export const connectorDefaultsSchema: JsonSchema = {
  type: "object",
  description: "What every connector has unless it says otherwise; config merges key by key.",
  properties: { connect, config, state },
  additionalProperties: false,
};

function jdbcConfig(type: JdbcType): JsonSchema {
  const families = familiesOf(type);
  const keys = [...new Set(families.flatMap(({ keys }) => Object.keys(keys)))].toSorted();
  return Object.fromEntries(
    keys.map((key) => {
      const having = families.filter(({ keys }) => keys[key] !== undefined);
      const types = [...new Set(having.map(({ keys }) => JSON.stringify(keys[key])))];
      const only =
        having.length < families.length ? `; ${having.map(({ vendor }) => vendor).join(", ")} only` : "";
      const words = having.flatMap(({ keys }) => wordsOf(keys[key]));
      const kind = words.length > 0 ? "one of some words" : types.map((it) => JSON.parse(it)).join(" or ");
      // An editor offers the words; whether another one is wrong depends on the plugin.
      const anyOf = words.length > 0 ? { anyOf: [{ enum: [...new Set(words)] }, scalar] } : scalar;
      return [key, { description: `${kind}${only}`, ...anyOf }];
    }),
  );
}

function wordsOf(type: KeyType | undefined): readonly string[] {
  return type === undefined || typeof type === "string" ? [] : type;
}
