import { type ErrorCode, error, KpipeError } from "../../../core/errors.ts";
import type { Position } from "../../../core/model.ts";
import type { Clock } from "../clock.ts";
import type { RestAnswer, RestClient, RestRequest } from "../rest.ts";
import { messageOf } from "./answers.ts";

export interface Patience {
  /** Milliseconds that a passing trouble of the worker is waited for. */
  readonly patienceMs: number;
  readonly clock: Clock;
}

/** Sends to a worker that may be starting, rebalancing or restarting: what passes by itself is waited for. */
export interface Exchange {
  /**
   * The answer, a 409 for a rebalance only if it lasted. Throws KpipeError if there is none. For a request
   * that must not take effect twice, `recover` tells whether one whose answer got lost has: with the answer
   * that it must have had, or undefined to send it again.
   */
  send(request: RestRequest, recover?: () => Promise<RestAnswer | undefined>): Promise<RestAnswer>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

export function exchange(client: RestClient, position: Position, { patienceMs, clock }: Patience): Exchange {
  // A port that nobody listens on is a typing error, until a worker has answered there: then it restarts.
  let reached = false;

  return {
    async send(request, recover) {
      const deadline = clock.now() + patienceMs;
      for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
        const late = clock.now() + wait > deadline;
        const answer = await client.send(request).catch((cause: unknown) => {
          const passes = (reached && (isRefused(cause) || isBroken(cause))) || (recover && isSilent(cause));
          if (late || !passes) throw cause;
          return undefined;
        });
        reached ||= answer !== undefined && !isPage(answer);
        if (answer !== undefined && isPage(answer)) {
          if (late || answer.status !== 404) throw notAWorker(client, position);
        } else if (answer !== undefined && (late || !isBusy(answer))) {
          return answer;
        } else {
          // A conflict says that nothing was done; any other answer, or none, leaves it open.
          const recovered = answer?.status === 409 ? undefined : await recover?.();
          if (recovered !== undefined) return recovered;
        }
        await clock.sleep(wait);
      }
    },
  };
}

/** A worker that is starting answers everything with 404 and a web page. */
function isPage({ status, json, text }: RestAnswer): boolean {
  return json === undefined && text.trim() !== "" && !isGateway(status);
}

/** A load balancer in front of a worker that isn't there. */
function isGateway(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}

/** What workers answer while their group rebalances: it passes by itself. */
export function isBusy({ status, json, text }: RestAnswer): boolean {
  const message = messageOf(json, text);
  if (status === 409) return !/already exists/.test(message);
  if (status === 500)
    return /rebalance|Request timed out|no known leader|forward REST request/i.test(message);
  return isGateway(status);
}

const isRefused = (cause: unknown) => hasCode(cause, "KP3021");
const isSilent = (cause: unknown) => hasCode(cause, "KP3022");
const isBroken = (cause: unknown) => hasCode(cause, "KP3025");

function hasCode(cause: unknown, wanted: ErrorCode): boolean {
  return cause instanceof KpipeError && cause.diagnostics.some(({ code }) => code === wanted);
}

function notAWorker({ url }: RestClient, position: Position): KpipeError {
  return new KpipeError(
    error("KP3027", `${url} answers with a web page: is this a Connect worker?`, {
      position,
      next: "Check the address, and the worker's log: while it starts it answers like that too.",
    }),
  );
}

/** Throws KP3030 or KP3027 for an answer that isn't the one that was asked for. */
export function expectOk(answer: RestAnswer, client: RestClient, position: Position, what: string): unknown {
  if (answer.status >= 200 && answer.status < 300 && answer.json !== undefined) return answer.json;
  const message = messageOf(answer.json, answer.text);
  throw new KpipeError(
    isBusy(answer)
      ? error("KP3030", `${client.url} can't tell ${what} now: ${message}`, { position })
      : error("KP3027", `${client.url} doesn't tell ${what} (HTTP ${answer.status}): ${message}`, {
          position,
        }),
  );
}
