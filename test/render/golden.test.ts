import { describe, expect, test } from "vitest";
import { renderDiagnostics } from "../../src/render/diagnostics.ts";
import { renderPlan } from "../../src/render/plan.ts";
import { plainStyle, type Style } from "../../src/render/style.ts";
import { shownKinds } from "../builders/kinds.ts";
import { findings } from "./cases/findings.ts";
import { pipelineFile, plans } from "./cases/plans.ts";

/** Every screen that has a page in `golden/`, at the widths of a terminal and of a wide one. */
const screens = new Map<string, (style: Style) => string>([
  ...Object.entries(plans).map(
    ([name, plan]) => [`plan/${name}`, (style: Style) => renderPlan(plan, planView, style)] as const,
  ),
  ...Object.entries(findings).map(
    ([name, { diagnostics, source }]) =>
      [
        `diagnostics/${name}`,
        (style: Style) => renderDiagnostics(diagnostics, new Map([["pipeline.yaml", source]]), style),
      ] as const,
  ),
]);
const planView = { kinds: shownKinds, sources: new Map([["pipeline.yaml", pipelineFile]]) };

describe.each([...screens])("%s", (name, screen) => {
  test.each([80, 120])("at %i columns", async (width) => {
    await expect(screen(plainStyle({ width }))).toMatchFileSnapshot(`golden/${name}/${width}.txt`);
  });
});
