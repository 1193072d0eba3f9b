import type { Column, ColumnConstraint, Property, Statement } from "./ast.ts";
import { needsQuotes } from "./keywords.ts";
import { printName, printText } from "./names.ts";
import { printLiteral, printType, printValue } from "./print-expression.ts";
import { printQuery } from "./print-query.ts";

/** A statement over several lines, without its semicolon. Parsing it gives the same statement again. */
export function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case "create-source": {
      const { readOnly, columns, type, name } = statement;
      const what = words(readOnly && "SOURCE", type.toUpperCase());
      return `${createHead(statement, what)} ${printName(name.name)}${printColumns(columns)}${printWith(statement.with)}`;
    }
    case "create-as": {
      const head = `${createHead(statement, statement.type.toUpperCase())} ${printName(statement.name.name)}`;
      return `${head}${printWith(statement.with)} AS\n${printQuery(statement.query)}`;
    }
    case "create-type":
      return `${createHead(statement, "TYPE")} ${printName(statement.name.name)} AS ${printType(statement.type)}`;
    case "create-connector": {
      const head = createHead(statement, `${statement.role.toUpperCase()} CONNECTOR`);
      return `${head} ${printName(statement.name.name)}${printWith(statement.with)}`;
    }
    case "insert-select":
      return `INSERT INTO ${printName(statement.target.name)}${printWith(statement.with)}\n${printQuery(statement.query)}`;
    case "insert-values": {
      const columns = statement.columns.map((it) => printName(it.name)).join(", ");
      const values = statement.values.map(printValue).join(", ");
      const target = words(printName(statement.target.name), columns !== "" && `(${columns})`);
      return `INSERT INTO ${target} VALUES (${values})`;
    }
    case "alter-source": {
      const columns = statement.columns.map((it) => `ADD COLUMN ${printColumn(it)}`);
      return `ALTER ${statement.type.toUpperCase()} ${printName(statement.name.name)} ${columns.join(",\n  ")}`;
    }
    case "drop":
      return words(
        `DROP ${statement.type.toUpperCase()}`,
        statement.ifExists && "IF EXISTS",
        printName(statement.name.name),
        statement.deleteTopic && "DELETE TOPIC",
      );
    case "control":
      return `${statement.action.toUpperCase()} ${statement.query === null ? "ALL" : printName(statement.query.name)}`;
    case "query":
      return printQuery(statement.query);
    case "set":
      return `SET ${printText(statement.property)}=${printText(statement.value)}`;
    case "unset":
      return `UNSET ${printText(statement.property)}`;
    case "alter-system":
      return `ALTER SYSTEM ${printText(statement.property)}=${printText(statement.value)}`;
    case "define":
      return `DEFINE ${statement.variable}=${printText(statement.value)}`;
    case "undefine":
      return `UNDEFINE ${statement.variable}`;
    case "explain":
      return `EXPLAIN ${printStatement(statement.statement)}`;
    case "inspect":
      return statement.words.join(" ");
  }
}

function words(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join(" ");
}

function createHead(
  statement: { readonly orReplace?: boolean; readonly ifNotExists: boolean },
  what: string,
): string {
  return words(
    "CREATE",
    statement.orReplace === true && "OR REPLACE",
    what,
    statement.ifNotExists && "IF NOT EXISTS",
  );
}

/** One line if there is one entry, else a line each. */
function printBlock(entries: readonly string[]): string {
  return entries.length === 1 ? `(${entries.join("")})` : `(\n  ${entries.join(",\n  ")}\n)`;
}

function printColumns(columns: readonly Column[]): string {
  return columns.length === 0 ? "" : ` ${printBlock(columns.map(printColumn))}`;
}

export function printColumn({ name, type, constraint }: Column): string {
  return words(printName(name.name), printType(type), printConstraint(constraint));
}

function printConstraint(constraint: ColumnConstraint): string | false {
  switch (constraint.kind) {
    case "none":
      return false;
    case "key":
      return "KEY";
    case "primary-key":
      return "PRIMARY KEY";
    case "headers":
      return "HEADERS";
    case "header":
      return `HEADER(${printText(constraint.key)})`;
  }
}

function printWith(properties: readonly Property[]): string {
  return properties.length === 0 ? "" : ` WITH ${printBlock(properties.map(printProperty))}`;
}

function printProperty({ name, value }: Property): string {
  return `${needsQuotes(name) ? printText(name) : name}=${printLiteral(value)}`;
}
