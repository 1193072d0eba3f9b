import { error, KpipeError } from "../../../core/errors.ts";
import { Secret } from "../../../core/secret.ts";
import type { ConnectFailure, ConnectResult, LiveConnector, WrittenConfig } from "../../connect.ts";
import type { RestAnswer } from "../rest.ts";
import { messageOf } from "./answers.ts";

/** A config as it goes over the wire, and what of it no message may repeat. */
export interface Sent {
  readonly body: Readonly<Record<string, string>>;
  readonly secrets: readonly Secret[];
}

export const OK: ConnectResult = { ok: true };

/** Throws KP3029 for a secret that has no value here. */
export function sentOf(config: WrittenConfig): Sent {
  const body = Object.fromEntries(
    [...config].map(([key, value]) => {
      if (!(value instanceof Secret)) return [key, value];
      const revealed = value.reveal();
      if (revealed === undefined) {
        const names = value.variables.join(", ");
        throw new KpipeError(error("KP3029", `${names} is not set, and ${key} needs it`));
      }
      return [key, revealed];
    }),
  );
  return { body, secrets: [...config.values()].filter((value) => value instanceof Secret) };
}

/** Whether a live connector has just what was sent. */
export function holds({ config }: LiveConnector, { body }: Sent): boolean {
  return Object.entries(body).every(([key, value]) => config.get(key) === value);
}

/** Whether a live connector has what was sent and nothing else; `name` and `__internal.*` are the worker's. */
export function holdsOnly(live: LiveConnector, sent: Sent): boolean {
  const keys = [...live.config.keys()].filter((key) => key !== "name" && !key.startsWith("__internal."));
  return holds(live, sent) && keys.every((key) => Object.hasOwn(sent.body, key));
}

/** What became of a write. Errors quote the config that they are about, so they are scrubbed: before they are cut, too. */
export function resultOf({ status, json, text }: RestAnswer, secrets: readonly Secret[]): ConnectResult {
  if (status >= 200 && status < 300) return OK;
  const message = messageOf(json, text, secrets);
  switch (status) {
    case 400:
      return failure("invalid", message);
    case 404:
      return failure("missing", message);
    case 409:
      return failure(/already exists/.test(message) ? "exists" : "busy", message);
    default:
      return failure("failed", `HTTP ${status}: ${message}`);
  }
}

function failure(reason: ConnectFailure["reason"], message: string): ConnectResult {
  return { ok: false, failure: { reason, message } };
}
