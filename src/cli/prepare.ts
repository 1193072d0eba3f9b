import { covers } from "../core/claim.ts";
import type { Diagnostic } from "../core/errors.ts";
import type { Evidence, Scope, Verdict } from "../core/kind.ts";
import {
  type Actual,
  type Address,
  type Change,
  type Delete,
  kindOf,
  type Orphan,
  type Plan,
  type World,
} from "../core/model.ts";
import type { Pipeline } from "../core/pipeline.ts";
import { type Draft, draftPlan, type PlanOptions } from "../planner/draft.ts";
import { withReaders } from "../planner/evidence.ts";
import { lineageOf } from "../planner/graph.ts";
import { finishPlan, type Made } from "../planner/plan.ts";
import { type Cluster, kinds } from "./cluster.ts";
import type { Loaded } from "./load.ts";

/** Orphans whose evidence is worth a request; the screen names no more of them. */
const ORPHANS_SHOWN = 10;

/** Both sides, and what is wrong with the declared one: warnings of the file, and what no server could settle. */
export interface Sides {
  readonly world: World;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads what the file declares and the claim covers, every provider at once. */
export async function readSides({ pipeline, diagnostics }: Loaded, cluster: Cluster): Promise<Sides> {
  const scope = scopeOf(pipeline);
  const reads = await Promise.all(cluster.drivers.map((driver) => driver.read(scope)));
  const actual: Actual = new Map(reads.flatMap((read) => [...read]));
  const settled = await Promise.all(
    [...cluster.byDriver([...pipeline.desired.values()])].map(
      async ([driver, resources]) =>
        (await driver.settle?.(resources, actual)) ?? { resources, diagnostics: [] },
    ),
  );
  const filled = new Map(settled.flatMap(({ resources }) => resources.map((it) => [it.address, it])));
  return {
    world: { desired: new Map([...pipeline.desired].map(([at, it]) => [at, filled.get(at) ?? it])), actual },
    diagnostics: [...diagnostics, ...settled.flatMap((it) => it.diagnostics)],
  };
}

/** What is declared or asked to be removed, and what the claim covers. */
export function scopeOf({ claim, desired, removed }: Pipeline): Scope {
  const declared = new Set([...desired.keys(), ...removed.keys()]);
  const claims: Scope["claims"] = (address) => {
    const kind = kinds.get(kindOf(address));
    return kind !== undefined && covers(claim, kind, address, declared);
  };
  return { declared, claims, desired };
}

/** Drafts a plan, then asks the servers whether they would do it and what it costs. */
export async function makePlan(
  pipeline: Pipeline,
  { world, diagnostics }: Sides,
  cluster: Cluster,
  options: PlanOptions,
): Promise<Made> {
  const draft = draftPlan(pipeline, world, kinds, options);
  const orphans = draft.orphans.slice(0, ORPHANS_SHOWN).map(asDelete);
  const [evidence, checked] = await Promise.all([
    assess([...draft.changes, ...orphans], world, cluster),
    check(draft, world, cluster),
  ]);
  const verdict = {
    diagnostics: [...diagnostics, ...checked.diagnostics],
    notChecked: [...checked.notChecked, ...cluster.notChecked()],
  };
  return finishPlan(draft, { cluster: cluster.identity, evidence, verdict }, pipeline, world, kinds);
}

/** The plan of a cluster that nobody is going to change: what differs, and nothing asked. */
export function makeDriftPlan(
  pipeline: Pipeline,
  { world, diagnostics }: Sides,
  cluster: Cluster,
  options: PlanOptions,
): Plan {
  const draft = draftPlan(pipeline, world, kinds, options);
  const verdict: Verdict = { diagnostics, notChecked: [] };
  return finishPlan(draft, { cluster: cluster.identity, evidence: [], verdict }, pipeline, world, kinds).plan;
}

/** The evidence of deletes as it is now, the cluster read anew. */
export async function deleteEvidence(
  loaded: Loaded,
  cluster: Cluster,
  deletes: readonly Delete[],
): Promise<readonly Evidence[]> {
  const { world } = await readSides(loaded, cluster);
  return withReaders(await assess(deletes, world, cluster), deletes, lineageOf(world, kinds));
}

async function assess(
  changes: readonly Change[],
  world: World,
  cluster: Cluster,
): Promise<readonly Evidence[]> {
  const asked = [...cluster.byDriver(changes)];
  return (await Promise.all(asked.map(([driver, batch]) => driver.assess(batch, world)))).flat();
}

async function check({ changes, lineage }: Draft, world: World, cluster: Cluster): Promise<Verdict> {
  const asked = [...cluster.byDriver(changes)];
  const kept = new Set(changes.filter(({ action }) => action !== "delete").map(({ address }) => address));
  const made = (address: Address) =>
    // What is there already its owner leaves as it is: a connector adds no partitions.
    kept.has(address) ||
    (!world.actual.has(address) && lineage.ownersOf(address).some((owner) => kept.has(owner)));
  const verdicts = await Promise.all(asked.map(([driver, batch]) => driver.check(batch, world, made)));
  return {
    diagnostics: verdicts.flatMap(({ diagnostics }) => diagnostics),
    notChecked: verdicts.flatMap(({ notChecked }) => notChecked),
  };
}

function asDelete({ address, live }: Orphan): Change {
  return { action: "delete", by: "prune", address, live, risks: [], after: [] };
}
