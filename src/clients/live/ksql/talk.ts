import type { Position } from "../../../core/model.ts";
import type { KsqlStatement } from "../../ksql.ts";
import type { RestAnswer, RestClient } from "../rest.ts";
import { answered, type Exchange, reading, type Waiting } from "./exchange.ts";
import { isMissing, MISSING, questionAbout, type Sight, sightOf } from "./look.ts";
import { errorOf } from "./refusal.ts";
import { type CommandStatus, statusOf, statusPath } from "./status.ts";
import type { Subject } from "./subject.ts";

/** The requests that kpipe sends to one ksqlDB server. Each throws KpipeError if there is no answer. */
export interface Talk {
  /** Statements that change nothing, or are refused whole. */
  ask(ksql: string, waiting?: Waiting): Promise<RestAnswer>;
  /** A statement to execute; undefined: the answer got lost. */
  submit(statement: KsqlStatement, waiting: Waiting): Promise<RestAnswer | undefined>;
  /** How far the last command of this id is; undefined where the server knows none. */
  commandStatus(commandId: string, waiting: Waiting): Promise<CommandStatus | undefined>;
  /** What there is of a subject now. */
  look(subject: Subject, waiting?: Waiting): Promise<Sight>;
  /** From now on, statements wait for this command: behind a load balancer each may reach another server. */
  after(sequenceNumber: number | undefined): void;
  /** Returns when the command that was given to `after` is executed. */
  caughtUp(waiting: Waiting): Promise<void>;
  read<T>(decode: () => T): T;
}

/** `submitMs`: milliseconds that a statement may take to be answered. */
export function talkOf(
  client: RestClient,
  position: Position,
  { ask, submit }: Exchange,
  { submitMs }: { readonly submitMs: number },
): Talk {
  let last: number | undefined;
  const post = (ksql: string, properties: Readonly<Record<string, string>> = {}) => ({
    method: "POST" as const,
    path: "/ksql",
    timeoutMs: submitMs,
    body: { ksql, streamsProperties: properties, ...(last !== undefined && { commandSequenceNumber: last }) },
  });
  const read = <T>(decode: () => T) => reading(client, position, decode);
  return {
    ask: (ksql, waiting) => ask(post(ksql), waiting),
    submit: ({ text, properties }, waiting) => submit(post(text, properties), waiting),
    async commandStatus(commandId, waiting) {
      const answer = await ask({ method: "GET", path: statusPath(commandId) }, waiting);
      if (answer.status === 404) return undefined;
      const json = answered(answer, client, position);
      return read(() => statusOf(json));
    },
    async look(subject, waiting) {
      const answer = await ask(post(questionAbout(subject)), waiting);
      const refused = errorOf(answer);
      if (refused !== undefined && isMissing(subject, refused)) return MISSING;
      const json = answered(answer, client, position);
      return read(() => sightOf(subject, json));
    },
    after(sequenceNumber) {
      last = sequenceNumber ?? last;
    },
    async caughtUp(waiting) {
      answered(await ask(post("LIST TYPES;"), waiting), client, position);
    },
    read,
  };
}
