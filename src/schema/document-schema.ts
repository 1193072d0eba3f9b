import type { JsonSchema, Kind, Section } from "../core/kind.ts";
import { connectionsSchema } from "./connections-schema.ts";

/** The sections of the registered kinds; kinds that stand in one section share it. */
export function sectionsOf(kinds: readonly Kind[]): readonly Section[] {
  return [...new Map(kinds.map(({ section }) => [section.key, section])).values()];
}

const assembled = new WeakMap<readonly Kind[], JsonSchema>();

/** The schema of a whole pipeline, assembled from what the kinds bring; once for the same kinds. */
export function documentSchema(kinds: readonly Kind[]): JsonSchema {
  const schema = assembled.get(kinds) ?? assembleSchema(kinds);
  assembled.set(kinds, schema);
  return schema;
}

function assembleSchema(kinds: readonly Kind[]): JsonSchema {
  const sections = sectionsOf(kinds);
  return {
    title: "kpipe pipeline",
    type: "object",
    required: ["apiVersion", "kind", "metadata"],
    properties: {
      apiVersion: { description: "The version of this format.", const: "kpipe.dev/v1" },
      kind: { description: "Always Pipeline.", const: "Pipeline" },
      metadata,
      connections: connectionsSchema(new Set(sections.flatMap(({ server }) => server ?? []))),
      claim: claimSchema(sections),
      ...nonEmpty("defaults", defaultsSchema(sections)),
      policies: policiesSchema(sections),
      removed: {
        description:
          "Addresses such as topic/old of resources to delete. Absence alone never deletes: this does, once.",
        type: "array",
        items: { type: "string" },
      },
      ...Object.fromEntries(sections.flatMap(({ files }) => (files ? [[files.key, fileList]] : []))),
      ...Object.fromEntries(
        sections.map(({ key, schema }) => [key, { type: "object", additionalProperties: schema }]),
      ),
    },
    patternProperties: { "^x-": { description: "Anything; a home for YAML anchors." } },
    additionalProperties: false,
  };
}

const metadata: JsonSchema = {
  description: "Who this pipeline is.",
  type: "object",
  required: ["name"],
  properties: {
    name: { description: "The name of the pipeline, for screens and reports.", type: "string", minLength: 1 },
    owner: { description: "The team or person that answers for it.", type: "string", minLength: 1 },
  },
  additionalProperties: false,
};

const fileList: JsonSchema = {
  description: "Files of statements, relative to this file; * stands for any characters of a name.",
  type: "array",
  items: { type: "string", minLength: 1 },
};

function claimSchema(sections: readonly Section[]): JsonSchema {
  const patterns = Object.fromEntries(
    sections.map(({ claimKey }) => [claimKey, { type: "array", items: { type: "string" } }]),
  );
  return {
    description:
      "What this pipeline may change or list as an orphan, as names and patterns with *. Without it: what it declares.",
    type: "object",
    properties: {
      ...patterns,
      protect: {
        description: "Names and patterns that no plan deletes, declared or not.",
        type: "object",
        properties: patterns,
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}

function defaultsSchema(sections: readonly Section[]): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    sections.flatMap(({ defaults }) => (defaults ? [[defaults.key, defaults.schema]] : [])),
  );
}

function nonEmpty(key: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  if (Object.keys(properties).length === 0) return {};
  const description = "Values for every resource of a kind that doesn't set them itself.";
  return { [key]: { description, type: "object", properties, additionalProperties: false } };
}

function policiesSchema(sections: readonly Section[]): JsonSchema {
  const budgets = sections.map(({ budget }) => [
    budget.key,
    { description: `Default ${budget.deletes}.`, type: "integer", minimum: 0 },
  ]);
  return {
    description: "Limits that hold a plan back.",
    type: "object",
    properties: {
      deletes: {
        description: "How many deletes one plan may hold, by kind.",
        type: "object",
        properties: Object.fromEntries(budgets),
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}
