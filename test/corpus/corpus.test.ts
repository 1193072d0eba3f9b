import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { caseNames, golden, readCase, type Workplace, workplace } from "./case.ts";
import { touched } from "./touched.ts";

const ajv = new Ajv2020({ strictTypes: false });
const published = (name: string) =>
  ajv.compile(JSON.parse(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), "utf8")));
const isPlan = published("plan");
const isDiagnostics = published("diagnostics");

interface PlanDocument {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** The addresses that a plan changes; none, if there is no plan. */
function changesOf(json: string): readonly string[] {
  const { resource_changes = [] }: PlanDocument = JSON.parse(json);
  return resource_changes
    .filter(({ change }) => !change.actions.includes("no-op"))
    .map(({ address }) => address);
}

describe.each(caseNames)("%s", (name) => {
  const it = readCase(name);
  let place: Workplace;
  beforeEach(() => {
    place = workplace(it);
  });
  afterEach(() => place.remove());

  test("plan", async () => {
    const recording = place.cluster();
    const [screen, json] = [await place.kpipe("plan"), await place.kpipe("plan --json")];
    expect(screen.code, screen.screen).toBe(it.exit);
    expect(json.code).toBe(it.exit);
    await expect(screen.screen).toMatchFileSnapshot(golden(name, "plan.txt"));
    await expect(json.stdout).toMatchFileSnapshot(golden(name, "plan.json"));

    const document: unknown = JSON.parse(json.stdout);
    expect(isPlan(document) || isDiagnostics(document), "plan.json is as its schema says").toBe(true);
    expect(await place.kpipe("plan"), "the same inputs give the same screen").toEqual(screen);
    expect(await place.kpipe("plan --json"), "the same inputs give the same bytes").toEqual(json);
    const expected = it.exit === 0 && changesOf(json.stdout).length > 0 ? 2 : it.exit;
    const detailed = await place.kpipe("plan --detailed-exitcode");
    expect(detailed.code, "only changes count as changes").toBe(expected);
    expect(place.cluster(), "planning changes nothing").toBe(recording);
    for (const secret of Object.values(it.env ?? {}))
      expect(screen.screen + json.screen, "no secret is shown").not.toContain(secret);
  });

  test("apply, and the plan after it", async () => {
    const planned = changesOf((await place.kpipe("plan --json")).stdout);
    const before = place.cluster();
    const applied = await place.kpipe("apply --auto-approve");
    const isApplicable = it.exit === 0;
    expect(applied.code, applied.screen).toBe(it.apply?.exit ?? (isApplicable ? 0 : it.exit));
    const after = await place.kpipe("plan --json");
    const text = await place.kpipe("plan");

    if (isApplicable) {
      expect(changesOf(after.stdout), "what is applied is not planned again").toEqual(it.apply?.then ?? []);
      const others = touched(before, place.cluster()).filter((address) => !planned.includes(address));
      expect(others, "nothing is changed that wasn't planned").toEqual([]);
    } else expect(place.cluster(), "a plan that is held back changes nothing").toBe(before);
    for (const secret of Object.values(it.env ?? {}))
      expect(applied.screen + after.screen + text.screen, "no secret is shown").not.toContain(secret);
    if (!it.apply) return;
    await expect(applied.screen).toMatchFileSnapshot(golden(name, "apply.txt"));
    if (isApplicable) await expect(text.screen).toMatchFileSnapshot(golden(name, "plan-after.txt"));
  });

  if (it.drift !== undefined) {
    test("drift", async () => {
      const drifted = await place.kpipe("drift");
      expect(drifted.code, drifted.screen).toBe(it.drift);
      await expect(drifted.screen).toMatchFileSnapshot(golden(name, "drift.txt"));
    });
  }
});
