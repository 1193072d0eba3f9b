import { formatVersion } from "./document.ts";

const text = { type: "string" };
const whole = { type: "integer", minimum: 0 };
const brokerIds = { type: "array", items: { type: "integer" } };
const offset = { type: "string", pattern: "^-?\\d{1,19}$" };
const configValue = { type: ["string", "null"] };
const flag = { const: true };
const connectorType = { enum: ["source", "sink", "unknown"] };

/** The JSON Schema (draft 2020-12) of a recording; published as schema/recording.schema.json. */
export const recordingSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://kpipe.dev/schema/recording.schema.json",
  title: "Recording of a cluster",
  description: "Everything that kpipe reads of a cluster. Written by `kpipe record`.",
  ...strict(["kind", "formatVersion", "kafka"], {
    $schema: text,
    kind: { const: "Recording" },
    formatVersion: { const: formatVersion },
    kafka: { $ref: "#/$defs/kafka" },
    connect: mapOf({ $ref: "#/$defs/connect" }),
    ksql: { $ref: "#/$defs/ksql" },
  }),
  $defs: {
    kafka: strict(["clusterId", "brokers"], {
      clusterId: text,
      brokers: { type: "array", items: { $ref: "#/$defs/broker" }, minItems: 1 },
      topics: mapOf({ $ref: "#/$defs/topic" }),
      groups: mapOf({ $ref: "#/$defs/group" }),
      topicConfigKeys: mapOf({ $ref: "#/$defs/configKey" }),
      groupConfigKeys: mapOf({ $ref: "#/$defs/configKey" }),
      groupConfigs: mapOf(mapOf(configValue)),
      createsTopics: { type: "boolean" },
      defaultPartitions: { type: "integer", minimum: 1 },
      defaultReplicationFactor: { type: "integer", minimum: 1 },
    }),
    broker: strict(["id", "host", "port"], { id: { type: "integer" }, host: text, port: whole, rack: text }),
    topic: strict(["partitions"], {
      internal: flag,
      partitions: { type: "array", items: { $ref: "#/$defs/partition" }, minItems: 1 },
      config: mapOf(configValue),
    }),
    partition: strict(["replicas"], {
      replicas: { ...brokerIds, minItems: 1 },
      leader: { type: "integer" },
      inSync: brokerIds,
      earliest: offset,
      latest: offset,
      bytes: whole,
      times: {
        type: "array",
        items: { type: "array", prefixItems: [whole, offset], items: false, minItems: 2 },
      },
    }),
    group: strict([], {
      protocol: { enum: ["classic", "consumer", "share", "streams", "unknown"] },
      state: text,
      members: { type: "array", items: { $ref: "#/$defs/member" } },
      committed: mapOf({ ...mapOf(offset), propertyNames: { pattern: "^\\d{1,9}$" } }),
    }),
    member: strict(["clientId", "host", "topics"], {
      clientId: text,
      host: text,
      topics: { type: "array", items: text },
    }),
    configKey: strict(["type", "default"], {
      type: {
        enum: ["boolean", "string", "int", "short", "long", "double", "list", "class", "password", "unknown"],
      },
      default: configValue,
      source: { const: "broker" },
      valid: text,
      sensitive: flag,
      readOnly: flag,
    }),
    connect: strict(["version", "plugins"], {
      version: text,
      kafkaClusterId: text,
      plugins: mapOf({ $ref: "#/$defs/plugin" }),
      connectors: mapOf({ $ref: "#/$defs/connector" }),
    }),
    plugin: strict(["type", "version"], {
      type: connectorType,
      version: text,
      definitions: mapOf(
        strict(["type"], {
          type: {
            enum: ["boolean", "string", "int", "short", "long", "double", "list", "class", "password"],
          },
          required: flag,
        }),
      ),
    }),
    connector: strict(["config"], {
      config: mapOf(configValue),
      type: connectorType,
      status: { $ref: "#/$defs/part" },
      target: { enum: ["paused", "stopped"] },
      tasks: { type: "array", items: { $ref: "#/$defs/part" } },
      topics: { type: "array", items: text },
    }),
    part: strict([], {
      state: { enum: ["running", "paused", "stopped", "failed", "unassigned", "restarting", "unknown"] },
      worker: text,
      trace: text,
    }),
    ksql: strict(["version", "serviceId"], {
      version: text,
      serviceId: text,
      kafkaClusterId: text,
      sources: mapOf({ $ref: "#/$defs/ksqlSource" }),
      queries: mapOf({ $ref: "#/$defs/ksqlQuery" }),
      types: mapOf({ $ref: "#/$defs/ksqlType" }),
      sequence: { type: "integer" },
      nextQuery: { type: "integer" },
    }),
    ksqlSource: strict(["type", "topic", "keyFormat", "valueFormat", "fields", "statement"], {
      type: { enum: ["stream", "table"] },
      topic: text,
      keyFormat: text,
      valueFormat: text,
      windowType: { enum: ["TUMBLING", "HOPPING", "SESSION"] },
      fields: { type: "array", items: { $ref: "#/$defs/ksqlField" } },
      statement: text,
      from: { type: "array", items: text },
    }),
    ksqlField: strict(["name", "type"], {
      name: text,
      type: { $ref: "#/$defs/ksqlType" },
      role: { enum: ["key", "header"] },
      headerKey: text,
    }),
    ksqlType: {
      anyOf: [
        text,
        strict(["type", "member"], {
          type: { enum: ["ARRAY", "MAP"] },
          member: { $ref: "#/$defs/ksqlType" },
        }),
        strict(["type", "fields"], {
          type: { const: "STRUCT" },
          fields: {
            type: "array",
            items: strict(["name", "type"], { name: text, type: { $ref: "#/$defs/ksqlType" } }),
          },
        }),
        strict(["type", "precision", "scale"], {
          type: { const: "DECIMAL" },
          precision: whole,
          scale: whole,
        }),
      ],
    },
    ksqlQuery: strict(["text"], {
      text,
      sources: { type: "array", items: text },
      sinks: { type: "array", items: text },
      state: { enum: ["error", "unresponsive", "paused", "running"] },
      errors: {
        type: "array",
        items: strict(["timestamp", "message", "type"], { timestamp: whole, message: text, type: text }),
      },
      properties: mapOf(text),
    }),
  },
};

function strict(required: readonly string[], properties: Readonly<Record<string, object>>) {
  return { type: "object", required, properties, additionalProperties: false };
}

function mapOf(values: object) {
  return { type: "object", additionalProperties: values };
}
