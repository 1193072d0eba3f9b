import type { Address, Ailment, Change, FieldChange, Plan, Position, Remark } from "../core/model.ts";
import { remarksByAddress } from "./remarks.ts";

/** A resource that is not as the file says it should be, whoever changed it. */
export interface Drifted {
  readonly address: Address;
  /** missing: declared and not there. present: there, though the file asks for its removal. */
  readonly type: "changed" | "missing" | "present" | "ill";
  readonly position: Position | undefined;
  /** The change that puts it back; undefined where an apply would leave it as it is. */
  readonly change: Change | undefined;
  /** What differs, seen from the file: before is what it says, after what the cluster holds. */
  readonly fields: readonly FieldChange[];
  /** What is wrong with it, for which an operation is planned. */
  readonly faults: readonly Ailment[];
  /** What is wrong with it, and no change would mend. */
  readonly beyond: readonly Remark[];
  /** What is set on the cluster and not in the file. */
  readonly unmanaged: readonly Remark[];
}

/** What of a plan is drift, in the plan's order; of the rest only what is unmanaged, or beyond repair. */
export function driftOf({ changes, remarks }: Plan): readonly Drifted[] {
  const left = remarksByAddress(remarks.filter(({ type }) => type === "unmanaged" || type === "fault"));
  const changed = new Set(changes.map(({ address }) => address));
  return [
    ...changes.map((change) => drifted(change, left.get(change.address) ?? [])),
    ...[...left]
      .filter(([address]) => !changed.has(address))
      .map(([address, list]) => leftAlone(address, list)),
  ];
}

/** What no change would put back. */
function leftAlone(address: Address, list: readonly Remark[]): Drifted {
  const beyond = list.filter(({ type }) => type === "fault");
  return {
    address,
    type: beyond.length > 0 ? "ill" : "changed",
    position: list.find((it) => it.position)?.position,
    change: undefined,
    fields: [],
    faults: [],
    beyond,
    unmanaged: list.filter(({ type }) => type === "unmanaged"),
  };
}

function drifted(change: Change, list: readonly Remark[]): Drifted {
  const { address, position } = change;
  const unmanaged = list.filter(({ type }) => type === "unmanaged");
  const beyond = list.filter(({ type }) => type === "fault");
  const base = { address, position, change, fields: [], faults: [], beyond, unmanaged };
  switch (change.action) {
    case "create":
      return { ...base, type: "missing" };
    case "delete":
      return { ...base, type: "present" };
    case "update":
    case "replace":
    case "operate": {
      const fields = change.fields.filter(({ before, after }) => before !== undefined || after !== undefined);
      const faults = change.live.health.filter(
        ({ path }) => fields.length === 0 || fields.some((field) => samePath(field.path, path)),
      );
      const values = fields.filter((field) => !faults.some(({ path }) => samePath(field.path, path)));
      const type = values.length > 0 ? "changed" : "ill";
      return { ...base, type, fields: values.map(seenFromTheFile), faults };
    }
  }
}

function samePath(one: readonly string[], other: readonly string[]): boolean {
  return one.join("/") === other.join("/");
}

function seenFromTheFile({ path, before, after, effect }: FieldChange): FieldChange {
  return { path, before: after, after: before, effect };
}
