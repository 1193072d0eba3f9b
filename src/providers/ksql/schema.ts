import type { JsonSchema } from "../../core/kind.ts";
import { offsets, upgrades } from "./spec.ts";

const scalar: JsonSchema = { type: ["string", "number", "boolean"] };

const options: Readonly<Record<string, JsonSchema>> = {
  upgrade: {
    enum: upgrades,
    default: "in-place",
    description:
      "in-place: only what CREATE OR REPLACE can do. replace: drop and create anew where that can't; its topic stays.",
  },
  onReplace: {
    type: "object",
    description: "What becomes of the records when it is dropped and created anew.",
    properties: {
      offsets: {
        enum: offsets,
        description: "earliest: the new query reads everything again. latest: only what comes from then on.",
      },
    },
    required: ["offsets"],
    additionalProperties: false,
  },
  properties: {
    type: "object",
    description: "Properties of its query, such as auto.offset.reset, as SET gives them.",
    additionalProperties: scalar,
  },
};

const protect: JsonSchema = {
  type: "boolean",
  default: false,
  description: "Refuse every plan that drops it.",
};

/** A stream or table over a topic, in fields instead of SQL. */
const source: JsonSchema = {
  type: "object",
  properties: {
    topic: { type: "string", minLength: 1, description: "The topic that it stands for." },
    format: { type: "string", minLength: 1, description: "keyFormat and valueFormat at once." },
    keyFormat: { type: "string", minLength: 1, description: "Default KAFKA." },
    valueFormat: { type: "string", minLength: 1, description: "JSON, AVRO, PROTOBUF, DELIMITED, ..." },
    columns: {
      type: "object",
      description:
        "Names to types, as in SQL: `id: BIGINT KEY`, `name: VARCHAR`. Without them a schema registry tells.",
      additionalProperties: { type: "string", minLength: 1 },
    },
    with: {
      type: "object",
      description: "Other properties of WITH, such as TIMESTAMP or PARTITIONS.",
      additionalProperties: scalar,
    },
  },
  required: ["topic"],
  additionalProperties: false,
};

/** One entry of `ksql`. */
export const ksqlSchema: JsonSchema = {
  type: "object",
  description: "One object of ksqlDB: a stream, a table, a type, or a query that inserts into a stream.",
  properties: {
    stream: { ...source, description: "A stream over a topic." },
    table: { ...source, description: "A table over a topic; its key is a column with PRIMARY KEY." },
    type: { type: "string", minLength: 1, description: "A custom type, such as STRUCT<street VARCHAR>." },
    sql: {
      type: "string",
      minLength: 1,
      description: "One statement: CREATE ... or INSERT INTO ... SELECT.",
    },
    file: { type: "string", minLength: 1, description: "A file with that statement, relative to this one." },
    ...options,
    protect,
  },
  additionalProperties: false,
};

export const ksqlDefaultsSchema: JsonSchema = {
  type: "object",
  description: "What every ksqlDB object has unless it says otherwise, those of ksqlFiles too.",
  properties: options,
  additionalProperties: false,
};
