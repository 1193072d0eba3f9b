import { error, warning } from "../../../core/errors.ts";
import type { Report } from "../../../core/kind.ts";
import type { Position } from "../../../core/model.ts";
import { isDeclaration } from "../../../ksql/canonical/index.ts";
import {
  type AlterSource,
  type Declaration,
  parseStatement,
  parseStatements,
  printColumn,
  type Statement,
  type Unparsed,
} from "../../../ksql/syntax/index.ts";
import { type Edit, patched } from "../patched.ts";

/** Where a piece of a text stands. */
export type Place = (offset: number, length: number) => Position;

/** One statement that declares something, or one of which only its first words are understood. */
export interface Written {
  readonly parsed: Declaration | Unparsed;
  /** The statement alone, without its semicolon; variables put in. Spans of `parsed` are of this text. */
  readonly text: string;
  readonly place: Place;
  /** What SET gave before it. */
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * The declarations of a text, as `RUN SCRIPT` would understand it: SET and DEFINE hold for what comes after them,
 * and an ALTER belongs to its CREATE. What declares nothing is reported and left out.
 */
export function writtenIn(text: string, place: Place, report: Report): readonly Written[] {
  const found: Written[] = [];
  const properties = new Map<string, string>();
  const variables = new Map<string, string>();
  for (const { span } of parseStatements(text)) {
    const own = text.slice(span.start, span.end);
    const { text: filled, originOf } = patched(own, variablesIn(own, variables, span.start, place, report));
    const here: Place = (offset, length) => place(span.start + originOf(offset), length);
    const statement = parseStatement(filled);
    switch (statement.kind) {
      case "set":
        properties.set(statement.property, statement.value);
        break;
      case "unset":
        properties.delete(statement.property);
        break;
      case "define":
        variables.set(statement.variable.toLowerCase(), statement.value);
        break;
      case "undefine":
        variables.delete(statement.variable.toLowerCase());
        break;
      case "alter-source":
        alter(found, statement, here, report);
        break;
      default:
        if (statement.kind !== "unparsed" && !isDeclaration(statement)) {
          report(leftOut(statement, here));
          break;
        }
        found.push({
          parsed: statement,
          text: filled,
          place: here,
          properties: Object.fromEntries(properties),
        });
    }
  }
  return found;
}

/** Names of variables ignore case (ksqlDB's documentation of DEFINE). */
function variablesIn(
  text: string,
  variables: ReadonlyMap<string, string>,
  start: number,
  place: Place,
  report: Report,
): readonly Edit[] {
  return [...text.matchAll(/\$\{([A-Za-z_]\w*)\}/g)].flatMap(({ index, 0: written, 1: name = "" }) => {
    const value = variables.get(name.toLowerCase());
    if (value !== undefined) return [{ start: index, end: index + written.length, text: value }];
    const position = place(start + index, written.length);
    report(error("KP1275", `no DEFINE before this gives ${name}`, { position }));
    return [];
  });
}

/** The columns that an ALTER adds stand behind those of its CREATE. */
function alter(found: Written[], statement: AlterSource, place: Place, report: Report): void {
  const at = found.findLastIndex(
    ({ parsed }) => parsed.kind === "create-source" && parsed.name.name === statement.name.name,
  );
  const created = found[at];
  const last = created?.parsed.kind === "create-source" ? created.parsed.columns.at(-1) : undefined;
  if (created === undefined || last === undefined) {
    const message = `no CREATE before this lists the columns of ${statement.name.name}`;
    report(
      error("KP1271", message, {
        position: place(0, "ALTER".length),
        next: "Write the columns into its CREATE: kpipe finds the way from one to the other.",
      }),
    );
    return;
  }
  const { end } = last.span;
  const added = statement.columns.map((column) => `, ${printColumn(column)}`).join("");
  const { text, originOf } = patched(created.text, [{ start: end, end, text: added }]);
  const parsed = parseStatement(text);
  if (parsed.kind !== "unparsed" && !isDeclaration(parsed)) return;
  found[at] = {
    ...created,
    parsed,
    text,
    place: (offset, length) => created.place(originOf(offset), length),
  };
}

function leftOut(statement: Statement, place: Place): ReturnType<typeof warning> {
  const words = statement.kind === "query" ? "SELECT" : statement.kind.replaceAll("-", " ").toUpperCase();
  const what = statement.kind === "inspect" ? (statement.words[0] ?? "") : words;
  return warning("KP1276", `declares nothing, and is left out: ${what}`, { position: place(0, 1) });
}
