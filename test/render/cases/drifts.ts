import type { Plan } from "../../../src/core/model.ts";
import { Secret } from "../../../src/core/secret.ts";
import { at, create, diagnosticOf, field, planOf, remark, remove, update } from "../../builders/plan.ts";

const unmanaged = remark(
  "topic/refunds",
  "config.segment.bytes",
  "1048576 is set on the topic and not in the file; left alone",
  { position: at(30) },
);
const retention = update("topic/purchases", {
  at: 20,
  fields: [field("config.retention.ms", "3600000", "604800000")],
});

/** Plans whose base is the file, by what a drift shows of them. */
export const drifts: Readonly<Record<string, Plan>> = {
  "changed-and-missing": planOf({
    changes: [retention, create("group/purchases-billing", {}, { vanished: true })],
  }),
  none: planOf({ unchanged: ["topic/purchases", "connector/purchases-sink"] }),
  unmanaged: planOf({ unchanged: ["topic/refunds"], remarks: [unmanaged] }),
  mixed: planOf({
    changes: [
      update("topic/purchases", {
        at: 20,
        fields: [
          field("partitions", 3, 6),
          field("config.retention.ms", "3600000", undefined),
          field("config.cleanup.policy", undefined, "compact"),
        ],
      }),
      update("connector/purchases-sink", {
        at: 40,
        fields: [field("config.connection.password", "in-clear", Secret.of("hunter2"))],
      }),
      update("connector/purchases-source", {
        action: "operate",
        manner: "restart task 0, it failed",
        at: 31,
        fields: [],
        health: [{ path: ["task", "0"], message: "connection refused\n\tat some.Frame" }],
      }),
      update("stream/PURCHASES_HIGH_VALUE", {
        at: at(3, 1, 1, "sql/high_value.sql"),
        fields: [field("sql", "SELECT *\nFROM A\nWHERE B > 1", "SELECT *\nFROM A\nWHERE B > 2")],
      }),
      remove("topic/old", {}, { by: "removed", at: 70 }),
    ],
    remarks: [
      unmanaged,
      remark("connector/purchases-source", "config.user", "the worker masks it; it can't be compared", {
        type: "unverifiable",
        position: at(33),
      }),
    ],
    orphans: [],
  }),
  refused: planOf({
    remarks: [unmanaged],
    diagnostics: [
      diagnosticOf({
        message: "the topic has 6, and Kafka can't remove partitions",
        next: "Declare 6.",
        position: at(5, 17, 1),
      }),
    ],
  }),
  "long-and-hostile": planOf({
    changes: [
      create(`topic/${"payments.".repeat(27)}orders`, {}, { at: 9 }),
      update("topic/\u001b[31mred", {
        at: 20,
        fields: [field("config.note", "\u001b[2J", `${"long words ".repeat(20)}end`)],
      }),
    ],
  }),
};
