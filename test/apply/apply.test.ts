import { describe, expect, it } from "vitest";
import { applyChanges } from "../../src/apply/apply.ts";
import { error, KpipeError } from "../../src/core/errors.ts";
import type { Driver, Progress } from "../../src/core/kind.ts";
import type { Address, Change, World } from "../../src/core/model.ts";
import type { RunEvent } from "../../src/core/run.ts";
import { draftPlan } from "../../src/planner/draft.ts";
import { pipelineOf, thingKinds, world } from "../builders/thing.ts";

type Answer = "done" | "fail" | "silent" | "throw" | "abort";

/** A driver that answers as told, one change after the other, and notes its batches. */
function driver(answers: Readonly<Record<string, Answer>>, abort: AbortController) {
  const batches: string[][] = [];
  const it: Driver = {
    read: async () => new Map(),
    check: async () => ({ diagnostics: [], notChecked: [] }),
    assess: async () => [],
    async *apply(changes, _world, signal): AsyncIterable<Progress> {
      batches.push(changes.map(({ address }) => address));
      for (const { address } of changes) {
        if (signal.aborted) return;
        const answer = answers[address] ?? "done";
        if (answer === "throw") throw new KpipeError(error("KP3001", "the broker is gone"));
        if (answer === "abort") abort.abort();
        yield { type: "progress", address, message: "waiting" };
        if (answer === "fail") {
          yield { type: "failed", address, diagnostic: error("KP4001", "no") };
        } else if (answer !== "silent") {
          yield { type: "done", address, message: "made" };
        }
      }
    },
  };
  return { driver: it, batches };
}

async function run(
  sides: World,
  answers: Readonly<Record<string, Answer>> = {},
  outdated: readonly Address[] = [],
) {
  const abort = new AbortController();
  const { driver: it, batches } = driver(answers, abort);
  const options = { prune: true, targets: [], excludes: [], base: new Set<Address>() };
  const { changes } = draftPlan(pipelineOf(sides), sides, thingKinds, options);
  const events: RunEvent[] = [];
  let time = 0;
  const request = {
    changes: changes as readonly Change[],
    world: sides,
    driverOf: () => it,
    recheck: async () => new Map(outdated.map((it) => [it, error("KP4002", "not deleted")])),
    signal: abort.signal,
    clock: () => time++,
  };
  for await (const event of applyChanges(request)) events.push(event);
  const ended = events.flatMap((event) =>
    event.type === "started" || event.type === "progress" ? [] : [event],
  );
  return { events, batches, ended: ended.map(({ type, change }) => `${type} ${change.address}`), raw: ended };
}

const chain = world({ a: {}, b: { reads: ["thing/a"] }, c: { reads: ["thing/b"] }, d: {} }, {});

describe("applying", () => {
  it("gives a driver everything that is ready as one batch, then what that freed", async () => {
    const { batches, ended } = await run(chain);
    expect(batches).toEqual([["thing/a", "thing/d"], ["thing/b"], ["thing/c"]]);
    expect(ended).toEqual(["done thing/a", "done thing/d", "done thing/b", "done thing/c"]);
  });

  it("counts the steps in the order of ending", async () =>
    expect((await run(chain)).raw.map(({ step }) => step)).toEqual([1, 2, 3, 4]));

  it("skips what depends on a failure, down the line, and goes on with the rest", async () => {
    const { ended, raw } = await run(chain, { "thing/a": "fail" });
    expect(ended).toEqual(["failed thing/a", "skipped thing/b", "skipped thing/c", "done thing/d"]);
    expect(raw.filter(({ type }) => type === "skipped")).toMatchObject([
      { because: "thing/a" },
      { because: "thing/b" },
    ]);
  });

  it("fails every open change of a driver that throws, with its reason", async () => {
    const { raw } = await run(world({ a: {}, b: {} }, {}), { "thing/b": "throw" });
    expect(raw).toMatchObject([
      { type: "done", change: { address: "thing/a" } },
      { type: "failed", change: { address: "thing/b" }, diagnostic: { code: "KP3001" } },
    ]);
  });

  it("never takes silence for success", async () =>
    expect((await run(world({ a: {} }, {}), { "thing/a": "silent" })).ended).toEqual(["failed thing/a"]));

  it("finishes the running step when interrupted, and starts nothing new", async () => {
    const { ended, raw } = await run(chain, { "thing/a": "abort" });
    expect(ended).toEqual(["done thing/a", "skipped thing/d", "skipped thing/b", "skipped thing/c"]);
    expect(raw.slice(1)).toMatchObject(Array(3).fill({ because: undefined }));
  });

  it("doesn't make a delete whose evidence moved, nor what waits for it", async () => {
    const sides = world({}, { a: {}, b: { reads: ["thing/a"] }, c: {} });
    const { batches, ended } = await run(sides, {}, ["thing/b"]);
    expect(ended).toEqual(["failed thing/b", "skipped thing/a", "done thing/c"]);
    expect(batches).toEqual([["thing/c"]]);
  });

  it("does nothing with no changes", async () => expect((await run(world({}, {}))).events).toEqual([]));
});
