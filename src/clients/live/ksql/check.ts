import { randomUUID } from "node:crypto";
import { error, KpipeError } from "../../../core/errors.ts";
import type { Position } from "../../../core/model.ts";
import type { KsqlRefusal, KsqlStatement } from "../../ksql.ts";
import { MISSING } from "./look.ts";
import { errorOf, type KsqlError } from "./refusal.ts";
import { requestOf, type SandboxRequest, statementOf } from "./sandbox.ts";
import type { Talk } from "./talk.ts";

/**
 * The first refusal among statements, as the server's sandbox sees them one after the other; undefined: it
 * takes them all. The server names the refused statement by its text, mostly; where it doesn't, prefixes of
 * the list are asked about until the shortest refused one is found.
 */
export async function checkStatements(
  talk: Talk,
  position: Position,
  statements: readonly KsqlStatement[],
): Promise<KsqlRefusal | undefined> {
  if (statements.length === 0) return undefined;
  const probe = await missingStream(talk, position);
  const refusedOf = async (count: number): Promise<Refused | undefined> => {
    const request = requestOf(statements.slice(0, count), probe);
    const answer = await talk.ask(request.text);
    const refused = errorOf(answer);
    if (refused === undefined) throw executed(position);
    return isAbout(request, refused) ? undefined : { request, refused };
  };

  const first = await refusedOf(statements.length);
  if (first === undefined) return undefined;
  const at = statementOf(first.request, first.refused) ?? (await shortest(statements.length, refusedOf));
  return refusal(first, at);
}

interface Refused {
  readonly request: SandboxRequest;
  readonly refused: KsqlError;
}

/** The index of the first refused statement: whatever begins with it is refused too. */
async function shortest(
  count: number,
  refusedOf: (count: number) => Promise<Refused | undefined>,
): Promise<number | undefined> {
  let sound = 0;
  let refused = count;
  while (refused - sound > 1) {
    const middle = Math.floor((sound + refused) / 2);
    if ((await refusedOf(middle)) === undefined) sound = middle;
    else refused = middle;
  }
  return refused - 1;
}

function refusal({ request, refused }: Refused, statement: number | undefined): KsqlRefusal {
  const { code, said } = refused;
  const place = statement !== undefined && request.placeIn(statement, said);
  return { code, message: said.message, statement, ...place };
}

/** Only the last statement is refused, so that the ones before it are sound. */
function isAbout({ probe }: SandboxRequest, { statementText, raw }: KsqlError): boolean {
  const said = statementText?.replaceAll(/[\s;`]+/g, " ").trim();
  if (said !== undefined) return said === `DROP STREAM ${probe}`;
  return raw.includes(probe) && raw.includes("does not exist");
}

/** Random names can't be taken three times: a server that has them all says yes to everything. */
const TRIES = 3;

/** A name that no stream or table has, and that nobody will choose meanwhile. */
async function missingStream(talk: Talk, position: Position): Promise<string> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const name = `KPIPE_CHECK_${randomUUID().replaceAll("-", "").toUpperCase()}`;
    const sight = await talk.look({ kind: "source", name, commandId: "" });
    if (sight === MISSING) return name;
  }
  throw new KpipeError(
    error("KP3050", "it says of streams that can't exist that they are there", { position }),
  );
}

function executed(position: Position): KpipeError {
  return new KpipeError(
    error("KP3057", "ksqlDB executed statements that it was to check only", { position }),
  );
}
