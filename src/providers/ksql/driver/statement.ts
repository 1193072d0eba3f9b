import type { KsqlStatement } from "../../../clients/ksql.ts";
import { nameOf, type Resource } from "../../../core/model.ts";
import {
  type CreateAs,
  type CreateSource,
  type Declaration,
  parseStatement,
  printName,
} from "../../../ksql/syntax/index.ts";
import { type Edit, patched } from "../patched.ts";
import type { KsqlSpec } from "../spec.ts";
import type { TopicSettings } from "./topics.ts";

/** A statement to send, of which places can be told as places in the declared one. */
export interface Sent extends KsqlStatement {
  originOf(offset: number): number;
}

/** What a declared statement gains on its way to the server. */
export interface Making {
  readonly orReplace: boolean;
  /** What the topic has; undefined: what the statement says, and otherwise ksqlDB's choice. */
  readonly topic: TopicSettings | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

/** The declared statement, as written but for its head and what makes ksqlDB accept the topic that is there. */
export function made({ address, spec }: Resource<KsqlSpec>, making: Making): Sent {
  const statement = parseStatement(spec.statement);
  const { text, originOf } = patched(spec.statement, editsOf(statement, nameOf(address), making));
  return { text: `${text};`, originOf, properties: making.properties };
}

function editsOf(statement: ReturnType<typeof parseStatement>, id: string, making: Making): readonly Edit[] {
  switch (statement.kind) {
    case "create-source":
    case "create-as":
      return [headEdit(statement, making.orReplace), ...topicEdits(statement, making.topic)];
    case "create-type":
      return [{ start: 0, end: statement.name.span.start, text: "CREATE TYPE " }];
    case "insert-select":
      return propertyEdits(statement, statement.target.span.end, { QUERY_ID: `'${id}'` });
    default:
      return [];
  }
}

/** IF NOT EXISTS would hide that something else of that name is there. */
function headEdit(statement: CreateSource | CreateAs, orReplace: boolean): Edit {
  const readOnly = statement.kind === "create-source" && statement.readOnly ? "SOURCE " : "";
  const text = `CREATE ${orReplace ? "OR REPLACE " : ""}${readOnly}${statement.type.toUpperCase()} `;
  return { start: statement.span.start, end: statement.name.span.start, text };
}

function topicEdits(statement: CreateSource | CreateAs, topic: TopicSettings | undefined): readonly Edit[] {
  if (topic === undefined) return [];
  const { partitions, replicas, retentionMs } = topic;
  // Tables without a window keep records for ever, and refuse to be told how long (400, [510]).
  const keeps = statement.type === "table" && !("query" in statement && statement.query.window !== null);
  const end = statement.kind === "create-as" ? statement.name.span.end : statement.span.end;
  return propertyEdits(statement, end, {
    PARTITIONS: String(partitions),
    ...(replicas !== undefined && { REPLICAS: String(replicas) }),
    ...(retentionMs !== undefined && !keeps && { RETENTION_MS: retentionMs }),
  });
}

/** Sets properties of WITH; a clause that isn't there yet is added at `end`. */
function propertyEdits(
  statement: Extract<Declaration, { with: unknown }>,
  end: number,
  values: Readonly<Record<string, string>>,
): readonly Edit[] {
  const given = statement.with;
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const found = given.find((property) => property.name.toUpperCase() === name);
    const text = `${name}=${value}`;
    if (found) edits.push({ ...found.span, text });
    else added.push(text);
  }
  const last = given.at(-1);
  if (added.length === 0) return edits;
  if (last === undefined) return [...edits, { start: end, end, text: ` WITH (${added.join(", ")})` }];
  return [...edits, { start: last.span.end, end: last.span.end, text: `, ${added.join(", ")}` }];
}

/** A statement of kpipe's own: no place in it is the user's. */
export function plain(text: string): Sent {
  return { text, properties: {}, originOf: () => 0 };
}

export function dropped(kind: "stream" | "table" | "type", name: string): Sent {
  return plain(`DROP ${kind.toUpperCase()} ${printName(name)};`);
}

export function terminated(query: string): Sent {
  return plain(`TERMINATE ${printName(query)};`);
}

export function resumed(query: string): Sent {
  return plain(`RESUME ${printName(query)};`);
}
