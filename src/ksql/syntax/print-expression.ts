import type { DataType, Expression, Literal, Predicate } from "./ast.ts";
import { printName, printText } from "./names.ts";

/** How closely an expression holds together; what is looser than its place gets parentheses. */
const binding = {
  OR: 1,
  AND: 2,
  not: 3,
  predicate: 4,
  "||": 5,
  sum: 6,
  product: 7,
  sign: 8,
  timeZone: 9,
  primary: 10,
} as const;

function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case "not":
      return binding.not;
    case "between":
    case "in":
    case "like":
    case "is-null":
    case "distinct":
      return binding.predicate;
    case "sign":
      return binding.sign;
    case "time-zone":
      return binding.timeZone;
    case "lambda":
      return 0;
    case "binary":
      return bindingOfOperator(expression.operator);
    default:
      return binding.primary;
  }
}

function bindingOfOperator(operator: string): number {
  if (operator === "OR" || operator === "AND" || operator === "||") return binding[operator];
  if (operator === "+" || operator === "-") return binding.sum;
  return operator === "*" || operator === "/" || operator === "%" ? binding.product : binding.predicate;
}

/** On one line, with no more parentheses than it takes to be read back as the same expression. */
export function printExpression(expression: Expression, loosest = 0): string {
  const text = printBare(expression);
  return bindingOf(expression) < loosest ? `(${text})` : text;
}

/** Where the grammar takes no AND, OR, NOT or predicate outside of parentheses. */
export function printValue(expression: Expression): string {
  return printExpression(expression, binding["||"]);
}

const commaSeparated = (expressions: readonly Expression[]) =>
  expressions.map((it) => printExpression(it)).join(", ");

function printBare(expression: Expression): string {
  switch (expression.kind) {
    case "null":
    case "boolean":
    case "string":
    case "number":
    case "variable":
      return printLiteral(expression);
    case "typed":
      return `${printName(expression.type)} ${printText(expression.value)}`;
    case "column":
      return printColumn(expression.source, expression.name);
    case "field":
      return `${printExpression(expression.base, binding.primary)}->${printName(expression.field)}`;
    case "subscript":
      return `${printExpression(expression.base, binding.primary)}[${printValue(expression.index)}]`;
    case "sign":
      return printSign(expression.sign, printExpression(expression.operand, binding.sign));
    case "not":
      return `NOT ${printExpression(expression.operand, binding.not)}`;
    case "binary": {
      const level = bindingOfOperator(expression.operator);
      // Comparisons don't chain; everything else groups from the left.
      const left = printExpression(expression.left, level === binding.predicate ? level + 1 : level);
      return `${left} ${expression.operator} ${printExpression(expression.right, level + 1)}`;
    }
    case "between":
    case "in":
    case "like":
    case "is-null":
    case "distinct":
      return printPredicate(expression);
    case "case":
      return printCase(expression);
    case "cast":
      return `CAST(${printExpression(expression.value)} AS ${printType(expression.type)})`;
    case "call":
      return `${printName(expression.name)}(${expression.star ? "*" : commaSeparated(expression.arguments)})`;
    case "lambda": {
      const parameters = expression.parameters.map(printName).join(", ");
      const list = expression.parameters.length === 1 ? parameters : `(${parameters})`;
      return `${list} => ${printExpression(expression.body)}`;
    }
    case "unit":
      return expression.unit;
    case "array":
      return `ARRAY[${commaSeparated(expression.elements)}]`;
    case "map": {
      const entries = expression.entries.map(
        (it) => `${printExpression(it.key)} := ${printExpression(it.value)}`,
      );
      return `MAP(${entries.join(", ")})`;
    }
    case "struct": {
      const fields = expression.fields.map((it) => `${printName(it.name)} := ${printExpression(it.value)}`);
      return `STRUCT(${fields.join(", ")})`;
    }
    case "time-zone":
      return `${printExpression(expression.value, binding.timeZone)} AT TIME ZONE ${printText(expression.zone)}`;
  }
}

export function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case "null":
      return "NULL";
    case "boolean":
      return literal.value ? "TRUE" : "FALSE";
    case "string":
      return printText(literal.value);
    case "number":
      return literal.text;
    case "variable":
      return `\${${literal.name}}`;
  }
}

/** A bare `${x}` would be read as a literal, so a column of that name is quoted. */
function printColumn(source: string | null, name: string): string {
  if (source !== null) return `${printName(source)}.${printName(name)}`;
  return name.startsWith("${") ? `\`${name.replaceAll("`", "``")}\`` : printName(name);
}

/** `--` would begin a comment, and `-5` is a number rather than a sign before one. */
function printSign(sign: "-" | "+", operand: string): string {
  if (sign === "+") return `+${operand}`;
  if (/^[0-9.]/.test(operand)) return `-(${operand})`;
  return operand.startsWith("-") ? `- ${operand}` : `-${operand}`;
}

function printPredicate(predicate: Predicate): string {
  const not = predicate.negated ? "NOT " : "";
  switch (predicate.kind) {
    case "between":
      return `${printValue(predicate.value)} ${not}BETWEEN ${printValue(predicate.low)} AND ${printValue(predicate.high)}`;
    case "in":
      return `${printValue(predicate.value)} ${not}IN (${commaSeparated(predicate.options)})`;
    case "like": {
      const escaped = predicate.escape === null ? "" : ` ESCAPE ${printText(predicate.escape)}`;
      return `${printValue(predicate.value)} ${not}LIKE ${printValue(predicate.pattern)}${escaped}`;
    }
    case "is-null":
      return `${printValue(predicate.value)} IS ${not}NULL`;
    case "distinct":
      return `${printValue(predicate.left)} IS ${not}DISTINCT FROM ${printValue(predicate.right)}`;
  }
}

function printCase(expression: Extract<Expression, { kind: "case" }>): string {
  const operand = expression.operand === null ? "" : ` ${printValue(expression.operand)}`;
  const branches = expression.branches.map(
    (it) => ` WHEN ${printExpression(it.condition)} THEN ${printExpression(it.result)}`,
  );
  const otherwise = expression.otherwise === null ? "" : ` ELSE ${printExpression(expression.otherwise)}`;
  return `CASE${operand}${branches.join("")}${otherwise} END`;
}

export function printType(type: DataType): string {
  switch (type.kind) {
    case "named": {
      const parameters = type.parameters.length > 0 ? `(${type.parameters.join(", ")})` : "";
      return `${printName(type.name)}${parameters}`;
    }
    case "decimal":
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case "array":
      return `ARRAY<${printType(type.element)}>`;
    case "map":
      return `MAP<${printType(type.key)}, ${printType(type.value)}>`;
    case "struct": {
      const fields = type.fields.map((it) => `${printName(it.name.name)} ${printType(it.type)}`);
      // `<>` would be read as "not equal".
      return `STRUCT<${fields.length === 0 ? " " : fields.join(", ")}>`;
    }
  }
}
