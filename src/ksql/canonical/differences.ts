import {
  type Column,
  type Declaration,
  printColumn,
  printLiteral,
  printQuery,
  printType,
} from "../syntax/index.ts";
import { type Canonical, roleOf, type TopicSettings } from "./canonicalize.ts";

/** One thing in which two definitions differ, as texts; null: not there. */
export interface CanonicalDifference {
  readonly part: "kind" | "name" | "columns" | "property" | "query" | "type";
  /** Of a property: its name. */
  readonly property?: string;
  readonly actual: string | null;
  readonly desired: string | null;
}

/**
 * In what a definition differs from the one that the server has; nothing if they mean the same. What the user left
 * to the server is no difference: topic settings, inferred columns, a default format.
 */
export function differences(desired: Canonical, actual: Canonical): readonly CanonicalDifference[] {
  const [left, right] = [desired.statement, actual.statement];
  const kinds = difference("kind", kindOf(left), kindOf(right));
  if (kinds.length > 0) return kinds;
  return [
    ...difference("name", nameOf(left), nameOf(right)),
    ...columnDifferences(desired, actual),
    ...propertyDifferences(desired, actual),
    ...difference("query", queryText(left), queryText(right)),
    ...difference("type", typeText(left), typeText(right)),
  ];
}

function difference(
  part: CanonicalDifference["part"],
  desired: string | null,
  actual: string | null,
): readonly CanonicalDifference[] {
  return desired === actual ? [] : [{ part, actual, desired }];
}

function kindOf(statement: Declaration): string {
  switch (statement.kind) {
    case "create-source":
      return `CREATE ${statement.readOnly ? "SOURCE " : ""}${statement.type.toUpperCase()}`;
    case "create-as":
      return `CREATE ${statement.type.toUpperCase()} AS SELECT`;
    case "insert-select":
      return "INSERT INTO";
    case "create-type":
      return "CREATE TYPE";
  }
}

function nameOf(statement: Declaration): string {
  return statement.kind === "insert-select" ? statement.target.name : statement.name.name;
}

function queryText(statement: Declaration): string | null {
  return "query" in statement ? printQuery(statement.query) : null;
}

function typeText(statement: Declaration): string | null {
  return statement.kind === "create-type" ? printType(statement.type) : null;
}

function columnDifferences(desired: Canonical, actual: Canonical): readonly CanonicalDifference[] {
  const columnsOf = ({ statement }: Canonical) =>
    statement.kind === "create-source" ? statement.columns : [];
  const { key, value } = desired.infers;
  const compared = (column: Column) => {
    const role = roleOf(column);
    return role === "key" ? !key : role === "header" || !value;
  };
  const text = (columns: readonly Column[]) => columns.filter(compared).map(printColumn).join(",\n");
  return difference("columns", text(columnsOf(desired)), text(columnsOf(actual)));
}

const topicProperties: readonly (readonly [keyof TopicSettings, string])[] = [
  ["partitions", "PARTITIONS"],
  ["replicas", "REPLICAS"],
  ["retentionMs", "RETENTION_MS"],
];

function propertyDifferences(desired: Canonical, actual: Canonical): readonly CanonicalDifference[] {
  const [wanted, found] = [propertiesOf(desired), propertiesOf(actual)];
  const names = [...new Set([...wanted.keys(), ...found.keys()])].toSorted();
  const properties = names
    .filter((property) => wanted.has(property) || isSignificantWhenAbsent(property, desired))
    .flatMap((property) =>
      difference("property", wanted.get(property) ?? null, found.get(property) ?? null).map((it) => ({
        ...it,
        property,
      })),
    );
  const settings = topicProperties.flatMap(([key, property]) => {
    const [want, have] = [desired.topic[key], actual.topic[key]];
    if (want === null || have === null || want === have) return [];
    return [{ part: "property" as const, property, actual: `${have}`, desired: `${want}` }];
  });
  return [...properties, ...settings];
}

function propertiesOf({ statement }: Canonical): ReadonlyMap<string, string> {
  if (statement.kind === "create-type") return new Map();
  return new Map(statement.with.map(({ name, value }) => [name, printLiteral(value)]));
}

/**
 * Whether leaving a WITH property out says something. It doesn't where the server fills it in from the topic, its
 * configuration or a schema registry.
 */
export function isSignificantWhenAbsent(property: string, desired: Canonical): boolean {
  switch (property) {
    case "CLEANUP_POLICY":
    case "PARTITIONS":
    case "REPLICAS":
    case "RETENTION_MS":
      return false;
    case "VALUE_FORMAT":
      return desired.statement.kind !== "create-source";
    case "KEY_SCHEMA_FULL_NAME":
      return !desired.infers.key && !has(desired, "KEY_SCHEMA_ID");
    case "VALUE_SCHEMA_FULL_NAME":
      return !desired.infers.value && !has(desired, "VALUE_SCHEMA_ID");
    default:
      return true;
  }
}

function has(desired: Canonical, property: string): boolean {
  return propertiesOf(desired).has(property);
}
