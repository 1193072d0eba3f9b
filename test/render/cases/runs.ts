import { error } from "../../../src/core/errors.ts";
import type { Change } from "../../../src/core/model.ts";
import type { Ended, Report } from "../../../src/core/run.ts";
import { create, field, remove, update } from "../../builders/plan.ts";

/** A run to its end: every change with what became of it. */
export interface Run {
  readonly changes: readonly Change[];
  readonly report: Report;
}

const topic = update("topic/purchases", { fields: [field("partitions", 3, 6)] });
const sink = create("connector/purchases-sink", {});
const stream = update("stream/PURCHASES_HIGH_VALUE", { fields: [field("sql", "a", "b")] });
const source = update("connector/purchases-source", { action: "operate", fields: [] });
const failure = error("KP4001", 'task 0 failed again\npassword authentication failed for user "kafka"', {
  next: "",
});
const longFailure = error(
  "KP4001",
  [
    "the worker answered 500: could not create the connector because its configuration asks for a plugin that is not there",
    ...Array.from({ length: 30 }, (_, n) => `\tat org.apache.kafka.connect.Worker.start(Worker.java:${n})`),
  ].join("\n"),
);

/** Runs to their end, by what they show. */
export const runs: Readonly<Record<string, Run>> = {
  "one-failed": run([
    done(topic, 1, "partitions 3 -> 6, 2 configs", 0.2),
    done(sink, 2, "running, 2 of 2 tasks", 3.1),
    done(stream, 3, "replaced, query running", 1.4),
    { type: "failed", change: source, step: 4, seconds: 2, diagnostic: failure },
  ]),
  "all-done": run([done(topic, 1, "", 0.04), done(remove("topic/old", {}), 2, "", 75.2)]),
  "failed-and-skipped": run([
    { type: "failed", change: topic, step: 1, seconds: 0.2, diagnostic: longFailure },
    { type: "skipped", change: stream, step: 2, seconds: 0, because: "topic/purchases" },
    { type: "skipped", change: sink, step: 3, seconds: 0, because: "stream/PURCHASES_HIGH_VALUE" },
  ]),
  interrupted: run(
    [
      done(topic, 1, "partitions 3 -> 6", 0.2),
      { type: "skipped", change: sink, step: 2, seconds: 0, because: undefined },
    ],
    { interrupted: true },
  ),
  "interrupted-at-once": run([{ type: "skipped", change: sink, step: 1, seconds: 0, because: undefined }], {
    interrupted: true,
  }),
  nothing: { changes: [], report: { total: 0, ended: [], interrupted: false, seconds: 0 } },
  long: run([
    ...Array.from({ length: 8 }, (_, n) => done(create(`topic/orders.${n}`, {}), n + 1, "3 partitions", 0.5)),
    { type: "failed", change: create("topic/orders.8", {}), step: 9, seconds: 0.5, diagnostic: longFailure },
    ...Array.from(
      { length: 30 },
      (_, n): Ended => ({
        type: "skipped",
        change: create(`stream/ORDERS_${n}`, {}),
        step: n + 10,
        seconds: 0,
        because: "topic/orders.8",
      }),
    ),
  ]),
  "long-names": run([
    done(create(`topic/${"payments.".repeat(27)}orders`, {}), 1, "6 partitions", 1.2),
    done(topic, 2, `reset ${Array.from({ length: 20 }, (_, n) => `config-${n}`).join(", ")}`, 3600),
    {
      type: "failed",
      change: sink,
      step: 3,
      seconds: 0,
      diagnostic: error("KP4001", "says \u001b[2J", { next: "\u0007" }),
    },
  ]),
};

function run(ended: readonly Ended[], more: Partial<Report> = {}): Run {
  const seconds = ended.reduce((sum, it) => sum + it.seconds, 0.2);
  return {
    changes: ended.map(({ change }) => change),
    report: { total: ended.length, ended, interrupted: false, seconds, ...more },
  };
}

function done(change: Change, step: number, message: string, seconds: number): Ended {
  return { type: "done", change, step, message, seconds };
}
