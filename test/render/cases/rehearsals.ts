import { error, warning } from "../../../src/core/errors.ts";
import type { Change, Plan } from "../../../src/core/model.ts";
import type { Ended, Rehearsal } from "../../../src/core/run.ts";
import { at, create, field, planOf, remove, update } from "../../builders/plan.ts";

const topic = update("topic/purchases", { at: 18, fields: [field("partitions", 3, 6)] });
const retention = update("topic/payments", {
  at: 9,
  fields: [field("config.retention.ms", "604800000", "86400000"), field("config.cleanup.policy", "a", "b")],
});
const sink = create("connector/purchases-sink", {}, { at: 31 });
const stream = create("stream/PURCHASES_HIGH_VALUE", {}, { at: 40 });
const old = remove("topic/purchases.old", { partitions: 1 });

const gained = error("KP4002", "not deleted: since the plan, readers gained connector/purchases-sink");
const health = "connector/purchases-sink: a recording doesn't tell whether it runs like this";
const secret = "connector/purchases-sink: db.password can't be compared: a copy holds no secrets";

/** Rehearsals, by what came of them. */
export const rehearsals: Readonly<Record<string, Rehearsal>> = {
  clean: rehearsal([done(topic)], {}),
  "clean-as-far-as-it-goes": rehearsal([done(topic), done(sink)], {}, [health, secret]),
  "one-fails": rehearsal(
    [
      done(sink),
      { type: "failed", change: old, step: 2, seconds: 0.1, diagnostic: gained },
      { type: "skipped", change: stream, step: 3, seconds: 0, because: "topic/purchases.old" },
    ],
    { changes: [old, stream], diagnostics: [warning("KP2055", "said in the plan already")] },
    [health],
  ),
  "not-converging": rehearsal([done(topic), done(retention), done(sink)], { changes: [retention, old] }),
  "refused-afterwards": rehearsal([done(topic)], {
    diagnostics: [error("KP2003", "the topic has 6", { address: "topic/purchases", position: at(3, 5) })],
  }),
};

function rehearsal(
  ended: readonly Ended[],
  next: Partial<Plan>,
  notChecked: readonly string[] = [],
): Rehearsal {
  return { ended, next: planOf(next), notChecked };
}

function done(change: Change): Ended {
  return { type: "done", change, step: 1, message: "", seconds: 0.1 };
}
