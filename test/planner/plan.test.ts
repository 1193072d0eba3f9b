import { describe, expect, it } from "vitest";
import { exitCodeOf, exitCodes } from "../../src/cli/exit-codes.ts";
import type { Address, Position, World } from "../../src/core/model.ts";
import type { Pipeline } from "../../src/core/pipeline.ts";
import { draftPlan, type PlanOptions } from "../../src/planner/draft.ts";
import { finishPlan } from "../../src/planner/plan.ts";
import { pipelineOf, thingKind, thingKinds, world } from "../builders/thing.ts";

const everything: PlanOptions = { prune: false, targets: [], excludes: [], base: new Set() };
const unasked = {
  cluster: { servers: [], clusterId: "c" },
  evidence: [],
  verdict: { diagnostics: [], notChecked: [] },
};
const somewhere: Position = { file: "pipeline.yaml", line: 9, column: 3, length: 1 };

function planOf(sides: World, options: Partial<PlanOptions> = {}, over: Partial<Pipeline> = {}) {
  const pipeline = pipelineOf(sides, over);
  const draft = draftPlan(pipeline, sides, thingKinds, { ...everything, ...options });
  return finishPlan(draft, unasked, pipeline, sides, thingKinds).plan;
}

/** `+a ~b -c`, in order. */
function shortly(sides: World, options: Partial<PlanOptions> = {}, over: Partial<Pipeline> = {}) {
  const symbols = { create: "+", update: "~", replace: "±", delete: "-", operate: "!" };
  return planOf(sides, options, over)
    .changes.map(({ action, address }) => `${symbols[action]}${address.slice("thing/".length)}`)
    .join(" ");
}

describe("what a plan holds", () => {
  const cases: readonly [string, World, string][] = [
    ["nothing, if the cluster is as declared", world({ a: {} }, { a: {} }), ""],
    ["a create for what is not there", world({ a: {} }, {}), "+a"],
    ["an update for another value", world({ a: { value: 2 } }, { a: { value: 1 } }), "~a"],
    ["a replace where no update will do", world({ a: { value: 100 } }, { a: { value: 1 } }), "±a"],
    ["an operation on what is ill and as declared", world({ a: {} }, { a: { ill: "broken" } }), "!a"],
    ["never a delete for mere absence", world({}, { a: {} }), ""],
    ["nothing for a refused change", world({ a: { value: 1 } }, { a: { value: 2 } }), ""],
  ];
  it.each(cases)("%s", (_name, sides, expected) => expect(shortly(sides)).toBe(expected));
});

describe("a refused field", () => {
  const plan = planOf(world({ a: { value: 1 } }, { a: { value: 2 } }));

  it("is an error at its line, and the plan can't be applied", () => {
    expect(plan.diagnostics).toMatchObject([
      { severity: "error", message: "things only grow", address: "thing/a", position: { line: 1 } },
    ]);
    expect(exitCodeOf(plan, false)).toBe(exitCodes.error);
  });

  it("is not counted as unchanged", () => expect(plan.unchanged).toEqual([]));
});

describe("what appears by itself", () => {
  const sides = world({ a: {} }, {});
  const remark = { address: "thing/a", path: [], type: "note", message: "comes later" } as const;
  const patient = new Map([["thing", { ...thingKind, absent: () => [remark] }]]);

  it("is said, and neither a change nor a drift where it is missing", () => {
    const base = new Set<Address>(["thing/a"]);
    const draft = draftPlan(pipelineOf(sides), sides, patient, { ...everything, base });
    expect(draft).toMatchObject({ changes: [], remarks: [remark], diagnostics: [] });
  });
});

it("readers that the evidence tells of are not said twice", () => {
  const sides = world({}, { a: {}, b: { reads: ["thing/a"] }, c: { reads: ["thing/a"] } });
  const pipeline = pipelineOf(sides);
  const draft = draftPlan(pipeline, sides, thingKinds, everything);
  const told = { address: "thing/a", risks: [], facts: {}, readers: ["thing/b"] } as const;
  const { plan } = finishPlan(draft, { ...unasked, evidence: [told] }, pipeline, sides, thingKinds);
  expect(plan.orphans.find(({ address }) => address === "thing/a")?.risks).toMatchObject([
    { message: "still read by thing/c" },
  ]);
});

describe("order", () => {
  const cases: readonly [string, World, Partial<PlanOptions>, string][] = [
    ["what is read comes first", world({ a: { reads: ["thing/b"] }, b: {} }, {}), {}, "+b +a"],
    ["what is written comes first", world({ a: { writes: ["thing/b"] }, b: {} }, {}), {}, "+b +a"],
    ["a chain", world({ a: { reads: ["thing/b"] }, b: { reads: ["thing/c"] }, c: {} }, {}), {}, "+c +b +a"],
    [
      "what another one makes for itself comes with its maker",
      world({ a: { reads: ["thing/made"] }, b: { owns: ["thing/ma*"] } }, {}),
      {},
      "+b +a",
    ],
    [
      "deletes are reversed",
      world({}, { a: {}, b: { reads: ["thing/a"] }, c: { reads: ["thing/b"] } }),
      { prune: true },
      "-c -b -a",
    ],
    [
      "a delete waits for the update that stops using it",
      world({ a: { value: 2 } }, { a: { reads: ["thing/b"] }, b: {} }),
      { prune: true },
      "~a -b",
    ],
    ["otherwise the order of the file holds", world({ b: {}, a: {}, c: {} }, {}), {}, "+b +a +c"],
    ["an undeclared source is no dependency", world({ a: { reads: ["thing/x"] } }, {}), {}, "+a"],
  ];
  it.each(cases)("%s", (_name, sides, options, expected) => expect(shortly(sides, options)).toBe(expected));

  it.each([["a"], ["b"]])(
    "what several make waits for none of them, and its reader for all: %s first",
    (first) => {
      const maker = { owns: ["thing/x"], writes: ["thing/x"] };
      const makers = first === "a" ? { a: maker, b: maker } : { b: maker, a: maker };
      const { changes } = planOf(world({ reader: { reads: ["thing/x"] }, ...makers }, {}));
      const after = Object.fromEntries(changes.map((it) => [it.address, it.after]));
      expect(after).toEqual({
        "thing/a": [],
        "thing/b": [],
        "thing/reader": ["thing/a", "thing/b"],
      });
      expect(changes.map(({ address }) => address)).toEqual(["thing/a", "thing/b", "thing/reader"]);
    },
  );

  it("survives a chain of ten thousand", () => {
    const length = 10_000;
    const chain = Object.fromEntries(
      Array.from({ length }, (_, i) => [`t${i}`, { reads: i + 1 < length ? [`thing/t${i + 1}`] : [] }]),
    );
    const [first] = planOf(world(chain, {})).changes;
    expect(first?.address).toBe(`thing/t${length - 1}`);
  });

  it("refuses a circle and names its members", () => {
    const plan = planOf(
      world({ a: { reads: ["thing/b"] }, b: { reads: ["thing/a"] }, c: { reads: ["thing/a"] } }, {}),
    );
    expect(plan.diagnostics).toMatchObject([
      { code: "KP2002", message: "thing/a and thing/b depend on each other" },
    ]);
  });
});

describe("orphans", () => {
  const claim = (patterns: readonly string[] | undefined) => ({
    claim: { patterns: patterns && { things: patterns }, protect: {} },
  });
  const cases: readonly [string, World, Partial<Pipeline>, readonly string[]][] = [
    ["are claimed and undeclared", world({ a: {} }, { a: {}, b: {} }), claim(["*"]), ["thing/b"]],
    ["are not what the claim leaves to others", world({}, { a: {}, b: {} }), claim(["a*"]), ["thing/a"]],
    ["don't exist without a claim", world({}, { a: {} }), claim(undefined), []],
    ["are never what nobody may touch", world({}, { _offsets: {} }), claim(["*"]), []],
    [
      "are not what a live resource made for itself",
      world({}, { a: { owns: ["thing/a-*"] }, "a-log": {} }),
      claim(["*"]),
      ["thing/a"],
    ],
    [
      "are not what a declared resource makes for itself",
      world({ a: { owns: ["thing/b"] } }, { a: {}, b: {} }),
      claim(["*"]),
      [],
    ],
    [
      "are not what the file removes by name",
      world({}, { a: {} }),
      { ...claim(["*"]), removed: new Map<Address, Position>([["thing/a", somewhere]]) },
      [],
    ],
    [
      "are what a removed resource made for itself",
      world({}, { a: { owns: ["thing/a-log"] }, "a-log": {} }),
      { ...claim(["*"]), removed: new Map<Address, Position>([["thing/a", somewhere]]) },
      ["thing/a-log"],
    ],
  ];
  it.each(cases)("%s", (_name, sides, over, expected) =>
    expect(planOf(sides, {}, over).orphans.map(({ address }) => address)).toEqual(expected),
  );
});

describe("deletes and their guards", () => {
  const two = world({}, { a: {}, b: {} });
  const removed = new Map<Address, Position>([["thing/a", somewhere]]);

  it("come by name from the file, with its line", () =>
    expect(planOf(two, {}, { removed }).changes).toMatchObject([
      { action: "delete", by: "removed", address: "thing/a", position: { line: 9 } },
    ]));

  it("take with them, when pruned, what was made by what goes", () => {
    const sides = world({}, { a: { owns: ["thing/b"] }, b: { owns: ["thing/c"] }, c: {} });
    expect(shortly(sides, { prune: true })).toBe("-a -b -c");
  });

  it("find names that ignore case, unless several differ by it alone", () => {
    const anyCase = new Map([["thing", { ...thingKind, ignoresCase: true }]]);
    const asked = new Map<Address, Position>([["thing/A", somewhere]]);
    const deletes = (live: Parameters<typeof world>[1]) =>
      draftPlan(pipelineOf(world({}, live), { removed: asked }), world({}, live), anyCase, everything)
        .changes;
    expect(deletes({ a: {} })).toMatchObject([{ action: "delete", address: "thing/a" }]);
    expect(deletes({ aa: {} })).toEqual([]);
    expect(deletes({ a: {}, A: {} })).toMatchObject([{ action: "delete", address: "thing/A" }]);
  });

  it("of something already gone are no change", () =>
    expect(shortly(world({}, {}), {}, { removed })).toBe(""));

  it("over the budget are held back, with the words that allow them", () => {
    const plan = planOf(two, { prune: true });
    expect(plan.guards).toMatchObject([
      {
        rule: "budget",
        message: "deletes 2 (thing/a, thing/b) where policies.deletes.thing allows 1",
        next: expect.stringContaining("policies.deletes.thing: 2"),
      },
    ]);
    expect(exitCodeOf(plan, false)).toBe(exitCodes.guarded);
  });

  it("within the budget of the file are not", () =>
    expect(planOf(two, { prune: true }, { deletes: { thing: 2 } }).guards).toEqual([]));

  it("of protected names are held back, whatever the budget", () => {
    const over = {
      claim: { patterns: { things: ["*"] }, protect: { things: ["a"] } },
      deletes: { thing: 9 },
    };
    expect(planOf(two, { prune: true }, over).guards).toMatchObject([
      { rule: "protect", address: "thing/a" },
    ]);
  });

  it("hold a replace of a protected entry back too", () => {
    const sides = world({ a: { value: 100, protect: true } }, { a: {} });
    expect(planOf(sides).guards).toMatchObject([{ rule: "protect", address: "thing/a" }]);
  });

  it("name who still reads it, unless that goes too", () => {
    const sides = world({ r: { reads: ["thing/a"] } }, { a: {}, r: { reads: ["thing/a"] } });
    expect(planOf(sides, { prune: true }).changes).toMatchObject([
      { address: "thing/a", risks: [{ code: "has-readers", message: "still read by thing/r" }] },
    ]);
    const both = world({}, { a: {}, r: { reads: ["thing/a"] } });
    expect(planOf(both, { prune: true }).changes).toMatchObject([{ risks: [] }, { risks: [] }]);
  });
});

describe("--target and --exclude", () => {
  const three = world({ a: {}, b: {}, c: { reads: ["thing/a"] } }, {});
  const cases: readonly [string, Partial<PlanOptions>, string][] = [
    ["a target leaves the rest out", { targets: ["thing/b"] }, "+b"],
    ["globs", { targets: ["thing/*"], excludes: ["*/a"] }, "+b +c"],
    ["an exclude beats a target", { targets: ["thing/a"], excludes: ["thing/a"] }, ""],
  ];
  it.each(cases)("%s", (_name, options, expected) => expect(shortly(three, options)).toBe(expected));

  it("say what a chosen change needs and was not chosen", () =>
    expect(planOf(three, { targets: ["thing/c"] }).remarks).toMatchObject([
      { address: "thing/c", message: "needs thing/a, which is not there and not selected" },
    ]));
});

describe("the basis", () => {
  const before = world({ a: { value: 2, reads: ["thing/b"] }, b: {} }, { a: {}, b: {} });
  const moved = world({ a: { value: 2, reads: ["thing/b"] }, b: {} }, { a: {}, b: { owns: ["thing/x"] } });

  it("covers the changed resource and what it uses", () =>
    expect(Object.keys(planOf(before).basis)).toEqual(["thing/a", "thing/b"]));

  it("is the same for the same inputs", () => expect(planOf(before).basis).toEqual(planOf(before).basis));

  it("moves when a dependency moves", () =>
    expect(planOf(before).basis["thing/b"]).not.toBe(planOf(moved).basis["thing/b"]));

  it("of something not there is `absent`", () =>
    expect(planOf(world({ a: {} }, {})).basis).toEqual({ "thing/a": "absent" }));

  it("moves when a deleted resource gains a reader", () => {
    const alone = planOf(world({}, { a: {} }), { prune: true });
    const read = planOf(world({ r: { reads: ["thing/a"] } }, { a: {}, r: { reads: ["thing/a"] } }), {
      prune: true,
    });
    expect(alone.basis["thing/a"]).not.toBe(read.basis["thing/a"]);
  });
});

it("marks a create of what the base had as vanished", () => {
  const base = new Set<Address>(["thing/a"]);
  expect(planOf(world({ a: {}, b: {} }, {}), { base }).changes).toMatchObject([
    { address: "thing/a", vanished: true },
    { address: "thing/b", vanished: false },
  ]);
});
