import type { Expression } from "./ast.ts";

/** The expressions directly inside of one. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "field":
      return [expression.base];
    case "subscript":
      return [expression.base, expression.index];
    case "sign":
    case "not":
      return [expression.operand];
    case "binary":
    case "distinct":
      return [expression.left, expression.right];
    case "between":
      return [expression.value, expression.low, expression.high];
    case "in":
      return [expression.value, ...expression.options];
    case "like":
      return [expression.value, expression.pattern];
    case "is-null":
    case "cast":
    case "time-zone":
      return [expression.value];
    case "case": {
      const branches = expression.branches.flatMap(({ condition, result }) => [condition, result]);
      return [expression.operand, ...branches, expression.otherwise].filter((it) => it !== null);
    }
    case "call":
      return expression.arguments;
    case "lambda":
      return [expression.body];
    case "array":
      return expression.elements;
    case "map":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "struct":
      return expression.fields.map(({ value }) => value);
    default:
      return [];
  }
}

/** The same expression with its direct parts replaced. */
export function mapChildren(expression: Expression, map: (child: Expression) => Expression): Expression {
  switch (expression.kind) {
    case "field":
      return { ...expression, base: map(expression.base) };
    case "subscript":
      return { ...expression, base: map(expression.base), index: map(expression.index) };
    case "sign":
    case "not":
      return { ...expression, operand: map(expression.operand) };
    case "binary":
    case "distinct":
      return { ...expression, left: map(expression.left), right: map(expression.right) };
    case "between": {
      const { value, low, high } = expression;
      return { ...expression, value: map(value), low: map(low), high: map(high) };
    }
    case "in":
      return { ...expression, value: map(expression.value), options: expression.options.map(map) };
    case "like":
      return { ...expression, value: map(expression.value), pattern: map(expression.pattern) };
    case "is-null":
    case "cast":
    case "time-zone":
      return { ...expression, value: map(expression.value) };
    case "case":
      return {
        ...expression,
        operand: expression.operand && map(expression.operand),
        branches: expression.branches.map((it) => ({ condition: map(it.condition), result: map(it.result) })),
        otherwise: expression.otherwise && map(expression.otherwise),
      };
    case "call":
      return { ...expression, arguments: expression.arguments.map(map) };
    case "lambda":
      return { ...expression, body: map(expression.body) };
    case "array":
      return { ...expression, elements: expression.elements.map(map) };
    case "map":
      return {
        ...expression,
        entries: expression.entries.map(({ key, value }) => ({ key: map(key), value: map(value) })),
      };
    case "struct":
      return {
        ...expression,
        fields: expression.fields.map(({ name, value }) => ({ name, value: map(value) })),
      };
    default:
      return expression;
  }
}
