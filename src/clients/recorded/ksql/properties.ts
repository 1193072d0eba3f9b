import { type Literal, nowhere, type Property } from "../../../ksql/syntax/index.ts";
import { badStatement, type Refusal, refused } from "./answer.ts";

/** A WITH clause: values as written, names upper-cased. */
export type Properties = ReadonlyMap<string, Literal>;

const known = new Set(
  `KAFKA_TOPIC FORMAT KEY_FORMAT VALUE_FORMAT PARTITIONS REPLICAS RETENTION_MS TIMESTAMP TIMESTAMP_FORMAT
   WINDOW_TYPE WINDOW_SIZE KEY_DELIMITER VALUE_DELIMITER WRAP_SINGLE_VALUE KEY_SCHEMA_ID VALUE_SCHEMA_ID
   KEY_SCHEMA_FULL_NAME VALUE_SCHEMA_FULL_NAME VALUE_AVRO_SCHEMA_FULL_NAME SOURCED_BY_CONNECTOR
   KEY_PROTOBUF_NULLABLE_REPRESENTATION VALUE_PROTOBUF_NULLABLE_REPRESENTATION`.split(/\s+/),
);

const formats = new Set("NONE KAFKA JSON JSON_SR AVRO PROTOBUF PROTOBUF_NOSR DELIMITED".split(" "));

export function propertiesOf(list: readonly Property[]): Properties {
  return new Map(list.map(({ name, value }) => [name.toUpperCase(), value]));
}

export function propertyList(properties: Properties): readonly Property[] {
  return [...properties].map(([name, value]) => ({ name, value, span: nowhere }));
}

export function textOf(value: Literal | undefined): string | undefined {
  switch (value?.kind) {
    case "string":
      return value.value;
    case "number":
      return value.text;
    case "boolean":
      return String(value.value);
    default:
      return undefined;
  }
}

export function numberOf(value: Literal | undefined): number | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : Number(text);
}

export const literal = {
  text: (value: string): Literal => ({ kind: "string", value, span: nowhere }),
  number: (value: number): Literal => ({
    kind: "number",
    text: String(value),
    form: "integer",
    span: nowhere,
  }),
};

/** What the server refuses in a WITH clause. */
export function refusedProperties(
  properties: Properties,
  { type, windowed, ownTopic }: { type: "stream" | "table"; windowed: boolean; ownTopic: boolean },
): { readonly refused: Refusal } | undefined {
  const unknown = [...properties.keys()].filter((name) => !known.has(name) && name !== "CLEANUP_POLICY");
  if (unknown.length > 0)
    return badStatement(
      `Failed to prepare statement: Invalid config variable(s) in the WITH clause: ${unknown.join(", ")}`,
    );
  if (ownTopic && !properties.has("KAFKA_TOPIC"))
    return badStatement(
      'Failed to prepare statement: Missing required property "KAFKA_TOPIC" which has no default value.',
    );
  for (const name of ["FORMAT", "KEY_FORMAT", "VALUE_FORMAT"]) {
    const format = textOf(properties.get(name));
    if (format !== undefined && !formats.has(format.toUpperCase()))
      return badStatement(`Unknown format: ${format}`);
  }
  if (properties.has("CLEANUP_POLICY"))
    return refused(
      40000,
      "Invalid config variable in the WITH clause: CLEANUP_POLICY.\nThe CLEANUP_POLICY config is automatically inferred based on the type of source (STREAM or TABLE).\nUsers can't set the CLEANUP_POLICY config manually.",
    );
  if (type === "table" && !windowed && properties.has("RETENTION_MS"))
    return refused(
      40000,
      "Invalid config variable in the WITH clause: RETENTION_MS. Non-windowed tables do not support retention.",
    );
  return undefined;
}

/** `KEY_FORMAT`, `VALUE_FORMAT` or the `FORMAT` of both, upper-cased. */
export function formatOf(properties: Properties, side: "KEY" | "VALUE"): string | undefined {
  return textOf(properties.get(`${side}_FORMAT`) ?? properties.get("FORMAT"))?.toUpperCase();
}
