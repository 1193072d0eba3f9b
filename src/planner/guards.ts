import { protects } from "../core/claim.ts";
import { groupBy } from "../core/group-by.ts";
import { type Change, type Delete, type Guard, kindOf, type World } from "../core/model.ts";
import type { Pipeline } from "../core/pipeline.ts";
import type { Kinds } from "./graph.ts";

/** What holds deletes back, whoever asked for them: protection by name, and the budget of the plan. */
export function guardsOf(
  changes: readonly Change[],
  pipeline: Pipeline,
  world: World,
  kinds: Kinds,
): readonly Guard[] {
  const deletes = changes.filter((change) => change.action === "delete");
  return [...shielded(changes, pipeline, world, kinds), ...overBudget(deletes, pipeline, kinds)];
}

/** Protection holds against every way of losing the data, so against replace too. */
function shielded(
  changes: readonly Change[],
  { claim }: Pipeline,
  world: World,
  kinds: Kinds,
): readonly Guard[] {
  return changes.flatMap((change): Guard[] => {
    if (change.action !== "delete" && change.action !== "replace") return [];
    const { address, action } = change;
    const kind = kinds.get(kindOf(address));
    const byClaim = kind !== undefined && protects(claim, kind, address);
    const byEntry = world.desired.get(address)?.policy.protect === true;
    if (!byClaim && !byEntry) return [];
    const where = byClaim ? `claim.protect.${kind.section.claimKey}` : "`protect: true`";
    return [
      {
        rule: "protect",
        address,
        message: `${address} is protected by ${where} and would be ${action === "delete" ? "deleted" : "replaced"}`,
        next: "Take the protection away in a change of its own, if it is really to go.",
        ...(change.position && { position: change.position }),
      },
    ];
  });
}

function overBudget(deletes: readonly Delete[], pipeline: Pipeline, kinds: Kinds): readonly Guard[] {
  const budgetOf = ({ address }: Delete) => kinds.get(kindOf(address))?.section.budget;
  return [...groupBy(deletes, budgetOf)].flatMap(([budget, deletes]): Guard[] => {
    const [first] = deletes;
    if (budget === undefined || first === undefined) return [];
    const { key } = budget;
    const limit = pipeline.deletes[key] ?? budget.deletes;
    if (deletes.length <= limit) return [];
    const names = deletes.slice(0, 3).map(({ address }) => address);
    const more = deletes.length > names.length ? ` and ${deletes.length - names.length} more` : "";
    return [
      {
        rule: "budget",
        address: first.address,
        message: `deletes ${deletes.length} (${names.join(", ")}${more}) where policies.deletes.${key} allows ${limit}`,
        next: `Set policies.deletes.${key}: ${deletes.length} in the file, if all of them are really to go.`,
        ...(first.position && { position: first.position }),
      },
    ];
  });
}
