import { setTimeout as sleep } from "node:timers/promises";
import type { Deadline } from "./deadline.ts";
import { addressOf, type Endpoint, type Link } from "./link.ts";
import { KafkaTrouble, mayPass } from "./trouble.ts";

type Open = (endpoint: Endpoint, deadline: Deadline, signal: AbortSignal) => Promise<Link>;

/**
 * The first of the brokers that answers. Each gets a head start on the next, so that one silent broker doesn't
 * eat up the time of the others. A broker that answers and refuses (certificate, password) ends the search:
 * the others would say the same, and a wrong password tried on all of them may lock an account.
 */
export async function firstLink(
  endpoints: readonly Endpoint[],
  open: Open,
  deadline: Deadline,
  signal: AbortSignal,
): Promise<Link> {
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  const headStart = Math.min(2_000, deadline.left() / (endpoints.length + 1));
  const troubles: KafkaTrouble[] = [];
  let before: Promise<unknown> = Promise.resolve();
  const attempts = endpoints.map((endpoint, index) => {
    const turn =
      index === 0
        ? before
        : Promise.race([before, sleep(headStart * index, undefined, { signal: stop }).catch(() => {})]);
    const attempt = turn.then(async () => {
      stop.throwIfAborted();
      return open(endpoint, deadline, stop);
    });
    // Only a failure lets the next one start early.
    before = attempt.then(
      () => new Promise(() => {}),
      () => {},
    );
    return attempt;
  });
  const winner = await new Promise<Link>((resolve, reject) => {
    let open = attempts.length;
    for (const attempt of attempts)
      attempt.then(resolve, (error: unknown) => {
        open -= 1;
        if (error instanceof KafkaTrouble) troubles.push(error);
        const final = error instanceof KafkaTrouble ? !mayPass(error.trouble) : !stop.aborted;
        if (final) reject(error);
        if (open === 0) reject(together(endpoints, troubles));
      });
  }).finally(() => over.abort());
  for (const attempt of attempts)
    attempt.then(
      (link) => link === winner || link.close(),
      () => {},
    );
  return winner;
}

/** One error for all addresses, in the order of the file. */
function together(endpoints: readonly Endpoint[], troubles: readonly KafkaTrouble[]): Error {
  const order = endpoints.map(addressOf);
  const [first, ...others] = [...troubles].sort(
    (a, b) => order.indexOf(a.address) - order.indexOf(b.address),
  );
  if (first === undefined) return new Error("closed");
  return new KafkaTrouble(first.trouble, first.address, first.cause, others);
}
