import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan } from "../../src/core/model.ts";
import { renderDrift } from "../../src/render/drift.ts";
import { planJson } from "../../src/render/json/plan.ts";
import { renderPlan } from "../../src/render/plan.ts";
import { colourStyle, plainStyle } from "../../src/render/style.ts";
import { expectPrintable, hostileText } from "../builders/hostile.ts";
import { shownKinds } from "../builders/kinds.ts";
import {
  clusterOf,
  create,
  diagnosticOf,
  field,
  orphan,
  planOf,
  remark,
  remove,
  update,
} from "../builders/plan.ts";

/** A plan in which every text that a server sends is hostile. */
function planSaying(text: string): Plan {
  const address = `connector/${text}` as const;
  return planOf({
    pipeline: text,
    cluster: clusterOf({ servers: [{ name: "connect", detail: text }] }),
    changes: [
      create(address, { [text]: text, config: { [text]: text } }, { risks: [text] }),
      update(`stream/${text}`, { fields: [field(text, text, `${text}\n${text}`)], risks: [text] }),
      remove(`topic/${text}`, { value: text }, { risks: [text] }),
    ],
    orphans: [orphan(`group/${text}`, text)],
    remarks: [remark(address, text, text)],
    diagnostics: [diagnosticOf({ message: text, next: text, address })],
    guards: [{ rule: "budget", address, message: text, next: text }],
    notChecked: [text],
  });
}

test("whatever servers say, no screen has a character that moves a cursor, hides or turns text around", () => {
  const view = { kinds: shownKinds, sources: new Map<string, string>() };
  fc.assert(
    fc.property(hostileText, fc.constantFrom(20, 80, 200), (text, width) => {
      const plan = planSaying(text);
      for (const style of [plainStyle({ width }), colourStyle({ width })]) {
        expectPrintable(renderPlan(plan, view, style));
        expectPrintable(renderDrift(plan, view, style));
      }
      expect(() => JSON.parse(planJson(plan))).not.toThrow();
    }),
    { numRuns: 150 },
  );
});
