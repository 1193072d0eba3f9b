import { type Diagnostic, error } from "../core/errors.ts";
import type { Evidence } from "../core/kind.ts";
import type { Address, Change, Delete, Value } from "../core/model.ts";
import type { Lineage } from "./graph.ts";

/** Who reads a deleted resource is a fact too: another reader makes the plan stale. */
export function withReaders(
  evidence: readonly Evidence[],
  changes: readonly Change[],
  lineage: Lineage,
): readonly Evidence[] {
  const known = new Map(evidence.map((it) => [it.address, it]));
  for (const { action, address } of changes) {
    if (action !== "delete") continue;
    const { risks = [], facts = {}, readers = [] } = known.get(address) ?? {};
    const others = lineage.readersOf(address).filter((reader) => !readers.includes(reader));
    known.set(address, { address, risks, facts: { ...facts, readers: others }, readers });
  }
  return [...known.values()];
}

/**
 * Holds deletes to what the plan showed, immediately before they are made. Facts speak of what is lost, so
 * that one may go (the run itself removes readers), but none may come.
 */
export function outdatedDeletes(
  deletes: readonly Delete[],
  planned: readonly Evidence[],
  now: readonly Evidence[],
): ReadonlyMap<Address, Diagnostic> {
  const factsOf = (evidence: readonly Evidence[]) => new Map(evidence.map((it) => [it.address, it.facts]));
  const before = factsOf(planned);
  const after = factsOf(now);
  return new Map(
    deletes.flatMap(({ address, position }) => {
      const worse = Object.entries(after.get(address) ?? {}).flatMap(([fact, value]) =>
        worsened(fact, before.get(address)?.[fact], value),
      );
      const details = { address, ...(position && { position }) };
      return worse.length === 0
        ? []
        : [
            [
              address,
              error("KP4002", `not deleted: since the plan, ${worse.join(" and ")}`, details),
            ] as const,
          ];
    }),
  );
}

function worsened(fact: string, before: Value | undefined, now: Value): readonly string[] {
  if (Array.isArray(now)) {
    const known = new Set(Array.isArray(before) ? before : []);
    const added = now.filter((it) => !known.has(it));
    return added.length === 0 ? [] : [`${fact} gained ${added.join(", ")}`];
  }
  return now === before || now === false || now === null ? [] : [`${fact} became ${String(now)}`];
}
