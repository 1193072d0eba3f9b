import type { Policy, Resource } from "../../core/model.ts";

export const ksqlKindNames = ["stream", "table", "type", "query"] as const;
export type KsqlKindName = (typeof ksqlKindNames)[number];

/** A stream, table, type or INSERT query, as declared and as a server holds it. */
export type KsqlSpec = {
  /** One statement without its semicolon: declared as written, live as the server has rewritten it. */
  readonly statement: string;
  /** The topic under it, as far as the statement tells; null for types and INSERT queries. */
  readonly topic: string | null;
  /** What the server reports of a stream or table; declared null: it follows from the statement. */
  readonly reported: Reported | null;
  /** The query that runs it. Declared: the one of an INSERT; live null: there is none. */
  readonly query: string | null;
  /** Properties given beside the statement, such as `auto.offset.reset`. */
  readonly properties: Readonly<Record<string, string>>;
};

/** The shape of a live stream or table. */
export type Reported = {
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly windowed: boolean;
  readonly columns: readonly ReportedColumn[];
};

export type ReportedColumn = {
  readonly name: string;
  /** As ksqlDB writes it: `DECIMAL(10, 2)`. */
  readonly type: string;
  readonly role: "key" | "value" | "header";
};

/** Whether kpipe may drop and create it anew where the server can't change it in place. */
export const upgrades = ["in-place", "replace"] as const;
/** Where the new query of a replaced one starts to read. */
export const offsets = ["earliest", "latest"] as const;

export interface KsqlPolicy extends Policy {
  readonly upgrade: (typeof upgrades)[number];
  readonly offsets: (typeof offsets)[number] | null;
}

export type KsqlResource = Resource<KsqlSpec, KsqlPolicy>;

/** Says only where a new query starts; nothing of one that runs depends on it. */
export const OFFSET_RESET = "auto.offset.reset";
