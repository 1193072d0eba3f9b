import type { KsqlPort, KsqlStatement } from "../../../../src/clients/ksql.ts";
import { connectKsql } from "../../../../src/clients/live/ksql/index.ts";
import type { RestAuth } from "../../../../src/core/connections.ts";
import { KpipeError } from "../../../../src/core/errors.ts";
import { stepClock } from "../../../replay/clock.ts";
import { type Exchange, ksqlOf, type ReplayServer, replay } from "../../../replay/server.ts";

export const position = { file: "pipeline.yaml", line: 9, column: 16, length: 21 };
const none: RestAuth = { type: "none" };
const open: { close(): unknown }[] = [];

/** For `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const it of open.splice(0)) await it.close();
}

/** Also closes this after the test. */
export function onClose(it: { close(): unknown }): void {
  open.push(it);
}

export interface Against {
  readonly port: KsqlPort;
  readonly server: ReplayServer;
}

/** A client of a server that answers like this, with two minutes of patience that pass at once. */
export async function against(
  exchanges: readonly Exchange[],
  { auth = none, clock = stepClock() } = {},
): Promise<Against> {
  const server = await replay(exchanges);
  const port = connectKsql(
    { url: server.url, auth, position },
    { timeoutMs: 2_000, patienceMs: 120_000, clock },
  );
  open.push(port, server);
  return { port, server };
}

/** An answer to statements. */
export function ksql(text: string | RegExp, body: unknown, status = 200): Exchange {
  return { method: "POST", path: "/ksql", ksql: text, status, contentType: "application/json", body };
}

/** The answer to statements gets lost. */
export function lost(text: string | RegExp): Exchange {
  return ksql(text, undefined);
}

export function statusIs(
  commandId: string,
  status: string,
  message = "",
  queryId: string | null = null,
): Exchange {
  const path = `/status/${commandId.replaceAll("`", "%60")}`;
  return {
    method: "GET",
    path,
    status: 200,
    contentType: "application/json",
    body: { status, message, queryId },
  };
}

export function noStatus(commandId: string): Exchange {
  const body = { "@type": "generic_error", error_code: 40400, message: "Command not found" };
  return { ...statusIs(commandId, ""), status: 404, body };
}

export function currentStatus(
  commandId: string,
  status: string,
  message = "",
  queryId: string | null = null,
) {
  return [
    {
      "@type": "currentStatus",
      statementText: "",
      commandId,
      commandStatus: { status, message, queryId },
      commandSequenceNumber: 8,
      warnings: [],
    },
  ];
}

export function genericError(code: number, message: string) {
  return { "@type": "generic_error", error_code: code, message };
}

export function statementError(code: number, message: string, statementText: string) {
  return { "@type": "statement_error", error_code: code, message, statementText, entities: [] };
}

export const missing = statementError(40001, "Could not find STREAM/TABLE 'X' in the Metastore", "");

/** A stream as DESCRIBE shows it, with the queries that write it. */
export function described(statement: string, ...queries: readonly string[]) {
  return [
    {
      "@type": "sourceDescription",
      sourceDescription: {
        name: "X",
        statement,
        fields: [],
        writeQueries: queries.map((id) => ({ id, queryString: statement })),
      },
    },
  ];
}

export function statement(text: string, properties: Readonly<Record<string, string>> = {}): KsqlStatement {
  return { text, properties };
}

/** Executes, and hears what is waited for. */
export async function executed(
  port: KsqlPort,
  text: string,
  properties: Readonly<Record<string, string>> = {},
) {
  const waits: string[] = [];
  const outcome = await port.execute(statement(text, properties), (message) => waits.push(message));
  return { outcome, waits };
}

/** How often these statements were sent. */
export function timesSent(server: ReplayServer | undefined, text: string): number | undefined {
  return server?.received.filter(({ body }) => ksqlOf(body) === text).length;
}

/** The diagnostics that a failure shows. */
export async function failureOf(work: Promise<unknown>): Promise<readonly (readonly [string, string])[]> {
  try {
    await work;
  } catch (cause) {
    if (cause instanceof KpipeError) {
      return cause.diagnostics.map(({ code, message }) => [
        code,
        message.replace(/127\.0\.0\.1:\d+/, "HOST"),
      ]);
    }
    throw cause;
  }
  throw new Error("it should have failed");
}
