import type { Address, Change } from "../core/model.ts";
import type { RunEvent } from "../core/run.ts";
import { columns, cut } from "./columns.ts";
import { printable } from "./printable.ts";
import { paintOf, type Style } from "./style.ts";
import { number } from "./words.ts";

/** What of a run is going on; times are in seconds since the run began. */
export interface Running {
  readonly ended: number;
  readonly steps: ReadonlyMap<Address, RunningStep>;
}

interface RunningStep {
  readonly change: Change;
  readonly since: number;
  /** What it waits for; empty until it says. */
  readonly message: string;
}

export const nothingRunning: Running = { ended: 0, steps: new Map() };

/** What is going on after an event. */
export function follow(running: Running, event: RunEvent, now: number): Running {
  const { address } = event.change;
  const steps = new Map(running.steps);
  switch (event.type) {
    case "started":
      steps.set(address, { change: event.change, since: now, message: "" });
      return { ...running, steps };
    case "progress": {
      const since = steps.get(address)?.since ?? now;
      steps.set(address, { change: event.change, since, message: event.message });
      return { ...running, steps };
    }
    case "done":
    case "failed":
    case "skipped":
      steps.delete(address);
      return { ended: event.step, steps };
  }
}

/**
 * One line for a terminal, to be rewritten: the step that has run longest, what it waits for and for how
 * long. It never fills the last column, where terminals wrap. Empty when nothing runs.
 */
export function statusLine(running: Running, total: number, now: number, style: Style): string {
  const [first, ...others] = [...running.steps.values()].toSorted((a, b) => a.since - b.since);
  if (first === undefined) return "";
  const { action, address } = first.change;
  const count = `[${running.ended}/${total}]`;
  const symbol = style.symbols[action];
  const waited = `${number(Math.max(0, Math.floor(now - first.since)))} s`;
  const tail = `  ${waited}${others.length > 0 ? `, ${number(others.length)} more running` : ""}`;
  const room = style.width - 1 - columns(count) - columns(symbol) - 2 - columns(tail);
  const text = cut([printable(address), printable(first.message)].filter(Boolean).join("  "), room);
  return `${style.faint(count)} ${paintOf(style, action)(symbol)} ${text}${style.faint(tail)}`;
}
