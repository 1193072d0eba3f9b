import { type Claimable, covers, matchesAny, selects } from "../core/claim.ts";
import { type Diagnostic, error } from "../core/errors.ts";
import type { Difference, Kind } from "../core/kind.ts";
import {
  type Address,
  type Change,
  type Effect,
  kindOf,
  type Live,
  nameOf,
  type Orphan,
  type Remark,
  type Resource,
  type World,
} from "../core/model.ts";
import type { Pipeline } from "../core/pipeline.ts";
import { listed } from "../core/words.ts";
import { formatConflicts } from "./formats.ts";
import { dependencies, inOrder, type Kinds, type Lineage, lineageOf } from "./graph.ts";

/** What the user asked for beside the file. */
export interface PlanOptions {
  /** Delete orphans, within the guards. */
  readonly prune: boolean;
  /** Address globs; empty: everything. */
  readonly targets: readonly string[];
  readonly excludes: readonly string[];
  /** What the file declared before; a declared resource that was in it and is gone has lost its data. */
  readonly base: ReadonlySet<Address>;
}

/** A plan before the servers were asked what it costs and whether they would do it. */
export interface Draft {
  readonly changes: readonly Change[];
  readonly unchanged: readonly Address[];
  readonly orphans: readonly Orphan[];
  readonly remarks: readonly Remark[];
  readonly diagnostics: readonly Diagnostic[];
  readonly lineage: Lineage;
}

/** Compares what the file says with what the cluster holds. Pure: the same inputs give the same draft. */
export function draftPlan(pipeline: Pipeline, world: World, kinds: Kinds, options: PlanOptions): Draft {
  const lineage = lineageOf(world, kinds);
  const chosen = (address: Address) =>
    (options.targets.length === 0 || selects(options.targets, address)) &&
    !selects(options.excludes, address);

  const compared = [...world.desired.values()]
    .filter(({ address }) => chosen(address))
    .map((resource) => compare(resource, world, kinds, options.base));
  const removed = removals(pipeline, world, kinds).filter(({ address }) => chosen(address));
  const orphans = orphansLeft(pipeline, world, kinds, lineage, removed, options.prune, chosen);
  const pruned = options.prune ? orphans : [];
  const deletes = [
    ...removed,
    ...pruned.map(
      ({ address, live }): Change => ({ action: "delete", by: "prune", address, live, risks: [], after: [] }),
    ),
  ];

  const changes = [...compared.flatMap(({ change }) => change ?? []), ...deletes].map((change) => ({
    ...change,
    risks: kinds.get(kindOf(change.address))?.risks(change) ?? [],
  }));
  const before = dependencies(changes, lineage);
  const { ordered, circular } = inOrder(changes, before);
  return {
    changes: ordered.map((change) => ({
      ...change,
      after: [...(before.get(change.address) ?? [])].toSorted(),
    })),
    unchanged: compared
      .filter(({ change, diagnostics }) => !change && !diagnostics.length)
      .map((it) => it.address),
    orphans: options.prune ? [] : orphans,
    remarks: [
      ...compared.flatMap(({ remarks }) => remarks),
      ...leftOut(changes, before, lineage, world, chosen),
    ],
    diagnostics: [
      ...compared.flatMap(({ diagnostics }) => diagnostics),
      ...circles(circular),
      ...formatConflicts(world, lineage),
    ],
    lineage,
  };
}

interface Compared {
  readonly address: Address;
  readonly change: Change | undefined;
  readonly remarks: readonly Remark[];
  readonly diagnostics: readonly Diagnostic[];
}

function compare(resource: Resource, world: World, kinds: Kinds, base: PlanOptions["base"]): Compared {
  const { address, position } = resource;
  const live = world.actual.get(address);
  if (live === undefined) {
    const remarks = kindFor(kinds, address).absent?.(resource);
    if (remarks !== undefined) return { address, change: undefined, remarks, diagnostics: [] };
    const change: Change = {
      action: "create",
      address,
      position,
      desired: resource,
      vanished: base.has(address),
      risks: [],
      after: [],
    };
    return { address, change, remarks: [], diagnostics: [] };
  }
  const difference = kindFor(kinds, address).diff(live, resource, world);
  return {
    address,
    change: updateOf(live, resource, difference),
    remarks: difference.remarks,
    diagnostics: difference.fields
      .filter(({ effect }) => effect === "refuse")
      .map(({ code, path, reason }) =>
        error(code ?? "KP2001", reason ?? `${path.join(".")} can't be changed`, {
          address,
          position: resource.locate(path),
        }),
      ),
  };
}

function updateOf(live: Live, desired: Resource, { fields, manner }: Difference): Change | undefined {
  const possible = fields.filter(({ effect }) => effect !== "refuse");
  if (possible.length === 0) return undefined;
  const has = (effect: Effect) => possible.some((field) => field.effect === effect);
  const action = has("replace") ? "replace" : has("update") ? "update" : "operate";
  return {
    action,
    address: live.address,
    position: desired.position,
    live,
    desired,
    fields: possible,
    ...(manner !== undefined && { manner }),
    risks: [],
    after: [],
  };
}

/** Names that ignore case are found in any, unless several differ by it alone. */
function removals({ removed }: Pipeline, { actual }: World, kinds: Kinds): readonly Change[] {
  const live = (address: Address): Live | undefined => {
    const exact = actual.get(address);
    if (exact !== undefined || !kindFor(kinds, address).ignoresCase) return exact;
    const alike = [...actual.values()].filter((it) => it.address.toLowerCase() === address.toLowerCase());
    return alike.length === 1 ? alike[0] : undefined;
  };
  return [...removed].flatMap(([named, position]): Change[] => {
    const found = live(named);
    if (found === undefined) return [];
    const { address } = found;
    return [{ action: "delete", by: "removed", address, position, live: found, risks: [], after: [] }];
  });
}

/** What is deleted leaves behind what it made for itself: that is an orphan from then on. */
function orphansLeft(
  pipeline: Pipeline,
  world: World,
  kinds: Kinds,
  lineage: Lineage,
  removed: readonly Change[],
  prune: boolean,
  chosen: (address: Address) => boolean,
): readonly Orphan[] {
  const asked = new Set(removed.map(({ address }) => address));
  const leaving = new Set(asked);
  for (;;) {
    const orphans = orphansOf(pipeline, world, kinds, lineage, leaving).filter(
      ({ address }) => !asked.has(address) && chosen(address),
    );
    const before = leaving.size;
    if (prune) for (const { address } of orphans) leaving.add(address);
    if (leaving.size === before) return orphans;
  }
}

/** In the claim, on the cluster, not in the file, and made by nothing that kpipe knows and that stays. */
function orphansOf(
  { claim }: Pipeline,
  world: World,
  kinds: Kinds,
  lineage: Lineage,
  leaving: ReadonlySet<Address>,
): readonly Orphan[] {
  const declared = new Set(world.desired.keys());
  if (claim.patterns === undefined) return [];
  return [...world.actual.values()]
    .filter(({ address }) => {
      const kind: Kind & Claimable = kindFor(kinds, address);
      return (
        !declared.has(address) &&
        covers(claim, kind, address, declared) &&
        !matchesAny(kind.hidden, nameOf(address), kind.ignoresCase) &&
        lineage.ownersOf(address).every((owner) => leaving.has(owner))
      );
    })
    .map((live): Orphan => ({ address: live.address, live, risks: [] }))
    .toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

/** With `--target`, what a chosen change needs may not be chosen: said, because apply can fail for it. */
function leftOut(
  changes: readonly Change[],
  before: ReadonlyMap<Address, ReadonlySet<Address>>,
  lineage: Lineage,
  world: World,
  chosen: (address: Address) => boolean,
): readonly Remark[] {
  return changes.flatMap(({ address, action }) => {
    if (action === "delete") return [];
    const { reads, writes } = lineage.desired(address);
    return [...new Set([...reads, ...writes])]
      .filter(
        (used) =>
          world.desired.has(used) &&
          !world.actual.has(used) &&
          !chosen(used) &&
          !before.get(address)?.has(used),
      )
      .map(
        (used): Remark => ({
          address,
          path: [],
          type: "note",
          message: `needs ${used}, which is not there and not selected`,
        }),
      );
  });
}

function circles(circular: readonly Change[]): readonly Diagnostic[] {
  const [first] = circular;
  if (first === undefined) return [];
  const names = listed(circular.map(({ address }) => address));
  return [
    error("KP2002", `${names} depend on each other`, {
      address: first.address,
      ...(first.position && { position: first.position }),
    }),
  ];
}

function kindFor(kinds: Kinds, address: Address): Kind {
  const kind = kinds.get(kindOf(address));
  if (kind === undefined) throw new Error(`no kind is registered for ${address}`);
  return kind;
}
