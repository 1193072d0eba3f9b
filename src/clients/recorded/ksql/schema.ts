import {
  type Context,
  emptyContext,
  type SchemaColumn,
  schemaFromReport,
  typeFromReport,
} from "../../../ksql/canonical/index.ts";
import type { Column, DataType } from "../../../ksql/syntax/index.ts";
import type { KsqlField, KsqlType } from "../../ksql.ts";
import type { KsqlServerState } from "../state.ts";

/** What the recorded server knows, for the language's rules. */
export function contextOf({ sources, types }: KsqlServerState): Context {
  return {
    ...emptyContext,
    sources: new Map([...sources].map(([name, source]) => [name, schemaFromReport(source)])),
    types: new Map([...types].map(([name, type]) => [name, typeFromReport(type)])),
  };
}

/** A type as the server describes it; the keys of a MAP it doesn't tell. */
export function describedType(type: DataType): KsqlType {
  switch (type.kind) {
    case "named":
      return { type: "scalar", name: type.name };
    case "decimal":
      return { type: "DECIMAL", precision: type.precision, scale: type.scale };
    case "array":
      return { type: "ARRAY", member: describedType(type.element) };
    case "map":
      return { type: "MAP", member: describedType(type.value) };
    case "struct":
      return {
        type: "STRUCT",
        fields: type.fields.map((field) => ({ name: field.name.name, type: describedType(field.type) })),
      };
  }
}

/** The fields of a stream or table from its columns. */
export function fieldsOfColumns(columns: readonly Column[]): readonly KsqlField[] {
  return columns.map(({ name, type, constraint }) => ({
    name: name.name,
    type: describedType(type),
    role:
      constraint.kind === "none"
        ? "value"
        : constraint.kind === "headers" || constraint.kind === "header"
          ? "header"
          : "key",
    headerKey: constraint.kind === "header" ? constraint.key : null,
  }));
}

/** The fields of a query's result; a type that isn't certain offline is told to `doubt`. */
export function fieldsOfResult(
  columns: readonly SchemaColumn[],
  doubt: (column: string) => void,
): readonly KsqlField[] {
  return columns.map(({ name, type, role }) => {
    if (type === "unknown") doubt(name);
    return {
      name,
      type: type === "unknown" ? { type: "scalar", name: "UNKNOWN" } : describedType(type),
      role: role === "unknown" ? "value" : role,
      headerKey: null,
    };
  });
}

/** `` `ID` STRING KEY ``, as errors show columns. */
export function shownField({ name, type, role }: KsqlField): string {
  const suffix = role === "key" ? " KEY" : role === "header" ? " HEADERS" : "";
  return `\`${name}\` ${shownType(type)}${suffix}`;
}

/** A type in an error: the names of a STRUCT's fields in back quotes. */
export function shownType(type: KsqlType): string {
  switch (type.type) {
    case "scalar":
      return type.name;
    case "DECIMAL":
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case "ARRAY":
      return `ARRAY<${shownType(type.member)}>`;
    case "MAP":
      return `MAP<STRING, ${shownType(type.member)}>`;
    case "STRUCT":
      return `STRUCT<${type.fields.map((field) => `\`${field.name}\` ${shownType(field.type)}`).join(", ")}>`;
  }
}
