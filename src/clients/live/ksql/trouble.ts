import type { RestAnswer } from "../rest.ts";
import { errorOf } from "./refusal.ts";

/** What passes by itself; nothing was executed. */
export interface Trouble {
  readonly reason: "starting" | "busy";
  /** For a progress line. */
  readonly waits: string;
}

/** codes: io.confluent.ksql.rest.Errors */
const WAITED_FOR_COMMAND = 50301;
const NOT_READY = 50302;
const SHUTTING_DOWN = 50303;
const TERMINATING = 50304;
const TOO_MANY_REQUESTS = 42900;

const starting: Trouble = { reason: "starting", waits: "waits for ksqlDB to start" };
const stopping: Trouble = { reason: "starting", waits: "waits for ksqlDB to come back: it is shutting down" };
const earlier: Trouble = {
  reason: "busy",
  waits: "waits for ksqlDB to execute the statements before this one",
};
const limited: Trouble = { reason: "busy", waits: "waits for ksqlDB's limit of statements a second" };
const another: Trouble = { reason: "busy", waits: "waits for ksqlDB to finish another statement" };

/** The server refused because of its own state, not of the request. */
export function troubleOf(answer: RestAnswer): Trouble | undefined {
  const error = errorOf(answer);
  switch (error?.code) {
    case undefined:
      // A load balancer that has no server behind it.
      return answer.status === 503 ? starting : undefined;
    case WAITED_FOR_COMMAND:
      return earlier;
    case NOT_READY:
      return starting;
    case SHUTTING_DOWN:
    case TERMINATING:
      return stopping;
    case TOO_MANY_REQUESTS:
      return limited;
    default:
      return error !== undefined && couldNotWrite(error.raw) ? another : undefined;
  }
}

/**
 * One statement at a time is executed; the others time out after 5 s in a transaction that is rolled back, or
 * lose it to another server's. With any other cause it is a refusal.
 */
function couldNotWrite(message: string): boolean {
  if (!message.startsWith("Could not write the statement")) return false;
  const cause = /Caused by: ([\s\S]*)/.exec(message)?.[1]?.replaceAll(/\s+/g, " ");
  return (
    cause === undefined ||
    /Timeout while waiting for command topic consumer|fenced|newer producer|old epoch/i.test(cause)
  );
}
