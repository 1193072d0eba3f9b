import type { ValueFormat } from "../../core/kind.ts";
import { familiesOf } from "./jdbc/families.ts";
import { type ConnectorSpec, knownText } from "./spec.ts";

/** How a connector's converter writes or reads values, and the key that decides it. */
export interface ConverterFormat {
  readonly format: ValueFormat;
  readonly path: readonly string[];
  readonly settings: Readonly<Partial<Record<ValueFormat, string>>>;
}

const SCHEMAS_ENABLE = "value.converter.schemas.enable";
/** A JDBC sink takes the columns from the schema of each record. */
function needsSchemas(spec: ConnectorSpec): boolean {
  return familiesOf(spec.class)[0]?.type === "jdbc-sink";
}

const jsonSettings = {
  json: `\`${SCHEMAS_ENABLE}: "false"\``,
  "json-envelope": `\`${SCHEMAS_ENABLE}: "true"\``,
} as const;

/** Undefined where the file doesn't say: the worker's own converter can't be asked for. */
export function valueFormat(spec: ConnectorSpec): ConverterFormat | undefined {
  const { config } = spec;
  const converter = knownText(config, "value.converter");
  const format =
    converter === undefined ? undefined : formats[converter.slice(converter.lastIndexOf(".") + 1)];
  if (format === undefined) return undefined;
  if (format !== "json") return { format, path: ["config", "value.converter"], settings: {} };
  // JsonConverter's default is true (JsonConverterConfig.SCHEMAS_ENABLE_DEFAULT).
  const enabled = config[SCHEMAS_ENABLE] === undefined ? "true" : knownText(config, SCHEMAS_ENABLE);
  if (enabled === undefined) return undefined;
  return {
    format: enabled.trim().toLowerCase() === "false" ? "json" : "json-envelope",
    path: ["config", config[SCHEMAS_ENABLE] === undefined ? "value.converter" : SCHEMAS_ENABLE],
    settings: needsSchemas(spec) ? { "json-envelope": jsonSettings["json-envelope"] } : jsonSettings,
  };
}

const formats: Readonly<Record<string, ValueFormat>> = {
  JsonConverter: "json",
  JsonSchemaConverter: "json-schema",
  AvroConverter: "avro",
  ProtobufConverter: "protobuf",
  StringConverter: "string",
  ByteArrayConverter: "bytes",
};

/** The converter of a JDBC sink that leaves its records without schemas. */
export function schemalessConverter(
  spec: ConnectorSpec,
):
  | { readonly path: readonly string[]; readonly message: string; readonly next: string | undefined }
  | undefined {
  if (!needsSchemas(spec)) return undefined;
  const found = valueFormat(spec);
  if (found === undefined || !["json", "string", "bytes"].includes(found.format)) return undefined;
  return {
    path: found.path,
    message: "a JDBC sink can't write records without schemas, and fails on the first",
    next:
      found.format === "json"
        ? `Set ${jsonSettings["json-envelope"]} here and at who writes the topic, or use Avro, Protobuf or JSON Schema.`
        : undefined,
  };
}
