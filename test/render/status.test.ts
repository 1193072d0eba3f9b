import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/core/run.ts";
import { columns } from "../../src/render/columns.ts";
import { follow, nothingRunning, type Running, statusLine } from "../../src/render/status.ts";
import { plainStyle } from "../../src/render/style.ts";
import { create, update } from "../builders/plan.ts";

const topic = update("topic/purchases", { fields: [] });
const sink = create("connector/purchases-sink", {});

/** What runs after these events, each with the second at which it came. */
function runningAfter(...events: readonly (readonly [RunEvent, number])[]): Running {
  const running = nothingRunning();
  for (const [event, now] of events) follow(running, event, now);
  return running;
}

function shown(running: Running, now: number, width = 80): string {
  return statusLine(running, 4, now, plainStyle({ width }));
}

describe("the line of what is going on", () => {
  const started = [{ type: "started", change: topic }, 1] as const;
  const waiting = [
    { type: "progress", change: topic, message: "moving replicas, 12 of 48 partitions left" },
    5,
  ] as const;

  test.each<readonly [string, Running, string]>([
    ["nothing yet", runningAfter(), ""],
    ["one that has begun", runningAfter(started), "[0/4] ~ topic/purchases  8 s"],
    [
      "one that says what it waits for, since it began",
      runningAfter(started, waiting),
      "[0/4] ~ topic/purchases  moving replicas, 12 of 48 partitions left  8 s",
    ],
    [
      "the one that runs longest, of several",
      runningAfter(started, [{ type: "started", change: sink }, 6], waiting),
      "[0/4] ~ topic/purchases  moving replicas, 12 of 48 part...  8 s, 1 more running",
    ],
    [
      "those that are left when one has ended",
      runningAfter(
        started,
        [{ type: "started", change: sink }, 6],
        [{ type: "done", change: topic, message: "", step: 1, seconds: 6 }, 7],
      ),
      "[1/4] + connector/purchases-sink  3 s",
    ],
    [
      "nothing again",
      runningAfter(started, [{ type: "skipped", change: topic, because: undefined, step: 1, seconds: 6 }, 7]),
      "",
    ],
  ])("%s", (_, running, line) => {
    expect(shown(running, 9.9)).toBe(line);
  });

  test("leaves the last column free, whatever the name and the message", () => {
    const long = create(`topic/${"購買".repeat(60)}`, {});
    const running = runningAfter([{ type: "progress", change: long, message: "x\u001b[2J".repeat(40) }, 0]);
    for (const width of [40, 80, 120]) expect(columns(shown(running, 1234, width))).toBeLessThan(width);
  });
});
