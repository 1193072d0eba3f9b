import type { Address, Remark } from "../core/model.ts";

/** The remarks on each resource, in their order. */
export function remarksByAddress(remarks: readonly Remark[]): ReadonlyMap<Address, readonly Remark[]> {
  const found = new Map<Address, Remark[]>();
  for (const remark of remarks) {
    const list = found.get(remark.address);
    if (list) list.push(remark);
    else found.set(remark.address, [remark]);
  }
  return found;
}
