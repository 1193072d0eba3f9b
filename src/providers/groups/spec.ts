import type { Resource, Value } from "../../core/model.ts";

/** Partitions of a topic on which a group has no commit; `of`: how many the topic has. */
export type Uncommitted = { readonly partitions: readonly number[]; readonly of: number };

/** A group, desired or actual. */
export type GroupSpec = {
  /** Sorted. Declared: what it reads. Actual: what it has commits or members on. */
  readonly topics: readonly string[];
  /**
   * By topic. Declared: where it starts without a commit, empty without `startFrom`. Actual: what has no commit,
   * of the declared topics that are there.
   */
  readonly offsets: Readonly<Record<string, string | Uncommitted>>;
  /** Whether it has members; declared null. */
  readonly active: boolean | null;
  /** Texts by key. Declared null: reset. Actual: what is set on the group; null: the broker doesn't tell. */
  readonly config: Readonly<Record<string, string | null>>;
};

export type GroupPolicy = {
  readonly protect: boolean;
  /** Most records that it may be behind, over its topics; null: any number. */
  readonly maxLag: number | null;
  /** Fewest members; null: any number. */
  readonly members: number | null;
};

export type GroupResource = Resource<GroupSpec, GroupPolicy>;

export function isUncommitted(value: Value | undefined): value is Uncommitted {
  return typeof value === "object" && value !== null && "partitions" in value;
}

/** `partition 3`, `partitions 0 to 2`, `partitions 0, 2 and 3` */
export function named(partitions: readonly number[]): string {
  const [first, ...rest] = partitions;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return `partition ${first ?? "none"}`;
  const run = last - first === rest.length;
  if (run && rest.length > 1) return `partitions ${first} to ${last}`;
  if (partitions.length > 8) return `${partitions.length} partitions`;
  return `partitions ${partitions.slice(0, -1).join(", ")} and ${last}`;
}
