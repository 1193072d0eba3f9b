import type { Value } from "../../core/model.ts";
import {
  type CanonicalDifference,
  differences,
  isSameType,
  type SchemaColumn,
} from "../../ksql/canonical/index.ts";
import { printName, printType } from "../../ksql/syntax/index.ts";
import { type Definition, type Upgrade, upgradeOf } from "./upgrade.ts";

/** How a live definition stands to the declared one. */
export type Verdict =
  | { readonly kind: "same" }
  | { readonly kind: "unverifiable"; readonly reason: string }
  | { readonly kind: "different"; readonly parts: readonly Part[]; readonly way: Upgrade };

/** One thing that differs, as the plan shows it. */
export interface Part {
  readonly path: readonly string[];
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  readonly reason?: string;
}

/** Settings of a topic: they don't show in a definition's text. */
const ofTheTopic = new Set(["PARTITIONS", "REPLICAS", "RETENTION_MS"]);

/** Compares two definitions by what they mean, and by the columns that really are there. */
export function verdictOf(live: Definition, desired: Definition): Verdict {
  const found = differences(desired.canonical, live.canonical);
  const stale = found.length === 0 ? staleColumns(live.columns, desired.columns) : undefined;
  if (found.length === 0 && stale === undefined) return { kind: "same" };
  const unresolved = [...desired.canonical.unresolved, ...live.canonical.unresolved];
  if (found.length > 0 && unresolved.length > 0) {
    return {
      kind: "unverifiable",
      reason: `can't be compared, not known: ${[...new Set(unresolved)].join(", ")}`,
    };
  }
  const parts = stale ? [stale] : partsOf(found, live, desired);
  return { kind: "different", parts, way: upgradeOf(live, desired) };
}

function partsOf(
  found: readonly CanonicalDifference[],
  live: Definition,
  desired: Definition,
): readonly Part[] {
  const settings = found.filter(({ property }) => property !== undefined && ofTheTopic.has(property));
  const text = { path: ["statement"], before: live.canonical.display, after: desired.canonical.display };
  return [
    ...(settings.length < found.length ? [text] : []),
    ...settings.map(({ property = "", actual, desired: wanted }) => ({
      path: ["with", property],
      before: actual ?? undefined,
      after: wanted ?? undefined,
    })),
  ];
}

/** The same statement, and other columns: its source or a type has changed since it was made. */
function staleColumns(
  live: readonly SchemaColumn[] | undefined,
  desired: readonly SchemaColumn[] | undefined,
): Part | undefined {
  if (live === undefined || desired === undefined || isSameColumns(live, desired)) return undefined;
  return {
    path: ["columns"],
    before: columnLines(live),
    after: columnLines(desired),
    reason: "what it reads has changed since it was made",
  };
}

function isSameColumns(live: readonly SchemaColumn[], desired: readonly SchemaColumn[]): boolean {
  if (live.length !== desired.length) return false;
  // Without certain roles the order isn't certain either.
  const isOrdered = desired.every(({ role }) => role !== "unknown");
  return desired.every((column, at) => {
    const other = isOrdered ? live[at] : live.find(({ name }) => name === column.name);
    return other !== undefined && isSameColumn(other, column);
  });
}

function isSameColumn(live: SchemaColumn, desired: SchemaColumn): boolean {
  const isType = live.type === "unknown" || desired.type === "unknown" || isSameType(live.type, desired.type);
  return live.name === desired.name && isType && (desired.role === "unknown" || live.role === desired.role);
}

function columnLines(columns: readonly SchemaColumn[]): string {
  return columns
    .map(({ name, type, role }) => {
      const shown = type === "unknown" ? "(unknown)" : printType(type);
      return `${printName(name)} ${shown}${role === "key" ? " KEY" : role === "header" ? " HEADERS" : ""}`;
    })
    .join("\n");
}
