import { type DataType, nowhere } from "../syntax/index.ts";
import { isNamed } from "./functions.ts";
import { primitive } from "./types.ts";

type Decimal = Extract<DataType, { kind: "decimal" }>;
type Operator = "+" | "-" | "*" | "/" | "%";

/** The type of a sum, product and so on, by ksqlDB's rules: the wider of both, decimals growing (its SqlDecimal). */
export function arithmeticType(operator: Operator, left: DataType, right: DataType): DataType | "unknown" {
  if (isNamed(left, ["STRING"]) && isNamed(right, ["STRING"])) return operator === "+" ? left : "unknown";
  if (!isNumber(left) || !isNumber(right)) return "unknown";
  if (isNamed(left, ["DOUBLE"]) || isNamed(right, ["DOUBLE"])) return primitive("DOUBLE");
  if (left.kind === "decimal" || right.kind === "decimal") {
    const [first, second] = [asDecimal(left), asDecimal(right)];
    return first === undefined || second === undefined ? "unknown" : decimalType(operator, first, second);
  }
  return primitive(isNamed(left, ["BIGINT"]) || isNamed(right, ["BIGINT"]) ? "BIGINT" : "INTEGER");
}

export function isNumber(type: DataType): boolean {
  return type.kind === "decimal" || isNamed(type, ["INTEGER", "BIGINT", "DOUBLE"]);
}

export function decimal(precision: number, scale: number): Decimal {
  return { kind: "decimal", precision, scale, span: nowhere };
}

function asDecimal(type: DataType): Decimal | undefined {
  if (type.kind === "decimal") return type;
  if (isNamed(type, ["INTEGER"])) return decimal(10, 0);
  return isNamed(type, ["BIGINT"]) ? decimal(19, 0) : undefined;
}

function decimalType(operator: Operator, left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  const [leftWhole, rightWhole] = [left.precision - left.scale, right.precision - right.scale];
  switch (operator) {
    case "+":
    case "-":
      return decimal(scale + Math.max(leftWhole, rightWhole) + 1, scale);
    case "*":
      return decimal(left.precision + right.precision + 1, left.scale + right.scale);
    case "/": {
      const digits = Math.max(6, left.scale + right.precision + 1);
      return decimal(leftWhole + right.scale + digits, digits);
    }
    case "%":
      return decimal(Math.min(leftWhole, rightWhole) + scale, scale);
  }
}
