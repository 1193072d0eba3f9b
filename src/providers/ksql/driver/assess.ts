import type { Evidence } from "../../../core/kind.ts";
import { kindOf, type World } from "../../../core/model.ts";
import { usersOf } from "../lineage.ts";
import type { KsqlChange } from "./steps.ts";

/** Who would be cut off: queries that write into what goes, and whether its own query runs. */
export function assessKsql(changes: readonly KsqlChange[], world: World): readonly Evidence[] {
  return changes
    .filter(({ action }) => action === "delete" || action === "replace")
    .map(({ address }): Evidence => {
      const users = usersOf(world).get(address) ?? [];
      const queries = users.filter((it) => kindOf(it) === "query");
      const live = world.actual.get(address);
      const running = live?.spec.query !== null && live?.health.length === 0;
      return { address, risks: [], facts: { running, queries } };
    });
}
