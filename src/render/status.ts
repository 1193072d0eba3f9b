import type { Address, Change } from "../core/model.ts";
import type { RunEvent } from "../core/run.ts";
import { number } from "../core/words.ts";
import { columns, cut } from "./columns.ts";
import { printable } from "./printable.ts";
import { paintOf, type Style } from "./style.ts";

/**
 * What of a run is going on; times are in seconds since the run began. It changes in place: ten thousand
 * events over ten thousand running steps leave no time for copies.
 */
export interface Running {
  ended: number;
  readonly steps: Map<Address, RunningStep>;
}

interface RunningStep {
  readonly change: Change;
  readonly since: number;
  /** What it waits for; empty until it says. */
  readonly message: string;
}

export function nothingRunning(): Running {
  return { ended: 0, steps: new Map() };
}

/** Takes an event into account. */
export function follow(running: Running, event: RunEvent, now: number): void {
  const { steps } = running;
  const { change } = event;
  switch (event.type) {
    case "started":
      steps.set(change.address, { change, since: now, message: "" });
      return;
    case "progress": {
      const since = steps.get(change.address)?.since ?? now;
      steps.set(change.address, { change, since, message: event.message });
      return;
    }
    case "done":
    case "failed":
    case "skipped":
      steps.delete(change.address);
      running.ended = event.step;
  }
}

/**
 * One line for a terminal, to be rewritten: the step that has run longest, what it waits for and for how
 * long. It never fills the last column, where terminals wrap. Empty when nothing runs.
 */
export function statusLine(running: Running, total: number, now: number, style: Style): string {
  // A step keeps its place in the map from its start on, so the first has run longest.
  const [first] = running.steps.values();
  if (first === undefined) return "";
  const others = running.steps.size - 1;
  const { action, address } = first.change;
  const count = `[${running.ended}/${total}]`;
  const symbol = style.symbols[action];
  const waited = `${number(Math.max(0, Math.floor(now - first.since)))} s`;
  const tail = `  ${waited}${others > 0 ? `, ${number(others)} more running` : ""}`;
  const room = style.width - 1 - columns(count) - columns(symbol) - 2 - columns(tail);
  const text = cut([printable(address), printable(first.message)].filter(Boolean).join("  "), room);
  return `${style.faint(count)} ${paintOf(style, action)(symbol)} ${text}${style.faint(tail)}`;
}
