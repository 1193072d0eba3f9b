import {
  type Expression,
  type Predicate,
  printLiteral,
  printName,
  printType,
} from "../../../ksql/syntax/index.ts";

/** An expression as the server writes it (its ExpressionFormatter): every operator in parentheses. */
export function printServerExpression(expression: Expression): string {
  const print = printServerExpression;
  const list = (expressions: readonly Expression[]) => expressions.map(print).join(", ");
  switch (expression.kind) {
    case "null":
      return "null";
    case "boolean":
      return String(expression.value);
    case "string":
    case "number":
    case "variable":
      return printLiteral(expression);
    case "typed":
      return `${expression.type} ${quoted(expression.value)}`;
    case "column": {
      const source = expression.source === null ? "" : `${printName(expression.source)}.`;
      return `${source}${printName(expression.name)}`;
    }
    case "field":
      return `${print(expression.base)}->${printName(expression.field)}`;
    case "subscript":
      return `${print(expression.base)}[${print(expression.index)}]`;
    case "sign": {
      const operand = print(expression.operand);
      return `${expression.sign}${operand.startsWith("-") ? " " : ""}${operand}`;
    }
    case "not":
      return `(NOT ${print(expression.operand)})`;
    case "binary":
      if (expression.operator === "||") return `CONCAT(${list([expression.left, expression.right])})`;
      return `(${print(expression.left)} ${expression.operator} ${print(expression.right)})`;
    case "between":
    case "in":
    case "like":
    case "is-null":
    case "distinct":
      return printPredicate(expression);
    case "case": {
      const branches = expression.branches.map(
        ({ condition, result }) => ` WHEN ${print(condition)} THEN ${print(result)}`,
      );
      const otherwise = expression.otherwise ? ` ELSE ${print(expression.otherwise)}` : "";
      return `(CASE${expression.operand ? ` ${print(expression.operand)}` : ""}${branches.join("")}${otherwise} END)`;
    }
    case "cast":
      return `CAST(${print(expression.value)} AS ${printType(expression.type)})`;
    case "call": {
      const star = expression.name.toUpperCase() === "COUNT" && expression.arguments.length === 0;
      return `${expression.name.toUpperCase()}(${star ? "*" : list(expression.arguments)})`;
    }
    case "lambda": {
      const parameters = expression.parameters.map(printName).join(", ");
      return `(${parameters}) => ${print(expression.body)}`;
    }
    case "unit":
      return expression.unit;
    case "array":
      return `ARRAY[${list(expression.elements)}]`;
    case "map":
      return `MAP(${expression.entries.map((it) => `${print(it.key)}:=${print(it.value)}`).join(", ")})`;
    case "struct": {
      const fields = expression.fields.map(({ name, value }) => `${printName(name)}:=${print(value)}`);
      return `STRUCT(${fields.join(", ")})`;
    }
    case "time-zone":
      return `${print(expression.value)} AT TIME ZONE ${quoted(expression.zone)}`;
  }
}

/** A negation stands outside: `(NOT (A IN (1, 2)))`. */
function printPredicate(predicate: Predicate): string {
  const print = printServerExpression;
  const outside = (text: string) => (predicate.negated ? `(NOT ${text})` : text);
  switch (predicate.kind) {
    case "between":
      return outside(
        `(${print(predicate.value)} BETWEEN ${print(predicate.low)} AND ${print(predicate.high)})`,
      );
    case "in":
      return outside(`(${print(predicate.value)} IN (${predicate.options.map(print).join(", ")}))`);
    case "like": {
      const escaped = predicate.escape === null ? "" : ` ESCAPE ${quoted(predicate.escape)}`;
      return outside(`(${print(predicate.value)} LIKE ${print(predicate.pattern)}${escaped})`);
    }
    case "is-null":
      return `(${print(predicate.value)} IS ${predicate.negated ? "NOT " : ""}NULL)`;
    case "distinct": {
      const not = predicate.negated ? "NOT " : "";
      return `(${print(predicate.left)} IS ${not}DISTINCT FROM ${print(predicate.right)})`;
    }
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
