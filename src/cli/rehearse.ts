import type { Plan, Remark } from "../core/model.ts";
import type { Ended, Rehearsal } from "../core/run.ts";
import { labelOf } from "../render/fields.ts";
import type { Cluster } from "./cluster.ts";
import type { Loaded } from "./load.ts";
import { type PlanningOptions, planOptionsOf } from "./options.ts";
import { applying, type Planning } from "./planning.ts";
import { makePlan, readSides, scopeOf } from "./prepare.ts";
import type { Session } from "./session.ts";

/** Applies a plan to a copy of the cluster, as apply would to the cluster itself, and plans again on the copy. */
export async function rehearse(
  cluster: Cluster,
  { terminal, status }: Session,
  loaded: Loaded,
  planning: Planning,
  options: PlanningOptions,
): Promise<Rehearsal> {
  const { plan } = planning;
  status.show("Rehearsing on a copy of the cluster");
  const copy = await cluster.copy(scopeOf(loaded.pipeline));
  const ended: Ended[] = [];
  // Nothing is written: whoever interrupts this is let go at once.
  const { signal } = new AbortController();
  for await (const event of applying(copy, loaded, planning, { signal, clock: terminal.clock })) {
    if (event.type !== "started" && event.type !== "progress") ended.push(event);
  }
  const sides = await readSides(loaded, copy);
  const { plan: next } = await makePlan(loaded.pipeline, sides, copy, planOptionsOf(options));
  status.clear();
  const order = new Map(plan.changes.map(({ address }, at) => [address, at]));
  const place = ({ change }: Ended) => order.get(change.address) ?? order.size;
  return {
    ended: ended.toSorted((a, b) => place(a) - place(b)),
    next,
    notChecked: [...withoutValue(plan, next), ...onlyOf(copy.notChecked(), plan.notChecked)],
  };
}

/** Fields of changed resources that can't be compared on the copy: it has no secrets. */
function withoutValue(plan: Plan, next: Plan): readonly string[] {
  const changed = new Set(plan.changes.map(({ address }) => address));
  const texts = ({ remarks }: Plan) => remarks.filter(isAbout(changed)).map(fieldOf);
  return onlyOf(texts(next), texts(plan)).map(
    (field) => `${field} can't be compared: a copy holds no secrets`,
  );
}

function isAbout(changed: ReadonlySet<string>): (remark: Remark) => boolean {
  return ({ type, address }) => type === "unverifiable" && changed.has(address);
}

function fieldOf({ address, path }: Remark): string {
  return `${address}: ${labelOf(path)}`;
}

function onlyOf(texts: readonly string[], known: readonly string[]): readonly string[] {
  return texts.filter((text) => !known.includes(text));
}
