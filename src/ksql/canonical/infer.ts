import { type DataType, type Expression, nowhere } from "../syntax/index.ts";
import { arithmeticType, decimal, isNumber } from "./arithmetic.ts";
import { resultType } from "./functions.ts";
import { isSameType, primitive } from "./types.ts";

type Type = DataType | "unknown";
type ColumnReference = Extract<Expression, { kind: "column" }>;

/** The type of a canonical expression, where it is certain; NULL has none. */
export function typeOf(expression: Expression, typeOfColumn: (column: ColumnReference) => Type): Type {
  const of = (it: Expression): Type => typeOf(it, typeOfColumn);
  switch (expression.kind) {
    case "string":
      return primitive("STRING");
    case "number":
      return typeOfNumber(expression.text, expression.form);
    case "column":
      return typeOfColumn(expression);
    case "cast":
      return expression.type;
    case "boolean":
    case "not":
    case "between":
    case "in":
    case "like":
    case "is-null":
    case "distinct":
      return primitive("BOOLEAN");
    case "sign": {
      const type = of(expression.operand);
      return type !== "unknown" && isNumber(type) ? type : "unknown";
    }
    case "binary":
      return typeOfBinary(expression, of);
    case "case":
      return typeOfCase(expression, of);
    case "call":
      return resultType(expression.name, expression.arguments.map(of));
    case "field": {
      const base = of(expression.base);
      if (base === "unknown" || base.kind !== "struct") return "unknown";
      return base.fields.find(({ name }) => name.name === expression.field)?.type ?? "unknown";
    }
    case "subscript": {
      const base = of(expression.base);
      if (base === "unknown") return base;
      return base.kind === "array" ? base.element : base.kind === "map" ? base.value : "unknown";
    }
    case "array": {
      const element = common(expression.elements.map(of));
      return element === "unknown" ? element : { kind: "array", element, span: nowhere };
    }
    case "map": {
      const key = common(expression.entries.map((entry) => of(entry.key)));
      const value = common(expression.entries.map((entry) => of(entry.value)));
      return key === "unknown" || value === "unknown"
        ? "unknown"
        : { kind: "map", key, value, span: nowhere };
    }
    case "struct": {
      const fields: { name: { name: string; span: typeof nowhere }; type: DataType }[] = [];
      for (const { name, value } of expression.fields) {
        const type = of(value);
        if (type === "unknown") return "unknown";
        fields.push({ name: { name, span: nowhere }, type });
      }
      return { kind: "struct", fields, span: nowhere };
    }
    default:
      return "unknown";
  }
}

function typeOfNumber(text: string, form: "integer" | "decimal" | "double"): Type {
  if (form === "double") return primitive("DOUBLE");
  if (form === "integer")
    return primitive(BigInt.asIntN(32, BigInt(text)) === BigInt(text) ? "INTEGER" : "BIGINT");
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const digits = `${whole}${fraction}`.replace(/^0+/, "").length;
  return decimal(Math.max(digits, fraction.length, 1), fraction.length);
}

function typeOfBinary(
  expression: Extract<Expression, { kind: "binary" }>,
  of: (it: Expression) => Type,
): Type {
  const { operator } = expression;
  switch (operator) {
    case "+":
    case "-":
    case "*":
    case "/":
    case "%": {
      const [left, right] = [of(expression.left), of(expression.right)];
      return left === "unknown" || right === "unknown" ? "unknown" : arithmeticType(operator, left, right);
    }
    case "||":
      return resultType("CONCAT", [of(expression.left), of(expression.right)]);
    default:
      return primitive("BOOLEAN");
  }
}

/** NULL takes the type of the other branches; where they differ, ksqlDB refuses or widens. */
function typeOfCase(expression: Extract<Expression, { kind: "case" }>, of: (it: Expression) => Type): Type {
  const results = [...expression.branches.map(({ result }) => result), expression.otherwise];
  return common(
    results.filter((it) => it !== null && it.kind !== "null").map((it) => (it === null ? "unknown" : of(it))),
  );
}

function common(types: readonly Type[]): Type {
  const [first = "unknown"] = types;
  if (first === "unknown") return "unknown";
  return types.every((type) => type !== "unknown" && isSameType(type, first)) ? first : "unknown";
}
