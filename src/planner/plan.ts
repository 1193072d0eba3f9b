import type { Evidence, Verdict } from "../core/kind.ts";
import type { Address, Change, ClusterIdentity, Plan, Risk, World } from "../core/model.ts";
import type { Pipeline } from "../core/pipeline.ts";
import { basisOf } from "./basis.ts";
import type { Draft } from "./draft.ts";
import { withReaders } from "./evidence.ts";
import type { Kinds, Lineage } from "./graph.ts";
import { guardsOf } from "./guards.ts";

/** What the servers said about a draft. */
export interface Answers {
  readonly cluster: ClusterIdentity;
  readonly evidence: readonly Evidence[];
  readonly verdict: Verdict;
}

/** A plan, and the evidence that its deletes will be held to: the servers' own, and who reads them. */
export interface Made {
  readonly plan: Plan;
  readonly evidence: readonly Evidence[];
}

/** Completes a draft with what only the servers know. Pure. */
export function finishPlan(
  draft: Draft,
  answers: Answers,
  pipeline: Pipeline,
  world: World,
  kinds: Kinds,
): Made {
  const { lineage } = draft;
  const evidence = withReaders(answers.evidence, draft.changes, lineage);
  const deleted = new Set(draft.changes.filter((it) => it.action === "delete").map((it) => it.address));
  const found = new Map(evidence.map((it) => [it.address, it.risks]));
  const risksOf = (address: Address): readonly Risk[] => found.get(address) ?? [];
  const told = new Map(evidence.map((it) => [it.address, it.readers ?? []]));
  const readersLeft = (address: Address): readonly Risk[] =>
    readers(
      lineage
        .readersOf(address)
        .filter((reader) => !deleted.has(reader) && !told.get(address)?.includes(reader)),
    );
  const changes = draft.changes.map((change) => ({
    ...change,
    risks: [
      ...change.risks,
      ...risksOf(change.address),
      ...(change.action === "delete" ? readersLeft(change.address) : []),
    ],
  }));
  const plan: Plan = {
    pipeline: pipeline.name,
    cluster: answers.cluster,
    changes,
    unchanged: draft.unchanged,
    orphans: draft.orphans.map((orphan) => ({
      ...orphan,
      risks: [...risksOf(orphan.address), ...readersLeft(orphan.address)],
    })),
    remarks: draft.remarks,
    guards: guardsOf(changes, pipeline, world, kinds),
    diagnostics: [...draft.diagnostics, ...answers.verdict.diagnostics],
    notChecked: answers.verdict.notChecked,
    basis: basisOf(changes, (change) => usedBy(change, lineage), world, evidence),
  };
  return { plan, evidence };
}

function usedBy({ action, address }: Change, lineage: Lineage): readonly Address[] {
  const { reads, writes } = action === "delete" ? lineage.actual(address) : lineage.desired(address);
  return [...reads, ...writes];
}

function readers(left: readonly Address[]): readonly Risk[] {
  return left.length === 0 ? [] : [{ code: "has-readers", message: `still read by ${left.join(", ")}` }];
}
