import {
  type Literal,
  nowhere,
  type Property,
  parseExpressionText,
  printLiteral,
  printName,
} from "../syntax/index.ts";
import { millisecondsOf } from "./intervals.ts";

/** What the values of a WITH property mean; everything else is a text, taken as it is. */
const meanings: Readonly<Record<string, "upper-case" | "integer" | "boolean" | "column" | "duration">> = {
  FORMAT: "upper-case",
  KEY_FORMAT: "upper-case",
  VALUE_FORMAT: "upper-case",
  WINDOW_TYPE: "upper-case",
  QUERY_ID: "upper-case",
  PARTITIONS: "integer",
  REPLICAS: "integer",
  RETENTION_MS: "integer",
  KEY_SCHEMA_ID: "integer",
  VALUE_SCHEMA_ID: "integer",
  WRAP_SINGLE_VALUE: "boolean",
  TIMESTAMP: "column",
  WINDOW_SIZE: "duration",
};

const renamed: Readonly<Record<string, string>> = { VALUE_AVRO_SCHEMA_FULL_NAME: "VALUE_SCHEMA_FULL_NAME" };

/** The properties that a WITH clause gives: canonical names, canonical values, FORMAT taken apart. */
export function canonicalProperties(properties: readonly Property[]): ReadonlyMap<string, Literal> {
  const result = new Map<string, Literal>();
  for (const { name: written, value } of properties) {
    const upper = written.toUpperCase();
    // ksqlDB adds CLEANUP_POLICY itself and refuses it from anyone else.
    if (upper === "CLEANUP_POLICY") continue;
    const canonical = canonicalValue(upper, value);
    const names = upper === "FORMAT" ? ["KEY_FORMAT", "VALUE_FORMAT"] : [renamed[upper] ?? upper];
    for (const name of names) result.set(name, canonical);
  }
  return result;
}

/** Back to a WITH clause, sorted by name. */
export function propertyList(properties: ReadonlyMap<string, Literal>): readonly Property[] {
  return [...properties]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => ({ name, value, span: nowhere }));
}

/** A literal's value as text, whether it was quoted or not. */
export function textOf(value: Literal): string {
  return value.kind === "string" ? value.value : printLiteral(value);
}

export function textLiteral(value: string): Literal {
  return { kind: "string", value, span: nowhere };
}

function canonicalValue(name: string, value: Literal): Literal {
  if (value.kind === "variable") return { ...value, span: nowhere };
  const text = textOf(value);
  switch (meanings[name]) {
    case "upper-case":
      return textLiteral(text.toUpperCase());
    case "integer":
      return /^-?\d+$/.test(text.trim()) ? integerLiteral(text.trim()) : textLiteral(text);
    case "boolean": {
      const lower = text.trim().toLowerCase();
      const isBoolean = lower === "true" || lower === "false";
      return isBoolean ? { kind: "boolean", value: lower === "true", span: nowhere } : textLiteral(text);
    }
    case "column":
      return textLiteral(columnText(text));
    case "duration":
      return textLiteral(durationText(text));
    default:
      return textLiteral(text);
  }
}

function integerLiteral(text: string): Literal {
  return { kind: "number", text: BigInt(text).toString(), form: "integer", span: nowhere };
}

/** TIMESTAMP='ts' names the column TS, and '`ts`' the column ts. */
function columnText(text: string): string {
  const column = parseExpressionText(text);
  return "kind" in column && column.kind === "column" ? printName(column.name) : text;
}

/** WINDOW_SIZE='10 SECONDS', in milliseconds. */
function durationText(text: string): string {
  const match = /^\s*(\d+)\s+(DAY|HOUR|MINUTE|SECOND|MILLISECOND)S?\s*$/i.exec(text);
  const size = Number(match?.[1]);
  const unit = (["DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS"] as const).find(
    (it) => it === `${match?.[2]?.toUpperCase()}S`,
  );
  if (unit === undefined) return text;
  return `${millisecondsOf({ size, unit, span: nowhere })} MILLISECONDS`;
}
