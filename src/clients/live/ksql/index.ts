import type { RestConnection } from "../../../core/connections.ts";
import { error, KpipeError } from "../../../core/errors.ts";
import type { KsqlPort, KsqlRefusal, KsqlServer, KsqlStatement } from "../../ksql.ts";
import { type Clock, systemClock } from "../clock.ts";
import { restClient } from "../rest.ts";
import { checkStatements } from "./check.ts";
import { answered, exchange, notKsql } from "./exchange.ts";
import { executor } from "./execute.ts";
import { objectOr, textOr } from "./json.ts";
import { errorOf } from "./refusal.ts";
import { READ_STATE, stateOf } from "./state.ts";
import { talkOf } from "./talk.ts";

export interface KsqlOptions {
  /** Milliseconds that the server may take to answer a plain question. */
  readonly timeoutMs: number;
  /** Milliseconds to wait for what passes: a start, a busy server, a statement that takes its time. */
  readonly patienceMs: number;
  readonly clock?: Clock;
}

/** The server waits 5 s each for earlier commands, for its command topic and for the command itself. */
const STATEMENT_MS = 30_000;

/** One ksqlDB server, or a cluster of them, through its REST API. Opens nothing yet. */
export function connectKsql(connection: RestConnection, options: KsqlOptions): KsqlPort {
  const { position } = connection;
  const { timeoutMs, patienceMs, clock = systemClock } = options;
  const client = restClient(connection, { server: "ksqlDB server", timeoutMs, explainsForbidden: true });
  const patience = { patienceMs, clock };
  const requests = exchange(client, position, patience);
  const talk = talkOf(client, position, requests, { submitMs: Math.max(timeoutMs, STATEMENT_MS) });

  /** Properties that this server lets nobody set; a sandbox of before 8.0 takes them from a SET. */
  const forbiddenProperty = async (
    statements: readonly KsqlStatement[],
  ): Promise<KsqlRefusal | undefined> => {
    const owners = new Map<string, number>();
    statements.forEach(({ properties }, statement) => {
      for (const key of Object.keys(properties)) owners.set(key, owners.get(key) ?? statement);
    });
    for (const [key, statement] of owners) {
      const answer = await requests.ask({
        method: "GET",
        path: `/is_valid_property/${encodeURIComponent(key)}`,
      });
      const refused = errorOf(answer);
      if (refused !== undefined) return { code: refused.code, message: refused.said.message, statement };
    }
    return undefined;
  };

  return {
    position,
    close: async () => client.close(),
    async server() {
      const deadline = clock.now() + patienceMs;
      for (;;) {
        const json = answered(await requests.ask({ method: "GET", path: "/info" }), client, position);
        const found = serverOf(json);
        if (found === undefined) throw notKsql(client, position, "as another server does");
        if (found.status === RUNNING) return found.server;
        if (clock.now() + PAUSE_MS > deadline) {
          throw new KpipeError(
            error("KP3058", `${client.url} says of itself: ${found.status}`, { position }),
          );
        }
        await clock.sleep(PAUSE_MS);
      }
    },
    async read() {
      const json = answered(await talk.ask(READ_STATE), client, position);
      return talk.read(() => stateOf(json));
    },
    check: async (statements) =>
      (await forbiddenProperty(statements)) ?? checkStatements(talk, position, statements),
    execute: executor(talk, position, patience),
  };
}

const RUNNING = "RUNNING";
const PAUSE_MS = 1_000;

function serverOf(json: unknown): { readonly server: KsqlServer; readonly status: string } | undefined {
  const { version, kafkaClusterId, ksqlServiceId, serverStatus } = objectOr(objectOr(json).KsqlServerInfo);
  if (typeof version !== "string" || typeof kafkaClusterId !== "string") return undefined;
  return {
    server: { version, kafkaClusterId, serviceId: textOr(ksqlServiceId) },
    status: textOr(serverStatus, RUNNING),
  };
}
