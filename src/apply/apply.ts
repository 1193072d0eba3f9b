import { type Channel, channel } from "../core/channel.ts";
import { type Diagnostic, error, KpipeError } from "../core/errors.ts";
import { groupBy } from "../core/group-by.ts";
import type { Driver, Progress } from "../core/kind.ts";
import type { Address, Change, Delete, World } from "../core/model.ts";
import type { Ended, RunEvent } from "../core/run.ts";

export interface ApplyRequest {
  /** In order; each names in `after` the changes that come first. */
  readonly changes: readonly Change[];
  readonly world: World;
  readonly driverOf: (address: Address) => Driver;
  /** Reads the evidence of deletes again, immediately before they are made; those it names are not made. */
  readonly recheck: (deletes: readonly Delete[]) => Promise<ReadonlyMap<Address, Diagnostic>>;
  /** Aborted: what runs is finished, nothing new is started. */
  readonly signal: AbortSignal;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
}

/**
 * Carries out changes in dependency order. A driver gets everything that is ready for it as one batch, and
 * the drivers run side by side. What depends on a failed change is skipped; the rest goes on.
 */
export async function* applyChanges(request: ApplyRequest): AsyncGenerator<RunEvent, void> {
  const events = channel<RunEvent>();
  const run = new Run(request, events);
  run.advance();
  yield* events;
}

type Outcome =
  | { readonly type: "done"; readonly message: string }
  | { readonly type: "failed"; readonly diagnostic: Diagnostic }
  | { readonly type: "skipped"; readonly because: Address | undefined };

/** The state of one apply: what waits, what runs on which driver, what has ended and how. */
class Run {
  readonly #request: ApplyRequest;
  readonly #events: Channel<RunEvent>;
  readonly #waiting: Map<Address, Change>;
  readonly #planned: ReadonlySet<Address>;
  readonly #started = new Map<Address, number>();
  readonly #ended = new Map<Address, Ended["type"]>();
  readonly #busy = new Set<Driver>();

  constructor(request: ApplyRequest, events: Channel<RunEvent>) {
    this.#request = request;
    this.#events = events;
    this.#waiting = new Map(request.changes.map((change) => [change.address, change]));
    this.#planned = new Set(this.#waiting.keys());
  }

  /** Starts everything that can start now; closes the events when nothing runs and nothing can. */
  advance(): void {
    this.#skipBlocked();
    for (const [driver, batch] of this.#ready()) void this.#runBatch(driver, batch);
    if (this.#busy.size > 0) return;
    for (const change of [...this.#waiting.values()])
      this.#end(change, { type: "skipped", because: undefined });
    this.#events.close();
  }

  /** A change whose dependency failed is skipped, and so on down the line: `changes` is in order. */
  #skipBlocked(): void {
    for (const change of [...this.#waiting.values()]) {
      const because = change.after.find(
        (it) => this.#ended.get(it) === "failed" || this.#ended.get(it) === "skipped",
      );
      if (because !== undefined) this.#end(change, { type: "skipped", because });
    }
  }

  #ready(): ReadonlyMap<Driver, readonly Change[]> {
    if (this.#request.signal.aborted) return new Map();
    const isDone = (it: Address) => !this.#planned.has(it) || this.#ended.get(it) === "done";
    const free = [...this.#waiting.values()].filter(
      ({ address, after }) => !this.#busy.has(this.#request.driverOf(address)) && after.every(isDone),
    );
    return groupBy(free, ({ address }) => this.#request.driverOf(address));
  }

  async #runBatch(driver: Driver, batch: readonly Change[]): Promise<void> {
    const { world, signal, clock } = this.#request;
    const open = new Map(batch.map((change) => [change.address, change]));
    this.#busy.add(driver);
    for (const change of batch) {
      this.#waiting.delete(change.address);
      this.#started.set(change.address, clock());
      this.#events.send({ type: "started", change });
    }
    try {
      for (const [address, diagnostic] of await this.#recheck(batch)) {
        this.#report({ type: "failed", address, diagnostic }, open);
      }
      const sound = [...open.values()];
      for await (const progress of driver.apply(sound, world, signal)) this.#report(progress, open);
      const unsaid = error("KP4001", "ended without saying what became of it");
      for (const change of open.values()) {
        this.#end(
          change,
          signal.aborted ? { type: "skipped", because: undefined } : { type: "failed", diagnostic: unsaid },
        );
      }
    } catch (cause) {
      const diagnostic = whatFailed(cause);
      for (const change of open.values()) this.#end(change, { type: "failed", diagnostic });
    }
    this.#busy.delete(driver);
    this.advance();
  }

  async #recheck(batch: readonly Change[]): Promise<ReadonlyMap<Address, Diagnostic>> {
    const deletes = batch.filter((change) => change.action === "delete");
    return deletes.length === 0 ? new Map() : this.#request.recheck(deletes);
  }

  #report(progress: Progress, open: Map<Address, Change>): void {
    const change = open.get(progress.address);
    if (change === undefined) return;
    if (progress.type === "progress") {
      this.#events.send({ type: "progress", change, message: progress.message });
      return;
    }
    open.delete(progress.address);
    this.#end(change, progress);
    // Another driver may have waited for just this one.
    this.advance();
  }

  #end(change: Change, outcome: Outcome): void {
    const { clock } = this.#request;
    this.#waiting.delete(change.address);
    this.#ended.set(change.address, outcome.type);
    const seconds = (clock() - (this.#started.get(change.address) ?? clock())) / 1000;
    this.#events.send({ ...outcome, change, step: this.#ended.size, seconds });
  }
}

function whatFailed(cause: unknown): Diagnostic {
  if (cause instanceof KpipeError) {
    const [first] = cause.diagnostics;
    if (first) return first;
  }
  return error("KP4001", cause instanceof Error ? cause.message : String(cause));
}
