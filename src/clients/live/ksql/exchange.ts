import { type ErrorCode, error, KpipeError } from "../../../core/errors.ts";
import type { Position } from "../../../core/model.ts";
import type { Clock } from "../clock.ts";
import { forbidden, type RestAnswer, type RestClient, type RestRequest } from "../rest.ts";
import { UnreadableAnswer } from "./json.ts";
import { errorOf } from "./refusal.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

/** Hears what is waited for. */
export type Waiting = (message: string) => void;

export interface Patience {
  /** Milliseconds that what passes by itself is waited for. */
  readonly patienceMs: number;
  readonly clock: Clock;
}

/** Sends to a server that may be starting, restarting or busy: what passes by itself is waited for. */
export interface Exchange {
  /** The answer to a request that may be sent twice; silence is waited out where somebody hears of it. */
  ask(request: RestRequest, waiting?: Waiting): Promise<RestAnswer>;
  /** The answer to one that may not; undefined: it got lost, and the server may have taken the request. */
  submit(request: RestRequest, waiting: Waiting): Promise<RestAnswer | undefined>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
const AWAY: Trouble = { reason: "starting", waits: "waits for ksqlDB to come back" };

export function exchange(client: RestClient, position: Position, { patienceMs, clock }: Patience): Exchange {
  // A port that nobody listens on is a typing error, until a server has answered there: then it restarts.
  let reached = false;

  /** What one attempt came to: an answer, a trouble that passes, or nothing that anybody knows. */
  const attempt = async (request: RestRequest): Promise<RestAnswer | Lost> => {
    try {
      const answer = await client.send(request);
      reached = true;
      return answer;
    } catch (cause) {
      if (!reached || !has(cause, "KP3001", "KP3021", "KP3022", "KP3025")) throw cause;
      return { cause, sent: !has(cause, "KP3021"), silent: has(cause, "KP3022") };
    }
  };

  const deliver = async (request: RestRequest, waiting: Waiting | undefined, repeatable: boolean) => {
    const deadline = clock.now() + patienceMs;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const answer = await attempt(request);
      const late = clock.now() + pause > deadline;
      let trouble: Trouble;
      if ("cause" in answer) {
        if (answer.sent && !repeatable) return undefined;
        if (late || (answer.silent && waiting === undefined)) throw answer.cause;
        trouble = AWAY;
      } else {
        if (isGateway(answer) && !repeatable) return undefined;
        const passing = isGateway(answer) ? AWAY : troubleOf(answer);
        if (passing === undefined) return checked(answer, client, position);
        if (late) throw lasting(passing, answer, client, position);
        trouble = passing;
      }
      waiting?.(trouble.waits);
      await clock.sleep(pause);
    }
  };

  return {
    async ask(request, waiting) {
      const answer = await deliver(request, waiting, true);
      if (answer === undefined) throw new Error("a question was given up");
      return answer;
    },
    submit: (request, waiting) => deliver(request, waiting, false),
  };
}

/** No answer, though perhaps the request arrived. */
interface Lost {
  readonly cause: unknown;
  /** Whether the server may have taken it. */
  readonly sent: boolean;
  readonly silent: boolean;
}

/** Whatever stands between gave up on a server that has the request. */
function isGateway(answer: RestAnswer): boolean {
  return (answer.status === 502 || answer.status === 504) && errorOf(answer) === undefined;
}

/** Kafka's ACLs deny a part of a statement; any other 403 is about the server. */
const KAFKA_FORBIDS = 40301;

function checked(answer: RestAnswer, client: RestClient, position: Position): RestAnswer {
  const { status, json, text } = answer;
  const refused = errorOf(answer);
  if (status === 403 && refused?.code !== KAFKA_FORBIDS) throw forbidden(client.url, position);
  if ((status >= 200 && status < 300 && json !== undefined) || refused !== undefined) return answer;
  const isPage = json === undefined && text.trim() !== "";
  throw notKsql(client, position, isPage ? "with a web page" : `with HTTP ${status}`);
}

function lasting(trouble: Trouble, answer: RestAnswer, { url }: RestClient, position: Position): KpipeError {
  const message = errorOf(answer)?.said.message ?? `HTTP ${answer.status}`;
  return new KpipeError(
    trouble.reason === "starting"
      ? error("KP3051", `${url} is not ready: ${message}`, { position })
      : error("KP3052", `${url} takes no statement now: ${message}`, { position }),
  );
}

export function notKsql({ url }: RestClient, position: Position, how: string): KpipeError {
  return new KpipeError(error("KP3050", `${url} answers ${how}: is this ksqlDB?`, { position }));
}

/** Reads an answer; what can't be read becomes a KpipeError. */
export function reading<T>(client: RestClient, position: Position, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof UnreadableAnswer)) throw cause;
    throw new KpipeError(
      error("KP3053", `${client.url} answers what kpipe can't read: ${cause.part}`, { position }),
      cause,
    );
  }
}

/** The JSON of an answer to a question that no server has a reason to refuse. */
export function answered(answer: RestAnswer, { url }: RestClient, position: Position): unknown {
  const refused = errorOf(answer);
  if (refused === undefined) return answer.json;
  throw new KpipeError(error("KP3054", `${url} refuses: ${refused.said.message}`, { position }));
}

function has(cause: unknown, ...codes: readonly ErrorCode[]): boolean {
  return cause instanceof KpipeError && cause.diagnostics.some(({ code }) => codes.includes(code));
}
