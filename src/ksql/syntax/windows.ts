import type { Interval, Window, Within } from "./ast.ts";
import { timeUnit } from "./calls.ts";
import type { Cursor } from "./cursor.ts";
import { nearest, timeUnits } from "./keywords.ts";

/** A whole number that fits JavaScript's, which is larger than any sensible one. */
export function parseWholeNumber(cursor: Cursor, what: string): number {
  const { kind, text } = cursor.peek();
  if (kind !== "integer") cursor.fail(`expected ${what}, a whole number`);
  if (!Number.isSafeInteger(Number(text))) cursor.fail(`expected ${what} to be smaller`);
  cursor.next();
  return Number(text);
}

function parseInterval(cursor: Cursor, what: string): Interval {
  const start = cursor.peek();
  const size = parseWholeNumber(cursor, what);
  const token = cursor.peek();
  const unit = token.kind === "word" ? timeUnit(token.value) : undefined;
  if (unit === undefined) {
    const meant = token.kind === "word" ? nearest(token.value, timeUnits) : undefined;
    return cursor.fail(
      "expected a unit of time",
      meant === undefined
        ? "the units are DAYS, HOURS, MINUTES, SECONDS and MILLISECONDS"
        : `did you mean ${meant}?`,
    );
  }
  cursor.next();
  return { size, unit, span: cursor.spanFrom(start) };
}

/** What stands behind WINDOW. A name before the type (`WINDOW W TUMBLING ...`) is read and means nothing. */
export function parseWindow(cursor: Cursor): Window {
  const start = cursor.peek();
  const types = ["TUMBLING", "HOPPING", "SESSION"];
  const isNamed = start.kind === "word" && types.some((type) => cursor.isWord(type, 1));
  if (isNamed && cursor.isIdentifier() && !types.includes(start.value)) cursor.next();
  const word = cursor.expectWord(types, "after WINDOW");
  cursor.expectSymbol("(", `after ${word}`);
  const type = word === "TUMBLING" ? "tumbling" : word === "HOPPING" ? "hopping" : "session";
  if (type !== "session") cursor.expectWord(["SIZE"], `in ${word}`);
  else if (cursor.isWord("SIZE"))
    cursor.fail("expected the gap", "a session window has no SIZE: SESSION (5 MINUTES)");
  const size = parseInterval(cursor, type === "session" ? "the gap" : "the size of the window");
  const advance = type === "hopping" ? parseAdvance(cursor) : null;
  const retention = acceptClause(cursor, "RETENTION") ? parseInterval(cursor, "the retention") : null;
  const grace = acceptClause(cursor, "GRACE", "PERIOD") ? parseInterval(cursor, "the grace period") : null;
  const misplaced = cursor.isSymbol(",") && (cursor.isWord("RETENTION", 1) || cursor.isWord("GRACE", 1));
  const order = misplaced ? "RETENTION comes before GRACE PERIOD" : undefined;
  cursor.expectSymbol(")", `to close ${word}`, order);
  return { type, size, advance, retention, grace, span: cursor.spanFrom(start) };
}

function parseAdvance(cursor: Cursor): Interval {
  const example = "as in HOPPING (SIZE 10 MINUTES, ADVANCE BY 1 MINUTE)";
  cursor.expectSymbol(",", "after the size of a hopping window", example);
  cursor.expectWord(["ADVANCE"], "in HOPPING");
  cursor.expectWord(["BY"], "after ADVANCE");
  return parseInterval(cursor, "the step of the window");
}

function acceptClause(cursor: Cursor, ...words: readonly string[]): boolean {
  if (!cursor.isSymbol(",") || !words.every((word, ahead) => cursor.isWord(word, ahead + 1))) return false;
  cursor.next();
  return cursor.acceptWords(...words);
}

/** What stands behind WITHIN: one interval, or the ones before and after in parentheses. */
export function parseWithin(cursor: Cursor): Within {
  const start = cursor.peek();
  const pair = cursor.acceptSymbol("(");
  const before = parseInterval(cursor, "the time between the records");
  let after = before;
  if (pair) {
    cursor.expectSymbol(",", "between the time before and the time after");
    after = parseInterval(cursor, "the time after");
    cursor.expectSymbol(")", "to close WITHIN");
  }
  const hasGrace = cursor.acceptWords("GRACE", "PERIOD");
  const grace = hasGrace ? parseInterval(cursor, "the grace period") : null;
  return { before, after, grace, span: cursor.spanFrom(start) };
}
