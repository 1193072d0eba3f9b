import type { DataType, SourceType } from "../syntax/index.ts";

/** What is known of the server around a statement. What isn't in it is unknown, never assumed. */
export interface Context {
  /** Streams and tables by ksqlDB's name. */
  readonly sources: ReadonlyMap<string, SourceSchema>;
  /** Custom types by upper-cased name. */
  readonly types: ReadonlyMap<string, DataType>;
  readonly defaults: ServerDefaults;
}

export interface SourceSchema {
  readonly type: SourceType;
  /** Whether its key has a window: the WITH of a source says WINDOW_TYPE, a query WINDOW. */
  readonly windowed: boolean;
  readonly keyFormat: string | null;
  readonly valueFormat: string | null;
  /** Keys first, then values, then headers. */
  readonly columns: readonly SchemaColumn[];
}

export interface SchemaColumn {
  readonly name: string;
  readonly type: DataType | "unknown";
  readonly role: "key" | "value" | "header" | "unknown";
}

/** Settings of the server that complete a statement. */
export interface ServerDefaults {
  /** `ksql.persistence.default.format.key`: KAFKA unless configured. */
  readonly keyFormat: string;
  /** `ksql.persistence.default.format.value`: none unless configured. */
  readonly valueFormat: string | null;
  /** `ksql.output.topic.name.prefix` */
  readonly topicPrefix: string;
}

export const emptyContext: Context = {
  sources: new Map(),
  types: new Map(),
  defaults: { keyFormat: "KAFKA", valueFormat: null, topicPrefix: "" },
};

/** Columns that every source has and no schema lists. */
export const pseudoColumns: ReadonlySet<string> = new Set(["ROWTIME", "ROWPARTITION", "ROWOFFSET"]);

/** Columns that windowed sources have. */
export const windowBounds: ReadonlySet<string> = new Set(["WINDOWSTART", "WINDOWEND"]);
