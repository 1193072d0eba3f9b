import { type Expression, printExpression } from "../../../src/ksql/syntax/index.ts";

/** An expression with every pair of parentheses, written without knowledge of precedence. */
export function grouped(expression: Expression): string {
  const all = (list: readonly Expression[]) => list.map(grouped).join(", ");
  switch (expression.kind) {
    case "binary":
      return `(${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)})`;
    case "sign":
      return `(${expression.sign} ${grouped(expression.operand)})`;
    case "not":
      return `(NOT ${grouped(expression.operand)})`;
    case "field":
      return `(${grouped(expression.base)}->${expression.field})`;
    case "subscript":
      return `(${grouped(expression.base)}[${grouped(expression.index)}])`;
    case "between": {
      const not = expression.negated ? "NOT " : "";
      return `(${grouped(expression.value)} ${not}BETWEEN ${grouped(expression.low)} AND ${grouped(expression.high)})`;
    }
    case "in":
      return `(${grouped(expression.value)} IN (${all(expression.options)}))`;
    case "like":
    case "is-null":
      return `(${printExpression(expression)})`;
    case "distinct": {
      const not = expression.negated ? "NOT " : "";
      return `(${grouped(expression.left)} IS ${not}DISTINCT FROM ${grouped(expression.right)})`;
    }
    case "time-zone":
      return `(${grouped(expression.value)} AT TIME ZONE '${expression.zone}')`;
    case "unit":
      return `unit ${expression.unit}`;
    case "lambda":
      return `((${expression.parameters.join(", ")}) => ${grouped(expression.body)})`;
    case "call":
      return `${expression.name}(${expression.star ? "*" : all(expression.arguments)})`;
    case "map":
      return `MAP(${expression.entries.map((it) => `${grouped(it.key)} := ${grouped(it.value)}`).join(", ")})`;
    case "case": {
      const operand = expression.operand ? ` ${grouped(expression.operand)}` : "";
      const branches = expression.branches.map(
        (it) => ` WHEN ${grouped(it.condition)} THEN ${grouped(it.result)}`,
      );
      const otherwise = expression.otherwise ? ` ELSE ${grouped(expression.otherwise)}` : "";
      return `(CASE${operand}${branches.join("")}${otherwise} END)`;
    }
    default:
      return printExpression(expression);
  }
}
