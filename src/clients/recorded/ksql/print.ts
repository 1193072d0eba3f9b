import {
  type Column,
  type CreateAs,
  type CreateSource,
  type Interval,
  type Join,
  type Property,
  printLiteral,
  printName,
  printType,
  type Query,
  type Relation,
  type SelectItem,
  type Window,
  type Within,
} from "../../../ksql/syntax/index.ts";
import { printServerExpression as print } from "./print-expression.ts";

/** A CREATE as the server writes it (its SqlFormatter), with its semicolon. */
export function printCreate(statement: CreateSource | CreateAs): string {
  const words = [
    "CREATE",
    ...(statement.orReplace ? ["OR REPLACE"] : []),
    ...(statement.kind === "create-source" && statement.readOnly ? ["SOURCE"] : []),
    statement.type.toUpperCase(),
    ...(statement.ifNotExists ? ["IF NOT EXISTS"] : []),
    printName(statement.name.name),
    ...(statement.kind === "create-source" && statement.columns.length > 0
      ? [`(${statement.columns.map(printColumn).join(", ")})`]
      : []),
    `WITH (${printProperties(statement.with)})`,
    ...(statement.kind === "create-as" ? [`AS ${printQuery(statement.query)}`] : []),
  ];
  return `${words.join(" ")};`;
}

function printColumn({ name, type, constraint }: Column): string {
  const parts = [printName(name.name), printType(type)];
  switch (constraint.kind) {
    case "none":
      break;
    case "key":
      parts.push("KEY");
      break;
    case "primary-key":
      parts.push("PRIMARY KEY");
      break;
    case "headers":
      parts.push("HEADERS");
      break;
    case "header":
      parts.push(`HEADER('${constraint.key}')`);
      break;
  }
  return parts.join(" ");
}

/** Sorted by name. */
function printProperties(properties: readonly Property[]): string {
  return properties
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, value }) => {
      const text = value.kind === "boolean" ? String(value.value) : printLiteral(value);
      return `${name}=${text}`;
    })
    .join(", ");
}

function printQuery(query: Query): string {
  const items = query.select.map(printItem);
  const lines = [
    items.length === 1 ? `SELECT ${items[0]}` : `SELECT\n  ${items.join(",\n  ")}`,
    `FROM ${printRelation(query.from)}`,
    ...query.joins.map(printJoin),
    ...(query.window ? [`WINDOW ${printWindow(query.window)} `] : []),
    ...(query.where ? [`WHERE ${print(query.where)}`] : []),
    ...(query.groupBy ? [`GROUP BY ${query.groupBy.map(print).join(", ")}`] : []),
    ...(query.partitionBy ? [`PARTITION BY ${query.partitionBy.map(print).join(", ")}`] : []),
    ...(query.having ? [`HAVING ${print(query.having)}`] : []),
    `EMIT ${(query.emit ?? "changes").toUpperCase()}`,
    ...(query.limit === null ? [] : [`LIMIT ${query.limit}`]),
  ];
  return lines.join("\n");
}

function printItem(item: SelectItem): string {
  switch (item.kind) {
    case "star":
      return item.source ? `${printName(item.source.name)}.*` : "*";
    case "struct-star":
      return `${print(item.base)}->*`;
    case "expression":
      return `${print(item.expression)}${item.alias ? ` ${printName(item.alias.name)}` : ""}`;
  }
}

function printRelation({ source, alias }: Relation): string {
  return `${printName(source.name)} ${printName((alias ?? source).name)}`;
}

const joinWords = { inner: "INNER", left: "LEFT OUTER", right: "RIGHT OUTER", full: "FULL OUTER" } as const;

function printJoin({ type, relation, within, on }: Join): string {
  const span = within ? ` ${printWithin(within)}` : "";
  return `${joinWords[type]} JOIN ${printRelation(relation)}${span} ON (${print(on)})`;
}

function printWithin({ before, after, grace }: Within): string {
  // The server writes one side where both numbers are equal, whatever their units.
  const sides =
    before.size === after.size
      ? printInterval(before)
      : `(${printInterval(before)}, ${printInterval(after)})`;
  return `WITHIN ${sides}${grace ? ` GRACE PERIOD ${printInterval(grace)}` : ""}`;
}

function printWindow({ type, size, advance, retention, grace }: Window): string {
  const parts = [
    type === "session" ? printInterval(size) : `SIZE ${printInterval(size)}`,
    ...(advance ? [`ADVANCE BY ${printInterval(advance)}`] : []),
    ...(retention ? [`RETENTION ${printInterval(retention)}`] : []),
    ...(grace ? [`GRACE PERIOD ${printInterval(grace)}`] : []),
  ];
  return `${type.toUpperCase()} ( ${parts.join(" , ")} )`;
}

function printInterval({ size, unit }: Interval): string {
  return `${size} ${unit}`;
}
