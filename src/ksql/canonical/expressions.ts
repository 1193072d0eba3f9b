import { childrenOf, type Expression, mapChildren, nowhere, printExpression } from "../syntax/index.ts";
import type { Context } from "./context.ts";
import { canonicalNumber, negated, withoutScale } from "./numbers.ts";
import { canonicalType } from "./types.ts";

type ColumnReference = Extract<Expression, { kind: "column" }>;

/** How the columns of an expression are written in its canonical form. */
export type Resolve = (column: ColumnReference) => ColumnReference;

/** The one spelling of an expression among those that ksqlDB evaluates alike. */
export function canonicalExpression(expression: Expression, resolve: Resolve, context: Context): Expression {
  const taken = freeNames(expression, new Set());
  /** `bound`: the names of the parameters around; `depth`: how many these are. */
  const visit = (node: Expression, bound: ReadonlyMap<string, string>, depth: number): Expression => {
    if (node.kind === "column") {
      const parameter = node.source === null ? bound.get(node.name) : undefined;
      if (parameter === undefined) return { ...resolve(node), span: nowhere };
      return { kind: "column", source: null, name: parameter, span: nowhere };
    }
    if (node.kind === "lambda") {
      const parameters = pickNames(node.parameters.length, depth, taken);
      const inner = new Map(bound);
      node.parameters.forEach((name, at) => {
        inner.set(name, parameters[at] ?? name);
      });
      const body = visit(node.body, inner, depth + parameters.length);
      return { kind: "lambda", parameters, body, span: nowhere };
    }
    const rewritten = mapChildren(node, (child) => visit(child, bound, depth));
    return fold({ ...rewritten, span: nowhere }, context);
  };
  return visit(expression, new Map(), 0);
}

/** The columns that no lambda binds. */
function freeNames(expression: Expression, bound: ReadonlySet<string>): ReadonlySet<string> {
  if (expression.kind === "column") {
    const isBound = expression.source === null && bound.has(expression.name);
    return new Set(isBound ? [] : [expression.name]);
  }
  const inner = expression.kind === "lambda" ? new Set([...bound, ...expression.parameters]) : bound;
  const names = new Set<string>();
  for (const child of childrenOf(expression)) for (const name of freeNames(child, inner)) names.add(name);
  return names;
}

/** Names for a lambda's parameters that depend on their places only: X1, X2, ... */
function pickNames(count: number, depth: number, taken: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  for (let number = 1; names.length < depth + count; number += 1) {
    if (!taken.has(`X${number}`)) names.push(`X${number}`);
  }
  return names.slice(depth);
}

/** One node, whose parts are canonical already. */
function fold(node: Expression, context: Context): Expression {
  switch (node.kind) {
    case "number":
      return canonicalNumber(node);
    case "sign":
      if (node.sign === "+") return node.operand;
      return node.operand.kind === "number" ? negated(node.operand) : node;
    case "not":
      return foldNot(node);
    case "binary":
      return foldBinary(node);
    case "between":
      return {
        ...node,
        value: valueOnly(node.value),
        low: valueOnly(node.low),
        high: valueOnly(node.high),
      };
    case "in": {
      const options = new Map(node.options.map((it) => [printExpression(valueOnly(it)), valueOnly(it)]));
      const sorted = [...options].toSorted(([left], [right]) => (left < right ? -1 : 1));
      return { ...node, value: valueOnly(node.value), options: sorted.map(([, option]) => option) };
    }
    case "distinct":
      return { ...node, left: valueOnly(node.left), right: valueOnly(node.right) };
    case "case":
      return node.otherwise?.kind === "null" ? { ...node, otherwise: null } : node;
    case "cast":
      return { ...node, type: canonicalType(node.type, context.types) };
    case "typed":
      return { ...node, type: node.type.toUpperCase() };
    case "call": {
      // ksqlDB keeps a star as no arguments, and functions without regard to case.
      const name = node.name.toUpperCase();
      return { ...node, name, star: name === "COUNT" && node.arguments.length === 0 };
    }
    default:
      return node;
  }
}

/** `NOT (a IN (1))` is `a NOT IN (1)`. NOT (a = b) isn't a <> b where one is NULL. */
function foldNot(node: Extract<Expression, { kind: "not" }>): Expression {
  const { operand } = node;
  switch (operand.kind) {
    case "not":
      return operand.operand;
    case "in":
    case "like":
    case "between":
    case "distinct":
    case "is-null":
      return { ...operand, negated: !operand.negated };
    default:
      return node;
  }
}

function foldBinary(node: Extract<Expression, { kind: "binary" }>): Expression {
  const { operator, left, right } = node;
  switch (operator) {
    case "||":
      return { kind: "call", name: "CONCAT", star: false, arguments: [left, right], span: nowhere };
    case "AND":
    case "OR":
      // `a AND (b AND c)` is `a AND b AND c`, grouped from the left.
      if (right.kind !== "binary" || right.operator !== operator) return node;
      return { ...node, left: foldBinary({ ...node, left, right: right.left }), right: right.right };
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return { ...node, left: valueOnly(left), right: valueOnly(right) };
    default:
      return node;
  }
}

function valueOnly(expression: Expression): Expression {
  return expression.kind === "number" ? withoutScale(expression) : expression;
}
