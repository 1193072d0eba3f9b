import { error, KpipeError } from "../../../core/errors.ts";
import type { Position } from "../../../core/model.ts";
import { failureOf, isUnauthorized } from "./error-codes.ts";
import type { NamedAnswer } from "./protocol/request.ts";

const shown = 5;

/**
 * The error that ends the command when something can't be read: a plan made without it would be wrong.
 * `what`: what can't be read, given the names; `right`: what the principal needs for it.
 */
export function unreadable(
  refused: readonly NamedAnswer[],
  what: (names: string) => string,
  right: (names: string) => string,
  position: Position,
): KpipeError {
  const denied = refused.filter(({ code }) => isUnauthorized(code));
  if (denied.length > 0) {
    const names = listed(denied);
    return new KpipeError(
      error("KP3011", `not allowed to read ${what(names)}: the principal needs ${right(names)}`, {
        position,
      }),
    );
  }
  const failure = failureOf(refused[0] ?? { code: -1, message: null }, "");
  const message = `${what(listed(refused))} can't be read: ${failure.message} (${failure.name})`;
  return new KpipeError(error("KP3016", message, { position }));
}

function listed(answers: readonly NamedAnswer[]): string {
  const rest = answers.length - shown;
  const names = answers.slice(0, shown).map(({ name }) => name);
  return names.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
