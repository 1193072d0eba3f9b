import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inLaboratory, type Laboratory } from "./laboratory.ts";
import { changedPaths, specsOf } from "./specs.ts";
import { holdingsOf, reversed, type State, stateWith } from "./state.ts";

/** States per law; more of them with KPIPE_TEST_LAWS=500. */
const numRuns = Number(process.env.KPIPE_TEST_LAWS ?? 15);

/** Fields of a live spec that tell what another field does: a group is on the topics that it has commits on. */
const followers: Readonly<Record<string, string>> = { topics: "offsets" };

function holds(
  states: fc.Arbitrary<State>,
  law: (laboratory: Laboratory, state: State, flags: readonly string[]) => Promise<void>,
): () => Promise<void> {
  const flags = fc.constantFrom(
    [],
    ["--prune"],
    ["--target", "*/shop-*"],
    ["--exclude", "connector/*", "--prune"],
  );
  return () =>
    fc.assert(
      fc.asyncProperty(states, flags, (state, flags) =>
        inLaboratory(state, (laboratory) => law(laboratory, state, flags)),
      ),
      // A group that waits takes seconds: smaller states would be looked for all day.
      { numRuns, endOnFailure: true },
    );
}

const anything = stateWith({ removes: true });
const withoutRemovals = stateWith({ removes: false });

describe("for any file and any cluster", { timeout: 600_000 }, () => {
  it(
    "an apply succeeds and the next plan is empty, or the plan is refused and nothing changes",
    holds(anything, async ({ plan, apply, text }, _, flags) => {
      const before = await text();
      const { errored } = await plan(...flags);
      const { code, stdout } = await apply(...flags);
      expect(code, stdout).toBe(errored ? 1 : 0);
      if (errored) expect(await text()).toBe(before);
      else expect(changesOf(await plan(...flags))).toEqual([]);
    }),
  );

  it(
    "a plan is the same bytes again, wherever the maps of the recording begin",
    holds(anything, async ({ plan, reset }, state, flags) => {
      const first = await plan(...flags);
      expect(await plan(...flags)).toEqual(first);
      await reset({ ...state, recording: reversed(state.recording) });
      expect(JSON.stringify(await plan(...flags))).toBe(JSON.stringify(first));
    }),
  );

  it(
    "a plan says the same in whatever order the file declares",
    holds(anything, async ({ plan, reset }, state, flags) => {
      const first = await plan(...flags);
      await reset({ ...state, pipeline: reversed(state.pipeline) });
      expect(unordered(await plan(...flags))).toEqual(unordered(first));
    }),
  );

  it(
    "an apply changes nothing but what its plan names",
    holds(anything, async ({ plan, apply, recording }, _, flags) => {
      const planned = new Set(changesOf(await plan(...flags)).map(({ address }) => address));
      const before = holdingsOf(await recording());
      await apply(...flags);
      const after = holdingsOf(await recording());
      const touched = [...before.keys(), ...after.keys()].filter((it) => before.get(it) !== after.get(it));
      expect(touched.filter((address) => !planned.has(address))).toEqual([]);
      expect([...planned].filter(isForeign)).toEqual([]);
    }),
  );

  it(
    "an apply changes of a resource what its plan says, and nothing else",
    holds(anything, async ({ plan, apply, recording }, _, flags) => {
      const { errored, ...planned } = await plan(...flags);
      const before = await specsOf(await recording());
      await apply(...flags);
      const after = await specsOf(await recording());
      for (const { address, action, fields = [] } of errored ? [] : changesOf(planned)) {
        const [is, was] = [after.get(address), before.get(address)];
        if (action === "create" || action === "delete")
          expect([address, is !== undefined]).toEqual([address, action === "create"]);
        // A group may be nothing but its configs, and an update may take the last of them.
        if (is === undefined || was === undefined) continue;
        const said = new Set(fields.map(({ path }) => JSON.stringify(path)));
        const moved = fields.map(({ path: [first] }) => first);
        const unsaid = changedPaths(was, is).filter(
          (path) => !said.has(JSON.stringify(path)) && !moved.includes(followers[path[0] ?? ""]),
        );
        expect([address, unsaid]).toEqual([address, []]);
      }
    }),
  );

  it(
    "nothing is deleted that nobody asked to delete",
    holds(withoutRemovals, async ({ apply, recording }) => {
      const before = [...holdingsOf(await recording()).keys()];
      await apply();
      expect([...holdingsOf(await recording()).keys()]).toEqual(expect.arrayContaining(before));
    }),
  );

  it(
    "an apply that is interrupted anywhere, and applied again, comes to the same as one that isn't",
    holds(anything, async ({ plan, apply, interruptedApply, recording, reset }, _, flags) => {
      const { errored, ...planned } = await plan(...flags);
      if (errored) return;
      await apply(...flags);
      const whole = holdingsOf(await recording());
      for (const after of [0, Math.ceil(changesOf(planned).length / 2)]) {
        await reset();
        await interruptedApply(after, ...flags);
        const { code, stdout } = await apply(...flags);
        expect(code, stdout).toBe(0);
        expect(holdingsOf(await recording())).toEqual(whole);
      }
    }),
  );

  it(
    "a rehearsal is clean where apply succeeds, and writes nothing",
    holds(anything, async ({ plan, text }, _, flags) => {
      const before = await text();
      const { applyable, rehearsal, ...planned } = await plan("--rehearse", ...flags);
      expect(rehearsal?.clean).toBe(applyable ? true : undefined);
      expect(rehearsal?.done).toBe(applyable ? changesOf(planned).length : undefined);
      expect(await text()).toBe(before);
    }),
  );
});

type Planned = Awaited<ReturnType<Laboratory["plan"]>>;

function changesOf({ resource_changes }: Pick<Planned, "resource_changes">): Planned["resource_changes"] {
  return resource_changes.filter(({ action }) => action !== "none");
}

/** Outside of the claim of every generated pipeline. */
function isForeign(address: string): boolean {
  return !/^[a-z]+\/shop[.-]/.test(address);
}

/** Without places in the file, and without the order that they give. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unordered).toSorted(byText);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "position");
  return Object.fromEntries(entries.map(([key, it]) => [key, unordered(it)]));
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
