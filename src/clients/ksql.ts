import type { Position } from "../core/model.ts";

/** The operations on ksqlDB that kpipe needs: one request reads everything. */
export interface KsqlPort {
  /** Where the file names it; undefined for a recording. */
  readonly position: Position | undefined;
  /** Who answers. A server that is still starting is waited for. */
  server(): Promise<KsqlServer>;
  /** Every stream, table, persistent query and type, by one request of four LIST statements. */
  read(): Promise<KsqlState>;
  /**
   * Asks the server's sandbox about statements in order, as a whole, and executes none: the request ends in
   * a DROP of a stream that can't exist. undefined: all of them are valid.
   */
  check(statements: readonly KsqlStatement[]): Promise<KsqlRefusal | undefined>;
  /**
   * Executes one statement and waits until the server has done it, through a busy command runner, a lost
   * answer and a restart. `waiting` hears what it waits for.
   */
  execute(statement: KsqlStatement, waiting: (message: string) => void): Promise<KsqlOutcome>;
  close(): Promise<void>;
}

export interface KsqlStatement {
  /** One statement with its semicolon. */
  readonly text: string;
  /** Properties of this statement alone, such as `auto.offset.reset`. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface KsqlServer {
  readonly version: string;
  readonly kafkaClusterId: string;
  /** Query groups are named `_confluent-ksql-<serviceId>query_<id>`. */
  readonly serviceId: string;
}

export interface KsqlState {
  readonly sources: readonly KsqlSource[];
  readonly queries: readonly KsqlQuery[];
  /** Custom types by name, inlined. */
  readonly types: ReadonlyMap<string, KsqlType>;
}

/** A stream or table as the server describes it. */
export interface KsqlSource {
  readonly name: string;
  readonly type: "stream" | "table";
  readonly topic: string;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly windowType: "TUMBLING" | "HOPPING" | "SESSION" | null;
  readonly fields: readonly KsqlField[];
  /** As the server rewrote it; after an ALTER two statements. */
  readonly statement: string;
  /** 0: the topic is gone. */
  readonly partitions: number;
  readonly replicas: number;
  readonly readBy: readonly string[];
  readonly writtenBy: readonly string[];
  /** Streams and tables created from it, which block its DROP. */
  readonly dependants: readonly string[];
}

export interface KsqlField {
  readonly name: string;
  readonly type: KsqlType;
  readonly role: "key" | "header" | "value";
  readonly headerKey: string | null;
}

export type KsqlType =
  | { readonly type: "ARRAY" | "MAP"; readonly member: KsqlType }
  | {
      readonly type: "STRUCT";
      readonly fields: readonly { readonly name: string; readonly type: KsqlType }[];
    }
  | { readonly type: "DECIMAL"; readonly precision: number; readonly scale: number }
  /** `STRING`, `INTEGER`, `BIGINT`, `DOUBLE`, `BOOLEAN`, `BYTES`, `TIMESTAMP`, `DATE`, `TIME`. */
  | { readonly type: "scalar"; readonly name: string };

/** A persistent query. */
export interface KsqlQuery {
  readonly id: string;
  readonly text: string;
  /** The server calls a query RUNNING whose hosts say PAUSED; this is what the hosts say, the worst first. */
  readonly state: "error" | "unresponsive" | "paused" | "running";
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly sinkTopics: readonly string[];
  /** Newest first; of a query that runs, faults of the past. */
  readonly errors: readonly { readonly timestamp: number; readonly message: string; readonly type: string }[];
  /** Properties given beside the statement, which its text doesn't show. */
  readonly properties: Readonly<Record<string, string>>;
  readonly group: string;
}

/** What a server answers to a statement that it won't do. */
export interface KsqlRefusal {
  /** ksqlDB's error code, such as 40001; its HTTP status is a hundredth of it. */
  readonly code: number;
  readonly message: string;
  /** Which statement of the request; the server tells its text. */
  readonly statement: number | undefined;
  /** Within that statement, from 1, where the message says so. */
  readonly line?: number;
  readonly column?: number;
}

export type KsqlOutcome =
  | {
      readonly ok: true;
      /** Such as `Stream created`, or why there was nothing to do. */
      readonly message: string;
      readonly queryId: string | undefined;
      /** What the server warns of; a CREATE ... IF NOT EXISTS that did nothing says so here. */
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly refusal: KsqlRefusal };
