import type { ErrorCode } from "./error-table.ts";
import type { Diagnostic } from "./errors.ts";
import type { Secret } from "./secret.ts";

/** `kind/name`, as in `topic/purchases`, with the name as the server has it. */
export type Address = `${string}/${string}`;

/** A place in an input file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many characters the caret underlines; 1 where it is not known. */
  readonly length: number;
}

/** What a spec is made of: JSON, and secrets that print as `(secret)`. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Secret
  | readonly Value[]
  | { readonly [key: string]: Value };

/** The canonical, fully defaulted value of one resource; desired and actual share the type. */
export type Spec = { readonly [field: string]: Value };

/** How kpipe treats a resource; no server knows it, so it is never compared. */
export interface Policy {
  readonly protect: boolean;
  /** What a kind adds, such as `unmanagedConfig` of topics. */
  readonly [setting: string]: Value;
}

/** One declared resource. */
export interface Resource<S extends Spec = Spec, P extends Policy = Policy> {
  readonly address: Address;
  readonly spec: S;
  readonly policy: P;
  /** Where its name stands in the file. */
  readonly position: Position;
  /** Where a field stands; the nearest enclosing one that the file has, if the field is a default. */
  locate(path: readonly string[]): Position;
}

/** One resource as the cluster holds it. */
export interface Live<S extends Spec = Spec> {
  readonly address: Address;
  readonly spec: S;
  /** What is wrong with it now, though its spec is as declared: failed tasks, a failing query. */
  readonly health: readonly Ailment[];
  /** What moves by itself, such as the lag of a group: judged, never compared, in no fingerprint. */
  readonly readings?: { readonly [reading: string]: Value };
}

/** A fault of a live resource, which an operation may mend. */
export interface Ailment {
  /** The part that is ill, such as `["task", "0"]`; empty for the whole resource. */
  readonly path: readonly string[];
  readonly message: string;
  /** What it is in a word, where that isn't `failed`. */
  readonly state?: string;
}

export type Desired = ReadonlyMap<Address, Resource>;
export type Actual = ReadonlyMap<Address, Live>;

/** Both sides at once: what a kind may look at besides the resource at hand. */
export interface World {
  readonly desired: Desired;
  readonly actual: Actual;
}

/** What a change of a field asks for. `refuse`: no server can do it; `operate`: an action, not a value. */
export type Effect = "update" | "replace" | "operate" | "refuse";

export interface FieldChange {
  readonly path: readonly string[];
  /** undefined: not set. */
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  readonly effect: Effect;
  /** Why it is a replace or refused, or what the operation is for. */
  readonly reason?: string;
  /** What a refused field is reported as. */
  readonly code?: ErrorCode;
}

/** Something that is true of a resource and is not a change. */
export interface Remark {
  readonly address: Address;
  readonly path: readonly string[];
  /**
   * unmanaged: set on the cluster, not in the file. unverifiable: can't be compared. check: the file wants it to
   * be true and it isn't, which no change would mend. fault: it doesn't work, which no change would mend either.
   * note: worth saying.
   */
  readonly type: "unmanaged" | "unverifiable" | "check" | "fault" | "note";
  readonly message: string;
  readonly position?: Position;
}

/** What an apply of a change costs, beside the change. */
export interface Risk {
  /** Stable, for machines: `keys-move`, `data-lost`, ... */
  readonly code: string;
  readonly message: string;
}

interface Planned {
  readonly address: Address;
  readonly position?: Position;
  readonly risks: readonly Risk[];
  /** Addresses of other changes in the plan that must be done first. */
  readonly after: readonly Address[];
}

export interface Create<S extends Spec = Spec> extends Planned {
  readonly action: "create";
  readonly desired: Resource<S>;
  /** The file at BASE had it and the cluster no longer does: its data is gone. */
  readonly vanished: boolean;
}

export interface Update<S extends Spec = Spec> extends Planned {
  readonly action: "update" | "replace" | "operate";
  readonly live: Live<S>;
  readonly desired: Resource<S>;
  readonly fields: readonly FieldChange[];
  /** How the servers do it, where it isn't plain: `in place, by CREATE OR REPLACE`. */
  readonly manner?: string;
}

export interface Delete<S extends Spec = Spec> extends Planned {
  readonly action: "delete";
  readonly live: Live<S>;
  /** Asked for by a `removed:` entry of the file, or by `--prune`. */
  readonly by: "removed" | "prune";
}

export type Change<S extends Spec = Spec> = Create<S> | Update<S> | Delete<S>;
export type Action = Change["action"];

/** A claimed resource that the file does not declare and nothing owns. */
export interface Orphan {
  readonly address: Address;
  readonly live: Live;
  readonly risks: readonly Risk[];
}

/** A rule that holds a planned change back: exit code 3. */
export interface Guard {
  readonly rule: "protect" | "budget" | "policy";
  readonly address: Address;
  readonly message: string;
  readonly next: string;
  readonly position?: Position;
}

/** The servers that a plan was made against, as they identify themselves. */
export interface ClusterIdentity {
  /** `kafka MkU3OEVBNTcwNTJENDM2Qk (3 brokers)`, one line a server, in the order of the screen. */
  readonly servers: readonly { readonly name: string; readonly detail: string }[];
  readonly clusterId: string;
}

export interface Plan {
  readonly pipeline: string;
  readonly cluster: ClusterIdentity;
  /** In the order in which they can be applied. */
  readonly changes: readonly Change[];
  /** How many resources of each kind are as declared. */
  readonly unchanged: readonly Address[];
  readonly orphans: readonly Orphan[];
  readonly remarks: readonly Remark[];
  readonly guards: readonly Guard[];
  readonly diagnostics: readonly Diagnostic[];
  /** What the servers were not asked, or could not judge. */
  readonly notChecked: readonly string[];
  /** Per address, the fingerprint of the actual values and the evidence that the plan rests on. */
  readonly basis: Readonly<Record<Address, string>>;
}

/** The first half of an address. */
export function kindOf(address: Address): string {
  return address.slice(0, address.indexOf("/"));
}

/** The second half of an address: the name as the server has it. */
export function nameOf(address: Address): string {
  return address.slice(address.indexOf("/") + 1);
}

/** `topic` and `purchases` to `topic/purchases`. */
export function addressOf(kind: string, name: string): Address {
  return `${kind}/${name}`;
}
