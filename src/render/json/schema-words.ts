import type { JsonSchema } from "../../core/kind.ts";

export type Members = Readonly<Record<string, JsonSchema>>;

export const text: JsonSchema = { type: "string" };
export const flag: JsonSchema = { type: "boolean" };
export const count: JsonSchema = { type: "integer", minimum: 0 };
export const fromOne: JsonSchema = { type: "integer", minimum: 1 };
export const seconds: JsonSchema = { type: "number", minimum: 0 };
export const address: JsonSchema = { type: "string", pattern: "^[a-z]+/", description: "`kind/name`" };
export const path: JsonSchema = {
  type: "array",
  items: text,
  description: "The steps to a field of the spec.",
};

/** An object with exactly these members. */
export function object(description: string, required: Members, optional: Members = {}): JsonSchema {
  return {
    description,
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

export function listOf(items: JsonSchema, description?: string): JsonSchema {
  return { ...(description !== undefined && { description }), type: "array", items };
}

export function oneOf(...values: readonly string[]): JsonSchema {
  return { type: "string", enum: values };
}
