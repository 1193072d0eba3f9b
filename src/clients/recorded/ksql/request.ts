import { parseStatements, type Statement, type Unparsed } from "../../../ksql/syntax/index.ts";
import type { ClusterState, KsqlServerState } from "../state.ts";
import { type Answer, badStatement, refused, type Work } from "./answer.ts";
import { createAs, sourcesOf } from "./create-as.ts";
import { createSource } from "./create-source.ts";
import { alterSource, control, createType, drop, insertSelect } from "./others.ts";

/** A request of one or more statements, as a client sends it. */
export interface Request {
  readonly text: string;
  readonly properties: Readonly<Record<string, string>>;
}

type Cluster = ClusterState & { readonly ksql: KsqlServerState };

/** What became of a request: an answer each, or the first refusal and which statement it is of. */
export type Outcome =
  | { readonly answers: readonly Exclude<Answer, { refused: unknown }>[] }
  | { readonly refused: { readonly code: number; readonly message: string }; readonly statement: number };

/** Executes the statements in order, once all of them are valid; otherwise none. */
export function execute(cluster: Cluster, request: Request, doubt: (text: string) => void): Outcome {
  const { outcome } = sandbox(cluster, request, doubt);
  if (!("refused" in outcome)) return run(cluster, request, () => {});
  deleteTopicAnyway(cluster, request, outcome.statement);
  return outcome;
}

/** What the server's sandbox says to the statements in order, and how it would be after them. */
export function sandbox(
  cluster: Cluster,
  request: Request,
  doubt: (text: string) => void,
): { readonly outcome: Outcome; readonly after: Cluster } {
  const after = copyOf(cluster);
  return { outcome: run(after, request, doubt), after };
}

function run(cluster: Cluster, { text, properties }: Request, doubt: (text: string) => void): Outcome {
  const answers: Exclude<Answer, { refused: unknown }>[] = [];
  if (!text.trimEnd().endsWith(";")) {
    const lines = text.trimEnd().split("\n");
    const place = `line ${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
    return { ...badStatement(`${place}: Syntax Error\nmissing ';' at '<EOF>'`), statement: 0 };
  }
  for (const [statement, parsed] of parseStatements(text).entries()) {
    const raw = `${text.slice(parsed.span.start, parsed.span.end)};`;
    const answer = executed(parsed, { cluster, ksql: cluster.ksql, text, raw, properties, doubt });
    if ("refused" in answer) return { refused: answer.refused, statement };
    answers.push(answer);
  }
  return { answers };
}

function executed(statement: Statement | Unparsed, work: Work): Answer {
  switch (statement.kind) {
    case "create-source":
      return createSource(statement, work);
    case "create-as":
      return createAs(statement, work);
    case "insert-select":
      return insertSelect(statement, work);
    case "create-type":
      return createType(statement, work);
    case "alter-source":
      return alterSource(statement, work);
    case "drop":
      return drop(statement, work);
    case "control":
      return control(statement, work);
    case "unparsed": {
      const { line, column, message } = statement.error;
      return badStatement(`line ${line}:${column}: Syntax Error\n${message}`);
    }
    case "query": {
      const missing = sourcesOf(statement.query).find((source) => !work.ksql.sources.has(source));
      if (missing !== undefined)
        return badStatement(`Exception while preparing statement: ${missing} does not exist.`);
      return refused(
        40002,
        "The following statement types should be issued to the websocket endpoint '/query':\n\t* PRINT\n\t* SELECT",
      );
    }
    default:
      work.doubt("statements that only look or set: a recording takes them without doing them");
      return { message: "", queryId: undefined, statementText: work.raw };
  }
}

/** `DROP ... DELETE TOPIC` deletes the topic before the drop is checked, even if that is then refused. */
function deleteTopicAnyway(cluster: Cluster, { text }: Request, at: number): void {
  const parsed = parseStatements(text)[at];
  if (parsed?.kind !== "drop" || !parsed.deleteTopic) return;
  const source = cluster.ksql.sources.get(parsed.name.name);
  if (source?.type === parsed.type) cluster.kafka.topics.delete(source.topic);
}

/** Entries are replaced and never changed, so that new maps are a copy. */
function copyOf({ kafka, connect, ksql }: Cluster): Cluster {
  return {
    connect,
    kafka: { ...kafka, topics: new Map(kafka.topics) },
    ksql: {
      ...ksql,
      sources: new Map(ksql.sources),
      queries: new Map(ksql.queries),
      types: new Map(ksql.types),
    },
  };
}
