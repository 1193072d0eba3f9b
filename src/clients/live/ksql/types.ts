import type { KsqlType } from "../../ksql.ts";
import { countAt, listAt, objectAt, objectOr, textAt, UnreadableAnswer } from "./json.ts";

/** Deeper than anybody's types, and far from the end of the stack. */
const DEEPEST = 200;

/** A `SchemaInfo`: a type with custom types put in. Throws UnreadableAnswer. */
export function typeOf(schema: unknown, part: string, depth = 0): KsqlType {
  if (depth > DEEPEST) throw new UnreadableAnswer(part);
  const { type, fields, memberSchema, parameters } = objectAt(schema, part);
  const name = textAt(type, `${part}.type`);
  switch (name) {
    case "ARRAY":
    case "MAP":
      return { type: name, member: typeOf(memberSchema, `${part}.memberSchema`, depth + 1) };
    case "STRUCT":
      return {
        type: name,
        fields: listAt(fields, `${part}.fields`).map((field, at) => {
          const inside = `${part}.fields[${at}]`;
          const { name, schema } = objectAt(field, inside);
          return {
            name: textAt(name, `${inside}.name`),
            type: typeOf(schema, `${inside}.schema`, depth + 1),
          };
        }),
      };
    case "DECIMAL": {
      const { precision, scale } = objectOr(parameters);
      return {
        type: name,
        precision: countAt(precision, `${part}.parameters.precision`),
        scale: countAt(scale, `${part}.parameters.scale`),
      };
    }
    default:
      return { type: "scalar", name };
  }
}
