import {
  type Column,
  type CreateAs,
  type CreateSource,
  type Declaration,
  type Literal,
  nowhere,
  printStatement,
} from "../syntax/index.ts";
import type { Context } from "./context.ts";
import { propertiesOf, usedTypes } from "./facts.ts";
import { canonicalProperties, propertyList, textLiteral, textOf } from "./properties.ts";
import { canonicalQuery } from "./query.ts";
import { inOrder } from "./reported.ts";
import { canonicalType } from "./types.ts";

/** A statement in the one form that everything of the same meaning has. */
export interface Canonical {
  readonly kind: "canonical";
  /** Compare this, or `text`, or use `differences`, which knows what the server adds and infers. */
  readonly statement: Declaration;
  /** `statement`, printed. */
  readonly text: string;
  /** `text` with `*` as it was written: for people. */
  readonly display: string;
  /** Whether `*` was written, so that the columns depend on the source's. */
  readonly starred: boolean;
  /** The topic settings given. Absent ones are the topic's own affair, and never a difference. */
  readonly topic: TopicSettings;
  /** QUERY_ID of an INSERT, upper-cased. */
  readonly queryId: string | null;
  /** Which columns are left to a schema registry. */
  readonly infers: { readonly key: boolean; readonly value: boolean };
  /**
   * What can't be known of the meaning, mostly for want of a source's schema. If there is any, neither a difference
   * nor its absence proves anything.
   */
  readonly unresolved: readonly string[];
}

export interface TopicSettings {
  readonly partitions: number | null;
  readonly replicas: number | null;
  readonly retentionMs: number | null;
}

/** The canonical form of a declaration, given what is known of the sources that it reads. */
export function canonicalize(declaration: Declaration, context: Context): Canonical {
  const [statement, unresolved] = canonicalStatement(declaration, context, true);
  const given = propertiesOf(declaration);
  const [display] = canonicalStatement(declaration, context, false);
  return {
    kind: "canonical",
    statement,
    text: printStatement(statement),
    display: printStatement(display),
    starred: "query" in declaration && declaration.query.select.some((item) => item.kind === "star"),
    topic: {
      partitions: wholeNumber(given.get("PARTITIONS")),
      replicas: wholeNumber(given.get("REPLICAS")),
      retentionMs: wholeNumber(given.get("RETENTION_MS")),
    },
    queryId: declaration.kind === "insert-select" ? optionalText(given.get("QUERY_ID")) : null,
    infers: inferredBy(statement),
    unresolved: [...unresolved, ...usedTypes(statement).map((type) => `what type ${type} is`)],
  };
}

function optionalText(value: Literal | undefined): string | null {
  return value === undefined ? null : textOf(value);
}

function wholeNumber(value: Literal | undefined): number | null {
  return value?.kind === "number" ? Number(value.text) : null;
}

function canonicalStatement(
  declaration: Declaration,
  context: Context,
  expandStars: boolean,
): [Declaration, readonly string[]] {
  switch (declaration.kind) {
    case "create-source":
      return [canonicalSource(declaration, context), []];
    case "create-as": {
      const { query, unresolved } = canonicalQuery(declaration.query, context, expandStars);
      return [
        { ...canonicalHead(declaration), with: sinkProperties(declaration, context), query },
        unresolved,
      ];
    }
    case "insert-select": {
      const { query, unresolved } = canonicalQuery(declaration.query, context, expandStars);
      const target = { name: declaration.target.name, span: nowhere };
      return [{ kind: "insert-select", target, with: [], query, span: nowhere }, unresolved];
    }
    case "create-type": {
      const type = canonicalType(declaration.type, context.types);
      const name = { name: declaration.name.name.toUpperCase(), span: nowhere };
      return [{ kind: "create-type", ifNotExists: false, name, type, span: nowhere }, []];
    }
  }
}

function canonicalHead<T extends CreateSource | CreateAs>(statement: T): T {
  const name = { name: statement.name.name, span: nowhere };
  return { ...statement, name, orReplace: false, ifNotExists: false, span: nowhere };
}

function canonicalSource(statement: CreateSource, context: Context): CreateSource {
  const properties = withoutTopicSettings(canonicalProperties(statement.with));
  if (!properties.has("KEY_FORMAT")) properties.set("KEY_FORMAT", textLiteral(context.defaults.keyFormat));
  const { valueFormat } = context.defaults;
  if (!properties.has("VALUE_FORMAT") && valueFormat !== null)
    properties.set("VALUE_FORMAT", textLiteral(valueFormat));
  for (const delimiter of ["KEY_DELIMITER", "VALUE_DELIMITER"]) {
    const value = properties.get(delimiter);
    if (value !== undefined && textOf(value) === ",") properties.delete(delimiter);
  }
  const columns = statement.columns.map(
    (column): Column => ({
      name: { name: column.name.name, span: nowhere },
      type: canonicalType(column.type, context.types),
      constraint: column.constraint,
      span: nowhere,
    }),
  );
  const ordered = inOrder(columns.map((column) => ({ column, role: roleOf(column) })));
  return {
    ...canonicalHead(statement),
    columns: ordered.map(({ column }) => column),
    with: propertyList(properties),
  };
}

export function roleOf({ constraint }: Column): "key" | "value" | "header" {
  switch (constraint.kind) {
    case "key":
    case "primary-key":
      return "key";
    case "headers":
    case "header":
      return "header";
    case "none":
      return "value";
  }
}

/** The topic is the upper-cased name, the formats are the first source's, unless they are given. */
function sinkProperties(statement: CreateAs, context: Context): CreateAs["with"] {
  const properties = withoutTopicSettings(canonicalProperties(statement.with));
  if (!properties.has("KAFKA_TOPIC")) {
    properties.set("KAFKA_TOPIC", textLiteral(`${context.defaults.topicPrefix}${statement.name.name}`));
  }
  const source = context.sources.get(statement.query.from.source.name);
  const inherits = (name: string, format: string | null | undefined) => {
    if (!properties.has(name) && format) properties.set(name, textLiteral(format));
  };
  inherits("VALUE_FORMAT", source?.valueFormat);
  // NONE isn't inherited by what gets a key, and PARTITION BY NULL gives up the key and its format.
  const losesKey = statement.query.partitionBy?.some(({ kind }) => kind === "null") ?? false;
  if (source?.keyFormat !== "NONE" && !losesKey) inherits("KEY_FORMAT", source?.keyFormat);
  return propertyList(properties);
}

function withoutTopicSettings(given: ReadonlyMap<string, Literal>): Map<string, Literal> {
  const properties = new Map(given);
  for (const name of ["PARTITIONS", "REPLICAS", "RETENTION_MS"]) properties.delete(name);
  return properties;
}

/** Formats whose schema registry can tell the columns. */
const registered = ["AVRO", "PROTOBUF", "JSON_SR"];

function inferredBy(statement: Declaration): Canonical["infers"] {
  if (statement.kind !== "create-source") return { key: false, value: false };
  const infers = (format: string, role: string) => {
    const value = statement.with.find(({ name }) => name === format)?.value;
    // A format that isn't given is the server's default, which may be one of these.
    const canInfer = value === undefined || registered.includes(textOf(value));
    return canInfer && !statement.columns.some((column) => roleOf(column) === role);
  };
  return { key: infers("KEY_FORMAT", "key"), value: infers("VALUE_FORMAT", "value") };
}
