import { distance } from "fastest-levenshtein";

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Keywords that ksqlDB's grammar doesn't accept as a name (SqlBase.g4: every token that `nonReserved` lacks). */
const reserved = words(`
  SELECT FROM AS ALL DISTINCT WHERE WITHIN WINDOW GROUP BY HAVING LIMIT AT OR AND IN NOT EXISTS BETWEEN LIKE IS
  NULL TRUE FALSE MILLISECOND YEARS MONTHS DAYS HOURS MINUTES SECONDS MILLISECONDS TUMBLING HOPPING SIZE ADVANCE
  RETENTION CASE WHEN THEN ELSE END JOIN FULL OUTER INNER LEFT RIGHT ON WITH VALUES CREATE TABLE TOPIC STREAM
  STREAMS INSERT DELETE INTO DESCRIBE EXTENDED PRINT CAST LIST TOPICS QUERY QUERIES TERMINATE PAUSE RESUME LOAD
  DROP TO RENAME SAMPLE EXPORT CATALOG PROPERTIES BEGINNING UNSET RUN SCRIPT DECIMAL CONNECTOR CONNECTORS
  NAMESPACE MATERIALIZED VIEW
`);

/** Keywords that may be names, and that printing quotes all the same: unquoted, the text around could turn them. */
const ambiguous = words("ARRAY MAP STRUCT EMIT PARTITION IF COLUMN SET DEFINE UNDEFINE");

export const timeUnits = words("DAY HOUR MINUTE SECOND MILLISECOND DAYS HOURS MINUTES SECONDS MILLISECONDS");

/** Units that can only be units; DAY, HOUR, MINUTE and SECOND are names where an expression fits. */
export const reservedTimeUnits = words("MILLISECOND DAYS HOURS MINUTES SECONDS MILLISECONDS");

/** Words that begin a statement and can't be a name. */
export const reservedStarters = words(
  "CREATE INSERT DROP TERMINATE PAUSE RESUME UNSET DESCRIBE PRINT LIST RUN",
);

/** Words that begin a statement and could be a name as well. */
export const nonReservedStarters = words("ALTER SET DEFINE UNDEFINE SHOW EXPLAIN ASSERT");

export function isReserved(word: string): boolean {
  return reserved.has(word.toUpperCase());
}

/** Whether a name has to be quoted to be read as it is: unquoted names are upper-cased. */
export function needsQuotes(name: string): boolean {
  return !/^[A-Z_][A-Z0-9_@]*$/.test(name) || reserved.has(name) || ambiguous.has(name);
}

/** The candidate that the word is probably a misspelling of. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = word.length < 4 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const steps = distance(word.toUpperCase(), candidate);
    if (steps < bestDistance) [best, bestDistance] = [candidate, steps];
  }
  return best;
}
