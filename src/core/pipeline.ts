import type { Claim } from "./claim.ts";
import type { Connections } from "./connections.ts";
import type { Address, Desired, Position } from "./model.ts";

/** Everything that the files say, decoded. */
export interface Pipeline {
  readonly name: string;
  readonly owner: string | undefined;
  readonly connections: Connections;
  readonly desired: Desired;
  readonly claim: Claim;
  /** Resources whose deletion the file asks for by name. */
  readonly removed: ReadonlyMap<Address, Position>;
  /** How many deletes one plan may hold, by budget key; a section's default where the file is silent. */
  readonly deletes: Readonly<Record<string, number>>;
}

/** The texts that were read, by the file name that positions carry; excerpts come from them. */
export type Sources = ReadonlyMap<string, string>;
