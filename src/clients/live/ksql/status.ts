import type { KsqlOutcome } from "../../ksql.ts";
import { saidBy } from "../../ksql-message.ts";
import { isObject, listOr, objectAt, objectOr, textAt, textOr } from "./json.ts";
import { refusalOf } from "./refusal.ts";

/** How far the server is with a command. */
export interface CommandStatus {
  /** CommandStatus.Status of ksqlDB: QUEUED, PARSING, EXECUTING, RUNNING, TERMINATED, SUCCESS, ERROR. */
  readonly status: string;
  readonly message: string;
  readonly queryId: string | undefined;
}

/** What came of a statement that was accepted. */
export interface Accepted {
  /** undefined: it isn't a command, and is done. */
  readonly command: { readonly id: string; readonly status: CommandStatus } | undefined;
  /** Waits in a request until this command is executed, on whichever server. */
  readonly sequenceNumber: number | undefined;
  readonly message: string;
  readonly warnings: readonly string[];
}

/** The entity of the one statement of a request; none for SET and DEFINE. Throws UnreadableAnswer. */
export function acceptedOf(answer: unknown): Accepted {
  const entity = objectOr(listOr(answer).at(-1));
  const warnings = listOr(entity.warnings)
    .map((it) => saidBy(textOr(objectOr(it).message)).message)
    .filter((it) => it !== "");
  const nothing = { command: undefined, sequenceNumber: undefined, warnings };
  switch (entity["@type"]) {
    case "currentStatus": {
      const { commandSequenceNumber: sequence } = entity;
      const status = statusOf(entity.commandStatus);
      return {
        command: { id: textAt(entity.commandId, "commandId"), status },
        sequenceNumber: typeof sequence === "number" && sequence >= 0 ? sequence : undefined,
        message: status.message,
        warnings,
      };
    }
    case "warning_entity": {
      const message = textOr(entity.message);
      return { ...nothing, message, warnings: [message, ...warnings] };
    }
    default:
      return { ...nothing, message: "" };
  }
}

/** Throws UnreadableAnswer. */
export function statusOf(value: unknown): CommandStatus {
  const { status, message, queryId } = objectAt(value, "commandStatus");
  return {
    status: textAt(status, "status"),
    message: textOr(message),
    queryId: typeof queryId === "string" ? queryId : isObject(queryId) ? textOr(queryId.id) : undefined,
  };
}

export function isFinal({ status }: CommandStatus): boolean {
  return status === "SUCCESS" || status === "ERROR" || status === "TERMINATED";
}

/** A command that failed after it was accepted has no code of its own: it is the server's failure. */
const FAILED = 50000;

/** What a command with this final status came to. */
export function outcomeOf(
  { status, message, queryId }: CommandStatus,
  text: string,
  warnings: readonly string[] = [],
): KsqlOutcome {
  return status === "ERROR"
    ? { ok: false, refusal: refusalOf({ code: FAILED, said: saidBy(message) }, text) }
    : { ok: true, message, queryId, warnings };
}

/** Where the server tells of a command; names have no `/`, and backticks are part of them. */
export function statusPath(commandId: string): string {
  return `/status/${commandId.split("/").map(encodeURIComponent).join("/")}`;
}
