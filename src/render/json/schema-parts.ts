import type { JsonSchema } from "../../core/kind.ts";
import {
  address,
  count,
  flag,
  fromOne,
  listOf,
  type Members,
  object,
  oneOf,
  path,
  text,
} from "./schema-words.ts";

export const version: JsonSchema = {
  const: "1.0",
  description: "A change of the second number only adds members.",
};

const position = object("A place in a file. Line and column count from 1, columns in UTF-16 units.", {
  file: text,
  line: fromOne,
  column: fromOne,
  length: count,
});

export const diagnostic = object(
  "One finding, as the screen tells it.",
  {
    severity: oneOf("error", "warning"),
    code: { type: "string", pattern: "^KP\\d{4}$", description: "Never given a new meaning." },
    title: text,
    message: text,
    next: { type: "string", description: "What to do next; empty where the message says it." },
  },
  { address, position },
);

const risk = object("What an apply costs beside the change.", {
  code: { type: "string", description: "Stable, for machines." },
  message: text,
});

const ailment = object("A fault of a resource, which an operation may mend.", {
  path: listOf(text, "The part that is ill, such as a task; empty for the whole resource."),
  message: text,
});

const spec: JsonSchema = {
  description: "The whole spec, secrets as `(secret)`; null where the resource isn't there.",
  type: ["object", "null"],
};

const sensitivityReference: JsonSchema = { $ref: "#/$defs/sensitivity" };

/** Refers to itself, so documents with changes in them carry it under `$defs`. */
export const sensitivity: JsonSchema = {
  description: "Where a value is secret: `true` for all of it, else its secret parts by key or index.",
  anyOf: [
    { type: "boolean" },
    { type: "array", items: sensitivityReference },
    { type: "object", additionalProperties: sensitivityReference },
  ],
};

const values = object(
  "Terraform's change. An operation is an `update`, a replace is `delete` and `create`.",
  { actions: { type: "array", items: oneOf("no-op", "create", "update", "delete"), minItems: 1 } },
  {
    before: spec,
    after: spec,
    before_sensitive: sensitivityReference,
    after_sensitive: sensitivityReference,
  },
);

const field = object(
  "A field that differs. Where it is secret, before and after look alike.",
  { path, effect: oneOf("update", "replace", "operate", "refuse"), position },
  { reason: text },
);

const named: Members = { address, type: { type: "string", description: "The kind." }, name: text };

export const change = object(
  "A resource with what would happen to it. Where nothing would, only its name and action are told.",
  {
    ...named,
    action: oneOf("create", "update", "replace", "delete", "operate", "none"),
    change: values,
  },
  {
    fields: listOf(field),
    risks: listOf(risk),
    depends_on: listOf(address, "Changes that are made first."),
    manner: { type: "string", description: "How the servers do it, where it isn't plain." },
    health: listOf(ailment),
    vanished: { type: "boolean", description: "The base had it and its data is gone." },
    deleted_by: oneOf("removed", "prune"),
    position,
  },
);

export const drift = object(
  "A resource that isn't as declared: before is what the file says, after what the cluster holds.",
  {
    ...named,
    drift: oneOf("changed", "missing", "present", "ill"),
    change: values,
    fields: listOf(field),
    unmanaged: listOf(object("Set on the cluster and not in the file.", { path, message: text })),
    health: listOf(ailment),
    reverted: { ...flag, description: "Whether an apply would put it back." },
  },
  { position },
);

export const unverifiable = object("What can't be compared.", { address, path, message: text }, { position });

export const remark = object(
  "Something that is true of a resource and is not a change.",
  { address, path, type: oneOf("unmanaged", "check", "fault", "note"), message: text },
  { position },
);

export const orphan = object("Claimed, on the cluster, and not in the file.", {
  ...named,
  risks: listOf(risk),
});

export const guard = object(
  "A rule that holds the plan back.",
  { rule: oneOf("protect", "budget", "policy"), address, message: text, next: text },
  { position },
);

export const cluster = object("The servers, as they identify themselves.", {
  clusterId: text,
  servers: listOf(object("One server.", { name: text, detail: text })),
});
