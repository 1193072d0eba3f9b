import type { JsonSchema, Kind } from "../core/kind.ts";
import { documentSchema, sectionsOf } from "./document-schema.ts";

/** What stands for a value that is only known when the file is loaded. */
const reference: JsonSchema = { type: "string", pattern: "\\$\\{(env|var)\\.[^}]+\\}" };

/**
 * The schema for editors. It says what the loader checks, and lets pass what only the loader can judge:
 * references for values of any type, sections with nothing in them, and files that are one part of a pipeline.
 */
export function publishedSchema(kinds: readonly Kind[]): JsonSchema {
  const { required: _, properties, ...document } = documentSchema(kinds);
  const sections = new Set(sectionsOf(kinds).map(({ key }) => key));
  const published = mapOf(properties, (schema, key) =>
    sections.has(key) ? orNothing(withReferences(schema)) : withReferences(schema),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "https://kpipe.dev/schema/pipeline.schema.json",
    ...document,
    properties: published,
  };
}

function orNothing(section: JsonSchema): JsonSchema {
  const { additionalProperties: entry } = section;
  return {
    ...section,
    type: ["object", "null"],
    additionalProperties:
      isSchema(entry) && entry.type === "object" ? { ...entry, type: ["object", "null"] } : entry,
  };
}

/** The same schema, in which a reference may stand for every value that isn't any text. */
function withReferences(schema: JsonSchema): JsonSchema {
  const {
    properties,
    patternProperties,
    additionalProperties,
    items,
    anyOf,
    oneOf,
    then: met,
    else: unmet,
  } = schema;
  const inner: JsonSchema = {
    ...schema,
    ...(isSchema(properties) && { properties: mapOf(properties, withReferences) }),
    ...(isSchema(patternProperties) && { patternProperties: mapOf(patternProperties, withReferences) }),
    ...(isSchema(additionalProperties) && { additionalProperties: withReferences(additionalProperties) }),
    ...(isSchema(items) && { items: withReferences(items) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.map(withReferences) }),
    ...(Array.isArray(oneOf) && { oneOf: oneOf.map(withReferences) }),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    ...(isSchema(met) && { then: withReferences(met) }),
    ...(isSchema(unmet) && { else: withReferences(unmet) }),
  };
  if (!isNarrow(schema)) return inner;
  const { title, description, default: usual, ...rules } = inner;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(usual !== undefined && { default: usual }),
    anyOf: [rules, reference],
  };
}

/** Whether it takes single values, but not every text. */
function isNarrow({ type, enum: several, pattern, format }: JsonSchema): boolean {
  if (several !== undefined || pattern !== undefined || format !== undefined) return true;
  const types = Array.isArray(type) ? type : [type];
  return !types.includes("string") && ["integer", "number", "boolean"].some((it) => types.includes(it));
}

function mapOf(
  schemas: unknown,
  change: (schema: JsonSchema, key: string) => JsonSchema,
): Readonly<Record<string, JsonSchema>> {
  const entries = isSchema(schemas) ? Object.entries(schemas) : [];
  return Object.fromEntries(
    entries.map(([key, schema]) => [key, isSchema(schema) ? change(schema, key) : {}]),
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
