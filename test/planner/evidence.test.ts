import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/core/kind.ts";
import type { Delete, Value } from "../../src/core/model.ts";
import { outdatedDeletes } from "../../src/planner/evidence.ts";

const remove: Delete = {
  action: "delete",
  by: "prune",
  address: "thing/a",
  live: { address: "thing/a", spec: {}, health: [] },
  risks: [],
  after: [],
};

const evidence = (facts: Readonly<Record<string, Value>>): readonly Evidence[] => [
  { address: "thing/a", risks: [], facts },
];

describe("a delete is held to the evidence that its plan showed", () => {
  const cases: readonly [string, Record<string, Value>, Record<string, Value>, string | undefined][] = [
    ["the same facts", { holdsRecords: true }, { holdsRecords: true }, undefined],
    ["a loss that is no longer one", { active: true }, { active: false }, undefined],
    [
      "a reader that has gone, as the run itself removes them",
      { readers: ["x", "y"] },
      { readers: ["y"] },
      undefined,
    ],
    ["data that came", { holdsRecords: false }, { holdsRecords: true }, "holdsRecords became true"],
    ["a fact that nobody had looked at", {}, { active: true }, "active became true"],
    ["a reader that came", { readers: ["x"] }, { readers: ["x", "thing/z"] }, "readers gained thing/z"],
    [
      "two at once",
      { readers: [], active: false },
      { readers: ["r"], active: true },
      "readers gained r and active became true",
    ],
  ];
  it.each(cases)("%s", (_name, planned, now, expected) => {
    const outdated = outdatedDeletes([remove], evidence(planned), evidence(now)).get("thing/a");
    expect(outdated?.message).toBe(expected && `not deleted: since the plan, ${expected}`);
  });
});
