import type { Entry, JsonSchema, Kind, Section } from "../../src/core/kind.ts";
import { addressOf, type Resource, type Value } from "../../src/core/model.ts";
import { Secret } from "../../src/core/secret.ts";
import { topicKind } from "../../src/providers/topics/kind.ts";

/** A kind with everything that a schema may ask of the loader: secrets, defaults, choices, files. */
const widgetSchema: JsonSchema = {
  type: "object",
  description: "A widget.",
  properties: {
    type: { enum: ["source", "sink"] },
    size: { type: "integer", minimum: 1, maximum: 100 },
    ratio: { type: "number", exclusiveMinimum: 0 },
    label: { type: "string", minLength: 2, maxLength: 20 },
    code: { title: "two capital letters", type: "string", pattern: "^[A-Z]{2}$" },
    protect: { type: "boolean" },
    config: {
      type: "object",
      propertyNames: { title: "a key without blanks", pattern: "^\\S+$" },
      additionalProperties: { type: ["string", "number", "boolean"] },
    },
    resets: { type: "object", additionalProperties: { type: ["string", "null"] } },
    tags: { type: "array", minItems: 1, uniqueItems: true, items: { type: "string" } },
    file: { type: "string" },
    shape: {
      anyOf: [
        { type: "integer" },
        {
          type: "object",
          properties: { form: { const: "box" }, sides: { type: "integer" } },
          required: ["form", "sides"],
          additionalProperties: false,
        },
        {
          type: "object",
          properties: { form: { const: "ball" }, radius: { type: "integer" } },
          required: ["form", "radius"],
          additionalProperties: false,
        },
      ],
    },
  },
  additionalProperties: false,
};

const widgets: Section = {
  key: "widgets",
  claimKey: "widgets",
  budget: { key: "widget", deletes: 1 },
  defaults: { key: "widget", schema: widgetSchema },
  schema: widgetSchema,
  secrets: true,
  server: "connect",
  decode: (entry) => [resource("widget", entry.key, entry, textsOf(entry))],
};

const notes: Section = {
  key: "notes",
  claimKey: "notes",
  budget: { key: "note", deletes: 2 },
  schema: { type: "object", properties: { text: { type: "string" }, file: { type: "string" } } },
  secrets: false,
  server: "ksql",
  decode: (entry) => {
    const source = entry.text(["file"]) === undefined ? undefined : entry.read(["file"]);
    const text = source?.text ?? entry.text(["text"]) ?? "";
    return [resource("note", entry.key.toUpperCase(), entry, { text })];
  },
  files: {
    key: "noteFiles",
    decode: ({ file, text }) => {
      const position = { file, line: 1, column: 1, length: 1 };
      const name = /NOTE (\w+)/.exec(text)?.[1] ?? "UNNAMED";
      const address = addressOf("note", name.toUpperCase());
      return [{ address, spec: { text }, policy: { protect: false }, position, locate: () => position }];
    },
  },
};

function resource(kind: string, name: string, entry: Entry, extra: Record<string, Value>): Resource {
  return {
    address: addressOf(kind, name),
    spec: { ...entry.value, ...extra },
    policy: { protect: false },
    position: entry.position,
    locate: entry.locate,
  };
}

/** Every config as text, to show that digits and variables survive. */
function textsOf(entry: Entry): Record<string, Value> {
  const { config } = entry.value;
  if (config === undefined || config === null || typeof config !== "object" || config instanceof Secret)
    return {};
  return {
    texts: Object.fromEntries(Object.keys(config).map((key) => [key, entry.text(["config", key]) ?? null])),
  };
}

function kind(name: string, section: Section, ignoresCase: boolean): Kind {
  return {
    name,
    plural: section.key,
    section,
    hidden: [],
    ignoresCase,
    diff: () => ({ fields: [], remarks: [] }),
    links: () => ({ reads: [], writes: [], owns: [] }),
    risks: () => [],
    summary: () => [],
    show: (_path, value) => String(value),
  };
}

export const testKinds: readonly Kind[] = [
  topicKind,
  kind("widget", widgets, false),
  kind("note", notes, true),
];
