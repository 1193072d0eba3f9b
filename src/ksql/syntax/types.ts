import type { DataType, StructField } from "./ast.ts";
import type { Cursor } from "./cursor.ts";

/** A type, with any number of ARRAY behind it: `INT ARRAY` is `ARRAY<INT>`. */
export function parseType(cursor: Cursor): DataType {
  cursor.descend();
  let type = parsePlainType(cursor);
  let suffixes = 0;
  for (; cursor.acceptWords("ARRAY"); suffixes += 1) {
    cursor.descend();
    type = { kind: "array", element: type, span: cursor.spanFrom(type) };
  }
  for (; suffixes >= 0; suffixes -= 1) cursor.ascend();
  return type;
}

function parsePlainType(cursor: Cursor): DataType {
  const start = cursor.peek();
  if (cursor.acceptWords("DECIMAL")) {
    cursor.expectSymbol("(", "after DECIMAL", "give precision and scale: DECIMAL(10, 2)");
    const precision = parseSize(cursor, "the precision");
    cursor.expectSymbol(",", "after the precision", "give precision and scale: DECIMAL(10, 2)");
    const scale = parseSize(cursor, "the scale");
    cursor.expectSymbol(")", "to close DECIMAL");
    return { kind: "decimal", precision, scale, span: cursor.spanFrom(start) };
  }
  if (cursor.isWord("ARRAY")) {
    const [element] = typeArguments(cursor, "ARRAY<STRING>", () => [parseType(cursor)]);
    return { kind: "array", element, span: cursor.spanFrom(start) };
  }
  if (cursor.isWord("MAP")) {
    const [key, value] = typeArguments(cursor, "MAP<STRING, INTEGER>", () => {
      const keyType = parseType(cursor);
      cursor.expectSymbol(",", "after the type of the keys", "as in MAP<STRING, INTEGER>");
      return [keyType, parseType(cursor)] as const;
    });
    return { kind: "map", key, value, span: cursor.spanFrom(start) };
  }
  if (cursor.isWord("STRUCT")) {
    const fields = typeArguments(cursor, "STRUCT<A INTEGER, B STRING>", () => parseFields(cursor));
    return { kind: "struct", fields, span: cursor.spanFrom(start) };
  }
  const { name } = cursor.expectIdentifier("a type");
  const parameters = cursor.acceptSymbol("(")
    ? cursor.list(")", "parameter", () => parseParameter(cursor))
    : [];
  return { kind: "named", name, parameters, span: cursor.spanFrom(start) };
}

function typeArguments<T>(cursor: Cursor, example: string, rule: () => T): T {
  const { value } = cursor.next();
  cursor.expectSymbol("<", `after ${value}`, `as in ${example}`);
  const result = rule();
  cursor.expectSymbol(">", `to close ${value}<`);
  return result;
}

function parseFields(cursor: Cursor): readonly StructField[] {
  if (cursor.isSymbol(">")) return [];
  const fields: StructField[] = [];
  do {
    const name = cursor.expectIdentifier("the name of a field");
    fields.push({ name, type: parseType(cursor) });
  } while (cursor.acceptSymbol(","));
  return fields;
}

function parseSize(cursor: Cursor, what: string): number {
  const { kind, text } = cursor.peek();
  if (kind !== "integer") cursor.fail(`expected ${what}, a whole number`);
  if (text.length > 9) cursor.fail(`expected ${what} to be smaller`);
  return Number(cursor.next().text);
}

function parseParameter(cursor: Cursor): string {
  const token = cursor.peek();
  if (token.kind !== "integer" && !cursor.isWord("STRING")) cursor.fail("expected a number");
  cursor.next();
  return token.value;
}
