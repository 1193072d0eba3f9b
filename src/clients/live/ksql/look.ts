import { type Json, listAt, listOr, objectAt, objectOr, textAt, textOr } from "./json.ts";
import type { KsqlError } from "./refusal.ts";
import type { Subject } from "./subject.ts";

/** What there is of a subject, as text: another text after a statement says that the statement is done. */
export type Sight = string;

const MISSING: Sight = "missing";

/** The question that shows a subject. */
export function questionAbout({ kind, name }: Subject): string {
  switch (kind) {
    case "source":
      return `DESCRIBE \`${name.replaceAll("`", "``")}\`;`;
    case "query":
      return "LIST QUERIES;";
    case "type":
      return "LIST TYPES;";
  }
}

/** What the answer shows of the subject. Throws UnreadableAnswer. */
export function sightOf({ kind, name }: Subject, answer: unknown): Sight {
  const entity = objectAt(listAt(answer, "the answer")[0], "the answer");
  switch (kind) {
    case "source":
      return source(objectAt(entity.sourceDescription, "sourceDescription"));
    case "query": {
      const query = listAt(entity.queries, "queries")
        .map(objectOr)
        .find(({ id }) => id === name);
      return query === undefined ? MISSING : JSON.stringify(["PAUSED" in objectOr(query.statusCount)]);
    }
    case "type": {
      const schema = objectAt(entity.types, "types")[name];
      return schema === undefined ? MISSING : JSON.stringify(schema);
    }
  }
}

/** DESCRIBE of what isn't there is refused. */
export function isMissing(subject: Subject, { raw }: KsqlError): boolean {
  return subject.kind === "source" && raw.startsWith("Could not find STREAM/TABLE");
}

export { MISSING };

/** Its definition, and the queries that write it: a replace may keep the text and start another query. */
function source({ statement, fields, writeQueries }: Json): Sight {
  const queries = listOr(writeQueries)
    .map(objectOr)
    .map(({ id, queryString }) => [textOr(id), textOr(queryString)])
    .toSorted();
  return JSON.stringify([textAt(statement, "statement"), fields, queries]);
}
