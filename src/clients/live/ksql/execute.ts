import { error, KpipeError } from "../../../core/errors.ts";
import type { Position } from "../../../core/model.ts";
import { withoutComments } from "../../../ksql/syntax/index.ts";
import type { KsqlOutcome, KsqlStatement } from "../../ksql.ts";
import type { RestAnswer } from "../rest.ts";
import type { Patience, Waiting } from "./exchange.ts";
import type { Sight } from "./look.ts";
import { errorOf, refusalOf } from "./refusal.ts";
import { acceptedOf, type CommandStatus, isFinal, outcomeOf } from "./status.ts";
import { type Subject, subjectOf } from "./subject.ts";
import type { Talk } from "./talk.ts";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
const EXECUTING = "waits for ksqlDB to execute it";
const QUEUED = "waits for ksqlDB to execute it, behind other statements";
const LOST = "waits for ksqlDB: its answer got lost, and whether it took the statement isn't known";

/**
 * Executes statements one at a time, each to its end. A statement whose answer got lost is not sent again
 * before its subject was looked at: that differs from before if the statement was done after all.
 */
export function executor(
  talk: Talk,
  position: Position,
  { patienceMs, clock }: Patience,
): (statement: KsqlStatement, waiting: Waiting) => Promise<KsqlOutcome> {
  /** Polls a command until the server is done with it; one that it doesn't know yet, too. */
  const settled = async (
    commandId: string,
    start: CommandStatus | undefined,
    waiting: Waiting,
  ): Promise<CommandStatus> => {
    const deadline = clock.now() + patienceMs;
    let status = start ?? (await talk.commandStatus(commandId, waiting));
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      if (status !== undefined && isFinal(status)) return status;
      if (clock.now() + pause > deadline) throw unfinished(status, position);
      waiting(status?.status === "QUEUED" ? QUEUED : EXECUTING);
      await clock.sleep(pause);
      status = await talk.commandStatus(commandId, waiting);
    }
  };

  /** What a statement came to whose answer got lost; undefined: the server never took it. */
  const recovered = async (text: string, seen: Seen, waiting: Waiting): Promise<KsqlOutcome | undefined> => {
    const { commandId } = seen.subject;
    const found = await talk.commandStatus(commandId, waiting);
    const status = found && (await settled(commandId, found, waiting));
    if ((await talk.look(seen.subject, waiting)) === seen.before) return undefined;
    return status === undefined ? DONE : outcomeOf(status, text);
  };

  /** What came of an answer that arrived. */
  const concluded = async (text: string, answer: RestAnswer, waiting: Waiting): Promise<KsqlOutcome> => {
    const refused = errorOf(answer);
    if (refused !== undefined) return { ok: false, refusal: refusalOf(refused, text) };
    const { command, sequenceNumber, message, warnings } = talk.read(() => acceptedOf(answer.json));
    if (command === undefined) return { ok: true, message, queryId: undefined, warnings };
    if (isFinal(command.status)) {
      talk.after(sequenceNumber);
      return outcomeOf(command.status, text, warnings);
    }
    const status = await settled(command.id, command.status, waiting);
    if (sequenceNumber === undefined) return outcomeOf(status, text, warnings);
    // Until the server has begun a command, it tells of the one before it that had the same id.
    talk.after(sequenceNumber);
    await talk.caughtUp(waiting);
    return outcomeOf(await settled(command.id, undefined, waiting), text, warnings);
  };

  return async ({ text: written, properties }, listener) => {
    const waiting = onChange(listener);
    // After an empty `--`, ksqlDB's lexer takes the next line for a comment too.
    const text = withoutComments(written);
    const subject = subjectOf(text);
    const seen = subject && { subject, before: await talk.look(subject, waiting) };
    const deadline = clock.now() + patienceMs;
    for (let again = false; ; again = true) {
      const answer = await talk.submit({ text, properties }, waiting);
      const outcome = answer && (await concluded(text, answer, waiting));
      if (outcome?.ok === true || (outcome && !again)) return outcome;
      if (seen === undefined) throw unknown(position);
      // Lost, or refused the second time, as a statement is that was done the first time.
      if (outcome === undefined) waiting(LOST);
      const done = (await recovered(text, seen, waiting)) ?? outcome;
      if (done !== undefined) return done;
      if (clock.now() + FIRST_PAUSE_MS > deadline) throw unknown(position);
      await clock.sleep(FIRST_PAUSE_MS);
    }
  };
}

/** A subject, and what there was of it before the statement. */
interface Seen {
  readonly subject: Subject;
  readonly before: Sight;
}

/** The answer of a server that forgot the command, and shows its effect. */
const DONE: KsqlOutcome = { ok: true, message: "", queryId: undefined, warnings: [] };

function onChange(listener: Waiting): Waiting {
  let last: string | undefined;
  return (message) => {
    if (message !== last) listener(message);
    last = message;
  };
}

function unfinished(status: CommandStatus | undefined, position: Position): KpipeError {
  const state = status === undefined ? "" : ` (${status.status})`;
  return new KpipeError(error("KP3055", `ksqlDB has not finished the statement yet${state}`, { position }));
}

function unknown(position: Position): KpipeError {
  return new KpipeError(
    error("KP3056", "ksqlDB's answer to the statement got lost, and may have been yes", { position }),
  );
}
