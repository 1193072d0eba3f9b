import { recordedCluster } from "../../src/clients/recorded/clients.ts";
import type { Recording } from "../../src/clients/recorded/document.ts";
import type { Spec, Value } from "../../src/core/model.ts";
import { Secret } from "../../src/core/secret.ts";
import { providers } from "../../src/providers/registry.ts";
import { holdingsOf } from "./state.ts";

/** The leaves of a spec, by the JSON of their paths. */
export type Leaves = ReadonlyMap<string, string>;

/** Every resource of a recording as the drivers read it. */
export async function specsOf(recording: Recording): Promise<ReadonlyMap<string, Leaves>> {
  const { clients } = recordedCluster(recording);
  const everything = { declared: new Set(holdingsOf(recording).keys()), claims: () => true };
  const reads = await Promise.all(providers.map((provider) => provider.connect(clients).read(everything)));
  return new Map(reads.flatMap((read) => [...read].map(([address, { spec }]) => [address, leavesOf(spec)])));
}

/** The paths on which two specs differ. */
export function changedPaths(before: Leaves, after: Leaves): readonly (readonly string[])[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).map((path) => JSON.parse(path));
}

function leavesOf(spec: Spec): Leaves {
  const leaves = new Map<string, string>();
  const visit = (path: readonly string[], value: Value) => {
    const isMap =
      value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Secret);
    if (!isMap) leaves.set(JSON.stringify(path), JSON.stringify(value));
    else for (const [key, it] of Object.entries(value)) visit([...path, key], it);
  };
  visit([], spec);
  return leaves;
}
