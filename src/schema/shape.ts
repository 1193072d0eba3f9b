import type { JsonSchema } from "../core/kind.ts";

/** What the schema says of one place of the file: every subschema that may apply there. */
export type Shape = readonly JsonSchema[];

/** A JSON Schema as a shape. Schemas are self-contained: `$ref` is not followed. */
export function shapeOf(schema: unknown): Shape {
  if (!isSchema(schema)) return [];
  const branches = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => listOf(schema[keyword]));
  const { then: met, else: unmet } = schema;
  return [schema, ...[...branches, met, unmet].flatMap(shapeOf)];
}

/** The shape of the value under a key, or of the items of a list. */
export function step(shape: Shape, key: string): Shape {
  return shape.flatMap((schema) => {
    const { properties, patternProperties, additionalProperties, items } = schema;
    if (isSchema(properties) && Object.hasOwn(properties, key)) return shapeOf(properties[key]);
    const fitting = isSchema(patternProperties)
      ? Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern, "u").test(key))
      : [];
    if (fitting.length > 0) return fitting.flatMap(([, found]) => shapeOf(found));
    return [...shapeOf(additionalProperties), ...shapeOf(items)];
  });
}

/** Whether a value of a JSON type (`null`, `string`) may stand there. */
export function allows(shape: Shape, type: string): boolean {
  const types = shape.flatMap(typesOf);
  return types.length === 0 || types.includes(type);
}

/** The keys that a map may have there, by name. */
export function keysOf(shape: Shape): readonly string[] {
  const named = shape.flatMap(({ properties }) => (isSchema(properties) ? Object.keys(properties) : []));
  return [...new Set(named)];
}

function typesOf({ type, const: only, enum: several }: JsonSchema): readonly unknown[] {
  if (type !== undefined) return listOf(type);
  const values = only === undefined ? listOf(several) : [only];
  return values.map((value) => (value === null ? "null" : typeof value));
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
