import type { KsqlRefusal } from "../../ksql.ts";
import { type Said, saidBy } from "../../ksql-message.ts";
import { placeIn } from "../../ksql-place.ts";
import type { RestAnswer } from "../rest.ts";
import { isObject, textOr } from "./json.ts";

/** An error as ksqlDB's REST API gives it: `statement_error` or `generic_error`. */
export interface KsqlError {
  readonly code: number;
  readonly said: Said;
  /** The message as it came. */
  readonly raw: string;
  /**
   * The statement that is refused, rewritten or as sent; the whole request where it can't be parsed or the
   * server itself failed; undefined for a generic error.
   */
  readonly statementText: string | undefined;
}

/** The error that an answer holds; undefined if it holds none, or somebody else than ksqlDB gives it. */
export function errorOf({ status, json }: RestAnswer): KsqlError | undefined {
  if (status < 400 || !isObject(json) || typeof json["@type"] !== "string") return undefined;
  const { error_code: code, message, statementText } = json;
  const raw = textOr(message);
  return {
    code: typeof code === "number" ? code : status * 100,
    said: saidBy(raw),
    raw,
    statementText: typeof statementText === "string" ? statementText : undefined,
  };
}

/** The refusal of the only statement of a request. */
export function refusalOf({ code, said }: Pick<KsqlError, "code" | "said">, text: string): KsqlRefusal {
  return { code, message: said.message, statement: 0, ...placeIn(text, said) };
}
