import type { Expression, Interval, Join, Query, Relation, SelectItem, Window, Within } from "./ast.ts";
import { printName } from "./names.ts";
import { printExpression, printValue } from "./print-expression.ts";

/** One clause a line, and one column a line if there are several: made for line diffs. */
export function printQuery(query: Query): string {
  const lines = [
    printSelect(query.select),
    `FROM ${printRelation(query.from)}`,
    ...query.joins.map(printJoin),
    query.window && `WINDOW ${printWindow(query.window)}`,
    query.where && `WHERE ${printCondition(query.where)}`,
    query.groupBy && `GROUP BY ${printGrouping(query.groupBy)}`,
    query.partitionBy && `PARTITION BY ${printGrouping(query.partitionBy)}`,
    query.having && `HAVING ${printCondition(query.having)}`,
    query.emit && `EMIT ${query.emit.toUpperCase()}`,
    query.limit !== null && `LIMIT ${query.limit}`,
  ];
  return lines.filter((line) => typeof line === "string").join("\n");
}

function printSelect(items: readonly SelectItem[]): string {
  const [only, ...others] = items.map(printSelectItem);
  return others.length === 0 ? `SELECT ${only}` : `SELECT\n  ${[only, ...others].join(",\n  ")}`;
}

function printSelectItem(item: SelectItem): string {
  switch (item.kind) {
    case "star":
      return item.source === null ? "*" : `${printName(item.source.name)}.*`;
    case "struct-star":
      // The base is whatever can stand before `->`.
      return `${printExpression(item.base, 10)}->*`;
    case "expression": {
      const alias = item.alias === null ? "" : ` AS ${printName(item.alias.name)}`;
      return `${printExpression(item.expression)}${alias}`;
    }
  }
}

function printRelation({ source, alias }: Relation): string {
  return alias === null ? printName(source.name) : `${printName(source.name)} ${printName(alias.name)}`;
}

const joinWords = { inner: "JOIN", left: "LEFT JOIN", right: "RIGHT JOIN", full: "FULL JOIN" } as const;

function printJoin(join: Join): string {
  const within = join.within === null ? "" : ` WITHIN ${printWithin(join.within)}`;
  return `${joinWords[join.type]} ${printRelation(join.relation)}${within} ON ${printExpression(join.on)}`;
}

function printInterval({ size, unit }: Interval): string {
  return `${size} ${size === 1 ? unit.slice(0, -1) : unit}`;
}

function printWithin({ before, after, grace }: Within): string {
  const [first, second] = [printInterval(before), printInterval(after)];
  const sides = first === second ? first : `(${first}, ${second})`;
  return grace === null ? sides : `${sides} GRACE PERIOD ${printInterval(grace)}`;
}

function printWindow(window: Window): string {
  const size = printInterval(window.size);
  const parts = [
    window.type === "session" ? size : `SIZE ${size}`,
    window.advance && `ADVANCE BY ${printInterval(window.advance)}`,
    window.retention && `RETENTION ${printInterval(window.retention)}`,
    window.grace && `GRACE PERIOD ${printInterval(window.grace)}`,
  ];
  return `${window.type.toUpperCase()} (${parts.filter((part) => part !== null).join(", ")})`;
}

function printGrouping(expressions: readonly Expression[]): string {
  return expressions.length === 0 ? "()" : expressions.map(printValue).join(", ");
}

/** The operands of a chain of AND on lines of their own. */
function printCondition(condition: Expression): string {
  const operands: string[] = [];
  let rest = condition;
  while (rest.kind === "binary" && rest.operator === "AND") {
    operands.unshift(printExpression(rest.right, 3));
    rest = rest.left;
  }
  return [printExpression(rest, operands.length > 0 ? 2 : 0), ...operands].join("\n  AND ");
}
