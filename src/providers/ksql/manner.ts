import { kindOf, type Resource } from "../../core/model.ts";
import { parseStatement } from "../../ksql/syntax/index.ts";
import { type KsqlSpec, OFFSET_RESET, offsets } from "./spec.ts";

export const inPlace = "in place, by CREATE OR REPLACE";
export const resume = "resume its query, it is paused";
export const restart = "restart its query";

/** How a replace is done, in words. */
export function mannerOfReplace(desired: Resource<KsqlSpec>): string {
  const start = startOf(desired);
  const from = start === undefined ? "" : `, reading from the ${start} offset`;
  switch (kindOf(desired.address)) {
    case "type":
      return "dropped and created anew";
    case "query":
      return `terminated and inserted anew${from}`;
    default:
      return `dropped and created anew${from}`;
  }
}

/** Where a query that is made anew starts to read; undefined: the server decides, or there is no query. */
export function startOf({ spec, policy }: Resource<KsqlSpec>): string | undefined {
  if (!("query" in parseStatement(spec.statement))) return undefined;
  const given = offsets.find((it) => it === policy.offsets);
  return given ?? spec.properties[OFFSET_RESET];
}
