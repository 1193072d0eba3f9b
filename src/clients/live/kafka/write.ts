import { KpipeError } from "../../../core/errors.ts";
import type { Result, WriteMode } from "../../kafka.ts";
import { chunked, mostRecords } from "./chunks.ts";
import { backoff, type Deadline } from "./deadline.ts";
import { inWords } from "./diagnosis.ts";
import { code, failureOf, passes } from "./error-codes.ts";
import type { NamedAnswer } from "./protocol/request.ts";
import type { Session } from "./session.ts";
import { KafkaTrouble } from "./trouble.ts";

/** One kind of change, for many items. */
export interface Write<Item> {
  readonly items: readonly Item[];
  readonly mode: WriteMode;
  name(item: Item): string;
  /** How many records it makes the controller write. */
  weight(item: Item): number;
  /** One request for some of the items. */
  send(items: readonly Item[], deadline: Deadline): Promise<readonly NamedAnswer[]>;
  /** The right that it needs on an item of this name, such as `Create on topic a`. */
  right(name: string): string;
  /**
   * Of the refused items those that are as asked for after all. `uncertain`: items that were sent before without
   * an answer, so that the refusal may be of kpipe's own making.
   */
  settled?(refused: readonly Refused<Item>[], uncertain: ReadonlySet<string>): Promise<ReadonlySet<string>>;
}

export interface Refused<Item> {
  readonly item: Item;
  readonly name: string;
  readonly code: number;
}

export interface Written {
  readonly results: Map<string, Result>;
  /** The items that were done. */
  readonly done: ReadonlySet<string>;
  /** The brokers can't be asked any more: nothing needs to be waited for. */
  readonly cut: boolean;
}

/**
 * Sends the items in chunks and again where that may help: to the new controller, after a lost answer, after a
 * passing condition. Throws only while nothing is known of any item; later, what wasn't answered is a failure
 * (NETWORK_EXCEPTION) beside the outcomes that are known.
 */
export async function write<Item>(session: Session, change: Write<Item>): Promise<Written> {
  const uncertain = new Set<string>();
  const answers = new Map<Item, NamedAnswer>();
  let trouble: KafkaTrouble | undefined;
  try {
    for (const chunk of chunked(change.items, mostRecords, change.weight))
      await sendChunk(session, change, chunk, { answers, uncertain });
  } catch (error) {
    if (!(error instanceof KafkaTrouble) || answers.size === 0) throw error;
    trouble = error;
  }
  const refused = [...answers]
    .filter(([, { code }]) => code !== 0)
    .map(([item, { code }]) => ({ item, name: change.name(item), code }));
  const settled =
    change.mode === "execute" && refused.length > 0 && trouble === undefined
      ? await change.settled?.(refused, uncertain).catch(unlessBug)
      : undefined;
  const results = new Map<string, Result>();
  for (const item of change.items) {
    const name = change.name(item);
    const answer = answers.get(item) ?? {
      code: code.networkException,
      message: inWords(trouble, session.facts),
    };
    const ok = answer.code === 0 || settled?.has(name) === true;
    results.set(name, ok ? { ok } : { ok, error: failureOf(answer, change.right(name)) });
  }
  const done = new Set([...results].filter(([, { ok }]) => ok).map(([name]) => name));
  return { results, done, cut: trouble !== undefined };
}

/** What can't be read again stays as it was answered. */
function unlessBug(error: unknown): undefined {
  if (!(error instanceof KafkaTrouble || error instanceof KpipeError)) throw error;
}

/** Fills `known` as answers come, so that what is known when the connection breaks stays known. */
async function sendChunk<Item>(
  session: Session,
  change: Write<Item>,
  chunk: readonly Item[],
  known: { readonly answers: Map<Item, NamedAnswer>; readonly uncertain: Set<string> },
): Promise<void> {
  const deadline = session.deadline();
  const pause = backoff(deadline, session.signal);
  let open = chunk;
  for (;;) {
    const answers = await session.persist(
      deadline,
      () => change.send(open, deadline),
      () => {
        for (const item of open) known.uncertain.add(change.name(item));
      },
    );
    const byName = new Map(answers.map((answer) => [answer.name, answer]));
    for (const item of open) {
      const name = change.name(item);
      const answer = byName.get(name) ?? { name, code: -1, message: null };
      // The controller goes on with what it didn't finish in time.
      if (answer.code === code.timedOut) known.uncertain.add(name);
      known.answers.set(item, answer);
    }
    open = open.filter((item) => passes(known.answers.get(item)?.code ?? 0));
    if (open.length === 0 || !(await pause())) return;
    await session.persist(deadline, () => session.refresh(deadline));
  }
}
