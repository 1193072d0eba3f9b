import { createHash } from "node:crypto";
import type { Evidence } from "../core/kind.ts";
import type { Address, Change, Live, Value, World } from "../core/model.ts";

/**
 * Per address the fingerprint of what a plan rests on: the live values of each changed resource, its
 * evidence, and those of its direct dependencies. Secrets are left out: a fingerprint of one could be guessed.
 */
export function basisOf(
  changes: readonly Change[],
  used: (change: Change) => readonly Address[],
  world: World,
  evidence: readonly Evidence[],
): Readonly<Record<Address, string>> {
  const facts = new Map(evidence.map((it) => [it.address, it.facts]));
  const known = (address: Address) => world.actual.has(address) || world.desired.has(address);
  const addresses = new Set(changes.flatMap((change) => [change.address, ...used(change).filter(known)]));
  return Object.fromEntries(
    [...addresses]
      .toSorted()
      .map((address) => [address, fingerprint(world.actual.get(address), facts.get(address))]),
  );
}

function fingerprint(live: Live | undefined, facts: Evidence["facts"] = {}): string {
  if (live === undefined) return "absent";
  const health = live.health.map(({ path, state }) =>
    [...path, ...(state === undefined ? [] : [state])].join("."),
  );
  return createHash("sha256")
    .update(stable({ spec: live.spec, health, facts }))
    .digest("hex");
}

/** JSON with sorted keys; a secret is its placeholder. */
function stable(value: Value): string {
  return JSON.stringify(value, (_key, it: Value) =>
    it !== null &&
    typeof it === "object" &&
    !Array.isArray(it) &&
    Object.getPrototypeOf(it) === Object.prototype
      ? Object.fromEntries(Object.entries(it).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}
