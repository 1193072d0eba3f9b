import { type DataType, nowhere, type SourceType } from "../syntax/index.ts";
import type { SchemaColumn, SourceSchema } from "./context.ts";
import { primitive } from "./types.ts";

/** A type as the server describes it. The keys of a MAP aren't told, and are nearly always STRING. */
type ReportedType =
  | { readonly type: "ARRAY" | "MAP"; readonly member: ReportedType }
  | {
      readonly type: "STRUCT";
      readonly fields: readonly { readonly name: string; readonly type: ReportedType }[];
    }
  | { readonly type: "DECIMAL"; readonly precision: number; readonly scale: number }
  | { readonly type: "scalar"; readonly name: string };

/** A stream or table as the server describes it. */
export interface ReportedSource {
  readonly type: SourceType;
  readonly windowType: string | null;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly fields: readonly {
    readonly name: string;
    readonly type: ReportedType;
    readonly role: "key" | "value" | "header";
  }[];
}

export function typeFromReport(reported: ReportedType): DataType {
  switch (reported.type) {
    case "ARRAY":
      return { kind: "array", element: typeFromReport(reported.member), span: nowhere };
    case "MAP":
      return { kind: "map", key: primitive("STRING"), value: typeFromReport(reported.member), span: nowhere };
    case "STRUCT": {
      const fields = reported.fields.map(({ name, type }) => ({
        name: { name, span: nowhere },
        type: typeFromReport(type),
      }));
      return { kind: "struct", fields, span: nowhere };
    }
    case "DECIMAL":
      return { kind: "decimal", precision: reported.precision, scale: reported.scale, span: nowhere };
    case "scalar":
      return primitive(reported.name);
  }
}

/** What the server tells of a source, for the context of the statements that read it. */
export function schemaFromReport(source: ReportedSource): SourceSchema {
  const columns: readonly SchemaColumn[] = source.fields.map(({ name, type, role }) => ({
    name,
    type: typeFromReport(type),
    role,
  }));
  return {
    type: source.type,
    windowed: source.windowType !== null,
    keyFormat: source.keyFormat.toUpperCase(),
    valueFormat: source.valueFormat.toUpperCase(),
    columns: inOrder(columns),
  };
}

const order: readonly SchemaColumn["role"][] = ["key", "unknown", "value", "header"];

/** Keys before values before headers, each as given: the order in which ksqlDB keeps them. */
export function inOrder<T extends { readonly role: SchemaColumn["role"] }>(
  columns: readonly T[],
): readonly T[] {
  return columns.toSorted((left, right) => order.indexOf(left.role) - order.indexOf(right.role));
}
