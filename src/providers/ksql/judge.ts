import { type Address, kindOf, type Live, type Resource, type World } from "../../core/model.ts";
import type { Unparsed } from "../../ksql/syntax/index.ts";
import { ailmentType } from "./ailments.ts";
import { definitionsOf, isKsqlSpec } from "./definitions.ts";
import { dependantsOf, usersOf } from "./lineage.ts";
import { type KsqlSpec, OFFSET_RESET } from "./spec.ts";
import { type Definition, type Upgrade, upgradeOf } from "./upgrade.ts";
import { type Part, type Verdict, verdictOf } from "./verdict.ts";

/** What is to become of a declared object that is there. */
export type Judgement =
  | { readonly kind: "unverifiable"; readonly reason: string }
  /** Its definition is as declared; `restart`: how its query is started again, should that be needed. */
  | { readonly kind: "same"; readonly restart: Upgrade }
  | { readonly kind: "different"; readonly parts: readonly Part[]; readonly way: Upgrade }
  /** It has to go for as long as another one is made anew. */
  | { readonly kind: "rebuilt"; readonly parts: readonly Part[]; readonly cause: Address }
  /** It would have to be replaced, and these can't follow. */
  | {
      readonly kind: "held";
      readonly parts: readonly Part[];
      readonly by: readonly Address[];
      readonly reason: string;
    };

const known = new WeakMap<World, ReadonlyMap<Address, Judgement>>();

/** Judges every declared object that is there, all of them together: replacing one takes others with it. */
export function judgementsOf(world: World): ReadonlyMap<Address, Judgement> {
  const judgements = known.get(world) ?? judge(world);
  known.set(world, judgements);
  return judgements;
}

function judge(world: World): ReadonlyMap<Address, Judgement> {
  const { order } = definitionsOf(world);
  const own = new Map<Address, Judgement>();
  for (const address of order) {
    const judgement = judgedAlone(address, world);
    if (judgement !== undefined) own.set(address, judgement);
  }
  const judgements = new Map(own);
  for (const [address, judgement] of own) {
    if (!isReplaced(address, judgement, world)) continue;
    const dependants = dependantsOf(address, world);
    const by = dependants.filter((it) => !canBeRebuilt(it, world));
    if (by.length > 0) {
      judgements.set(address, { kind: "held", parts: partsOf(judgement), by, reason: reasonOf(judgement) });
      continue;
    }
    for (const it of dependants) {
      const before = own.get(it);
      judgements.set(it, { kind: "rebuilt", parts: before ? partsOf(before) : [], cause: address });
    }
  }
  return judgements;
}

function judgedAlone(address: Address, world: World): Judgement | undefined {
  const definitions = definitionsOf(world);
  const [live, desired] = [definitions.live(address), definitions.desired(address)];
  const [spec, resource] = [world.actual.get(address)?.spec, world.desired.get(address)];
  if (live === undefined || desired === undefined || spec === undefined || !isKsqlSpec(address, spec)) {
    return undefined;
  }
  const broken = [desired, live].find(isUnparsed);
  if (broken !== undefined) {
    const reason =
      broken === desired
        ? "not compared: kpipe doesn't understand the statement"
        : `not compared: kpipe doesn't understand the server's text: ${broken.error.message}`;
    return { kind: "unverifiable", reason };
  }
  if (isUnparsed(live) || isUnparsed(desired)) return undefined;
  const verdict = withProperties(verdictOf(live, desired), spec, resource, upgradeOf(live, desired));
  switch (verdict.kind) {
    case "unverifiable":
      return verdict;
    case "same":
      return { kind: "same", restart: restartOf(world.actual.get(address), live, desired) };
    case "different":
      return { ...verdict, way: sharedSink(address, live, verdict.way, world) };
  }
}

/** Properties that the file names are compared; others may be the server's own. */
function withProperties(
  verdict: Verdict,
  live: KsqlSpec,
  desired: Resource | undefined,
  way: Upgrade,
): Verdict {
  if (verdict.kind === "unverifiable" || live.query === null || !desired) return verdict;
  if (!isKsqlSpec(desired.address, desired.spec)) return verdict;
  const parts = Object.entries(desired.spec.properties)
    .filter(([key, value]) => key !== OFFSET_RESET && live.properties[key] !== value)
    .map(([key, after]): Part => ({ path: ["properties", key], before: live.properties[key], after }));
  if (parts.length === 0) return verdict;
  return verdict.kind === "same"
    ? { kind: "different", parts, way }
    : { ...verdict, parts: [...verdict.parts, ...parts] };
}

/** Of a query that was terminated nothing is left that could stand in the way. */
function restartOf(live: Live | undefined, from: Definition, to: Definition): Upgrade {
  const isGone = live?.health.some((it) => ailmentType(it) === "terminated") ?? false;
  return isGone ? { way: "in-place" } : upgradeOf(from, to);
}

/** ksqlDB upgrades no query whose sink an INSERT query writes too. */
function sharedSink(address: Address, live: Definition, way: Upgrade, world: World): Upgrade {
  if (way.way !== "in-place" || live.canonical.statement.kind !== "create-as") return way;
  const writer = usersOf(world)
    .get(address)
    ?.find((it) => kindOf(it) === "query" && definitionsOf(world).live(it) && writes(it, address, world));
  return writer === undefined ? way : { way: "replace", reason: `${writer} writes into it too` };
}

function writes(query: Address, sink: Address, world: World): boolean {
  const definition = definitionsOf(world).live(query);
  if (definition === undefined || isUnparsed(definition)) return false;
  const { statement } = definition.canonical;
  return statement.kind === "insert-select" && sink.endsWith(`/${statement.target.name}`);
}

function isUnparsed(definition: Definition | Unparsed): definition is Unparsed {
  return "kind" in definition;
}

/** Types and INSERT queries have nothing that a replace could lose; the others need the file's word. */
export function mayBeReplaced({ address, policy }: Resource): boolean {
  const kind = kindOf(address);
  return kind === "type" || kind === "query" || policy.upgrade === "replace";
}

function canBeRebuilt(address: Address, world: World): boolean {
  const resource = world.desired.get(address);
  const definition = definitionsOf(world).desired(address);
  return (
    resource !== undefined && definition !== undefined && !isUnparsed(definition) && mayBeReplaced(resource)
  );
}

function isReplaced(address: Address, judgement: Judgement, world: World): boolean {
  const resource = world.desired.get(address);
  if (resource === undefined || !mayBeReplaced(resource)) return false;
  if (judgement.kind === "different") return judgement.way.way === "replace";
  if (judgement.kind !== "same" || judgement.restart.way !== "replace") return false;
  if (resource.policy.upgrade !== "replace") return false;
  return world.actual.get(address)?.health.some((it) => ailmentType(it) !== "paused") ?? false;
}

function partsOf(judgement: Judgement): readonly Part[] {
  return "parts" in judgement ? judgement.parts : [];
}

function reasonOf(judgement: Judgement): string {
  if (judgement.kind === "different" && "reason" in judgement.way) return judgement.way.reason;
  if (judgement.kind === "same" && "reason" in judgement.restart) return judgement.restart.reason;
  return "it has to be replaced";
}
