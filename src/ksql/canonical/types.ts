import { type DataType, nowhere, printType } from "../syntax/index.ts";

const synonyms: Readonly<Record<string, string>> = { INT: "INTEGER", VARCHAR: "STRING" };
const primitives = new Set(
  "BOOLEAN INTEGER BIGINT DOUBLE STRING BYTES DATE TIME TIMESTAMP".split(" ").concat(Object.keys(synonyms)),
);

/** A primitive type by its own name, such as STRING. */
export function primitive(name: string): DataType {
  return { kind: "named", name, parameters: [], span: nowhere };
}

/** The one spelling of a type: without synonyms and meaningless parameters, custom types replaced by what they are. */
export function canonicalType(
  type: DataType,
  types: ReadonlyMap<string, DataType>,
  within: readonly string[] = [],
): DataType {
  const inner = (it: DataType) => canonicalType(it, types, within);
  switch (type.kind) {
    case "named": {
      const name = type.name.toUpperCase();
      if (primitives.has(name)) return primitive(synonyms[name] ?? name);
      const custom = within.includes(name) ? undefined : types.get(name);
      return custom === undefined ? primitive(name) : canonicalType(custom, types, [...within, name]);
    }
    case "decimal":
      return { ...type, span: nowhere };
    case "array":
      return { kind: "array", element: inner(type.element), span: nowhere };
    case "map":
      return { kind: "map", key: inner(type.key), value: inner(type.value), span: nowhere };
    case "struct": {
      const fields = type.fields.map((it) => ({
        name: { name: it.name.name, span: nowhere },
        type: inner(it.type),
      }));
      return { kind: "struct", fields, span: nowhere };
    }
  }
}

/** A canonical type; `unknown` if it still holds a custom type, which then isn't known. */
export function knownType(type: DataType): DataType | "unknown" {
  return customTypesOf(type).length > 0 ? "unknown" : type;
}

/** Whether two canonical types are one. */
export function isSameType(left: DataType, right: DataType): boolean {
  return printType(left) === printType(right);
}

/** The custom types that a type names, upper-cased, directly or inside of it. */
export function customTypesOf(type: DataType): readonly string[] {
  switch (type.kind) {
    case "named": {
      const name = type.name.toUpperCase();
      return primitives.has(name) ? [] : [name];
    }
    case "decimal":
      return [];
    case "array":
      return customTypesOf(type.element);
    case "map":
      return [...customTypesOf(type.key), ...customTypesOf(type.value)];
    case "struct":
      return type.fields.flatMap((field) => customTypesOf(field.type));
  }
}
