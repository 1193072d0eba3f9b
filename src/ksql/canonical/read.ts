import {
  type AlterSource,
  type Declaration,
  parseStatements,
  problemAt,
  type Statement,
  type Unparsed,
} from "../syntax/index.ts";
import { type Canonical, canonicalize } from "./canonicalize.ts";
import type { Context } from "./context.ts";

/**
 * Puts the columns of every ALTER ... ADD COLUMN into the CREATE before it, which is what the server's text of an
 * altered source amounts to: two statements or more, one behind the other. An ALTER of anything else stays.
 */
export function foldAlters<T extends Statement | Unparsed>(statements: readonly T[]): readonly T[] {
  const results: T[] = [];
  for (const statement of statements) {
    const at =
      statement.kind === "alter-source" ? results.findLastIndex((it) => isAlteredBy(it, statement)) : -1;
    const created = results[at];
    if (created?.kind === "create-source" && statement.kind === "alter-source") {
      results[at] = { ...created, columns: [...created.columns, ...statement.columns] };
    } else {
      results.push(statement);
    }
  }
  return results;
}

function isAlteredBy(statement: Statement | Unparsed, alter: AlterSource): boolean {
  return (
    statement.kind === "create-source" &&
    statement.type === alter.type &&
    statement.name.name === alter.name.name
  );
}

export function isDeclaration(statement: Statement | Unparsed): statement is Declaration {
  return ["create-source", "create-as", "insert-select", "create-type"].includes(statement.kind);
}

/** The canonical form of a definition as a server gives it back, or why there is none. Never throws. */
export function readBack(text: string, context: Context): Canonical | Unparsed {
  const statements = foldAlters(parseStatements(text));
  const broken = statements.find((it) => it.kind === "unparsed");
  if (broken?.kind === "unparsed") return broken;
  const [only, second] = statements;
  if (only !== undefined && second === undefined && isDeclaration(only)) return canonicalize(only, context);
  const span = { start: 0, end: text.length };
  const what = only === undefined ? "expected a definition, found nothing" : "expected one definition";
  return { kind: "unparsed", text, error: problemAt(text, (second ?? only)?.span ?? span, what), span };
}
