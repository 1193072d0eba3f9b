import { error, KpipeError } from "../../../core/errors.ts";
import type { Position } from "../../../core/model.ts";
import { failureOf, isUnauthorized } from "./error-codes.ts";
import type { NamedAnswer } from "./protocol/request.ts";

const shown = 5;

/**
 * The error that ends the command when something can't be read: a plan made without it would be wrong.
 * `right`: what the principal needs for one of them, such as `DescribeConfigs on topic a`.
 */
export function unreadable(
  what: string,
  refused: readonly NamedAnswer[],
  right: (name: string) => string,
  position: Position,
): KpipeError {
  const [first] = refused;
  const failure = failureOf(first ?? { code: -1, message: null }, "");
  if (first !== undefined && isUnauthorized(first.code)) {
    const names = refused.filter(({ code }) => isUnauthorized(code)).map(({ name }) => name);
    return new KpipeError(
      error("KP3011", `not allowed to read ${what}: the principal needs ${right(listed(names))}`, {
        position,
      }),
    );
  }
  const names = listed(refused.map(({ name }) => name));
  return new KpipeError(
    error("KP3016", `${what} of ${names} can't be read: ${failure.message} (${failure.name})`, { position }),
  );
}

function listed(names: readonly string[]): string {
  const rest = names.length - shown;
  return names.slice(0, shown).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
