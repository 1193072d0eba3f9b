import type { Clients } from "../../../clients/clients.ts";
import type { Driver } from "../../../core/kind.ts";
import type { Address } from "../../../core/model.ts";
import { type Pace, usualPace } from "../../kafka/pace.ts";
import type { KsqlSpec } from "../spec.ts";
import { applyKsql } from "./apply.ts";
import { assessKsql } from "./assess.ts";
import { checkKsql } from "./check.ts";
import { readKsql } from "./read.ts";

/** Reads and changes what the ksqlDB server of the file has. */
export function ksqlDriver({ ksql, kafka }: Clients, pace: Pace = usualPace): Driver<KsqlSpec> {
  const gone = new Set<Address>();
  return {
    read: (scope) => readKsql(ksql, scope),
    check: async (changes, world) =>
      ksql ? checkKsql(ksql, kafka, changes, world) : { diagnostics: [], notChecked: [] },
    assess: async (changes, world) => assessKsql(changes, world),
    async *apply(changes, world, signal) {
      // Without a server there is nothing declared and nothing live, so nothing to change either.
      if (ksql) yield* applyKsql({ ksql, kafka, gone, pace }, changes, world, signal);
    },
  };
}
