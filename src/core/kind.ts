import type { Diagnostic } from "./errors.ts";
import type {
  Actual,
  Address,
  Change,
  Desired,
  FieldChange,
  Live,
  Policy,
  Position,
  Remark,
  Resource,
  Risk,
  Spec,
  Value,
  World,
} from "./model.ts";
import type { Secret } from "./secret.ts";

/** JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** One entry of a section of the file, valid by the section's schema, with defaults merged in. */
export interface Entry {
  readonly key: string;
  readonly value: { readonly [key: string]: Value };
  /** Where the entry's key stands. */
  readonly position: Position;
  /**
   * A scalar as text, as written in the file (`0010` and `9007199254740993` keep their digits), with
   * variables put in; null for an explicit null, undefined where the file has none.
   */
  text(path: readonly string[]): string | Secret | null | undefined;
  /** Where a field stands: its value, or its key. The nearest enclosing node that the file has. */
  locate(path: readonly string[], part?: "key" | "value"): Position;
  /** Where a piece of a text stands, which may be of several lines: `offset` counts in what `text` gives. */
  locateIn(path: readonly string[], offset: number, length: number): Position;
  /** Reads a file that the entry names, relative to the file that the entry stands in; reports if it can't. */
  read(path: readonly string[]): SourceFile | undefined;
}

/** A text file that the pipeline names, by the name that its positions carry, with variables put in. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
  /** Where a piece of the text stands in the file. */
  locate(offset: number, length: number): Position;
}

/** Collects what is wrong, so that everything is reported at once. */
export type Report = (diagnostic: Diagnostic) => void;

/** A top-level map of the file: `topics`, `connectors`, `ksql`, `consumerGroups`. */
export interface Section {
  readonly key: string;
  /** Its name under `claim` and `claim.protect`. */
  readonly claimKey: string;
  /** Its name under `policies.deletes`, and how many deletes one plan may hold unless the file says. */
  readonly budget: { readonly key: string; readonly deletes: number };
  /** Its name under `defaults`, if it takes any, and the schema of those. */
  readonly defaults?: { readonly key: string; readonly schema: JsonSchema };
  /** The schema of one entry. */
  readonly schema: JsonSchema;
  /** Whether `${env.NAME}` is allowed below it; its values are then secrets. */
  readonly secrets: boolean;
  /** The entry as resources; what is wrong beyond the schema goes to `report`. */
  decode(entry: Entry, report: Report): readonly Resource[];
  /** The connection that it needs beside Kafka's; it may stand in the file when a section needs it. */
  readonly server?: "connect" | "ksql";
  /** A top-level list of files, relative to the pipeline file and with `*`, that declare more of it. */
  readonly files?: {
    readonly key: string;
    /** `defaults`: those of the section. */
    decode(source: SourceFile, defaults: Entry["value"], report: Report): readonly Resource[];
  };
  /** What is wrong with all declared ones together though each is right alone: names that collide. */
  review?(resources: readonly Resource[], report: Report): void;
}

/** What a resource reads, writes and owns; order, lineage, derived topics and delete evidence follow. */
export interface Links {
  /** Resources that it reads; those that are declared come first. Unknown addresses are no error. */
  readonly reads: readonly Address[];
  /** Resources that it writes into; those that are declared come first. */
  readonly writes: readonly Address[];
  /** Globs over addresses of what it makes for itself: never orphans, shown under it. */
  readonly owns: readonly string[];
  /** How the values of topics look to it, as far as its spec tells. */
  readonly formats?: readonly TopicFormat[];
}

/** `json-envelope` is `{"schema": ..., "payload": ...}` around every value, as Connect's JsonConverter writes it. */
export type ValueFormat = "json" | "json-envelope" | "json-schema" | "avro" | "protobuf" | "string" | "bytes";

/** The format in which a resource writes the values of a topic, or expects them. */
export interface TopicFormat {
  readonly topic: Address;
  readonly use: "reads" | "writes";
  readonly format: ValueFormat;
  /** The field that decides it. */
  readonly path: readonly string[];
  /** What to write into the file to have another format, where that is known. */
  readonly settings: Readonly<Partial<Record<ValueFormat, string>>>;
}

export interface Difference {
  readonly fields: readonly FieldChange[];
  readonly remarks: readonly Remark[];
  /** How the servers would do it, where it isn't plain. */
  readonly manner?: string;
}

export interface Field {
  /** The screen leaves out a leading `config`. */
  readonly path: readonly string[];
  readonly value: Value;
}

/** A sort of resource: everything that the planner and the renderer need to know of it, pure. */
export interface Kind<S extends Spec = Spec, P extends Policy = Policy> {
  /** The first half of its addresses. */
  readonly name: string;
  /** What several are called on the screen: `topics`, `ksqlDB objects`. */
  readonly plural: string;
  readonly section: Section;
  /** Globs over names that are never touched or listed unless declared. */
  readonly hidden: readonly string[];
  /** Whether patterns of the claim ignore case. */
  readonly ignoresCase: boolean;
  /** What differs; nothing, if the cluster is as declared. */
  diff(live: Live<S>, desired: Resource<S, P>, world: World): Difference;
  /**
   * What is said of a declared resource that isn't there, where that is no change: it appears by itself.
   * undefined: it is to be created, as it is for kinds without this.
   */
  absent?(desired: Resource<S, P>): readonly Remark[] | undefined;
  /** `world` is what names are looked up in, such as the topics that a pattern matches. */
  links(spec: S, name: string, world: World): Links;
  /**
   * Points in time (ms since the epoch) that a plan of it may ask for: what is older, or from there on. A
   * recording answers for these only.
   */
  times?(spec: S, now: number): readonly number[];
  /** What applying this costs, as far as the change alone tells; evidence adds what only servers know. */
  risks(change: Change<S>): readonly Risk[];
  /** The fields of a resource in the order of the screen, defaults left out; paths as in `diff`. */
  summary(spec: S): readonly Field[];
  /**
   * A field's value as a user would write it: `7d` for 604800000 of `retention.ms`. Lines of text, such as
   * a statement, keep their newlines. Never called with a secret.
   */
  show(path: readonly string[], value: Value): string;
}

/** What a driver reads: the declared names, and what the claim covers. */
export interface Scope {
  readonly declared: ReadonlySet<Address>;
  /** Whether the claim covers it. What it does not cover may be read and is never changed. */
  claims(address: Address): boolean;
  /** What is declared, for drivers of several servers: the name alone doesn't tell on which to look. */
  readonly desired?: Desired;
}

export interface Settled<S extends Spec = Spec> {
  readonly resources: readonly Resource<S>[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What only the servers know of a change: facts enter the basis, risks the screen. */
export interface Evidence {
  readonly address: Address;
  readonly risks: readonly Risk[];
  /**
   * What would be lost, as losses: a fact that becomes true, or a list that gains a member, makes a delete
   * wrong. `holdsRecords`, `readers`, `active`; never counts, which move by themselves.
   */
  readonly facts: { readonly [fact: string]: Value };
  /** Readers that the risks and the facts tell of already. */
  readonly readers?: readonly Address[];
}

export interface Verdict {
  readonly diagnostics: readonly Diagnostic[];
  readonly notChecked: readonly string[];
}

export type Progress =
  /** The change is being made; `message` says what it waits for. */
  | { readonly type: "progress"; readonly address: Address; readonly message: string }
  | { readonly type: "done"; readonly address: Address; readonly message: string }
  | { readonly type: "failed"; readonly address: Address; readonly diagnostic: Diagnostic };

/** I/O of one provider, in batches: a thousand topics are one request and not a thousand. */
export interface Driver<S extends Spec = Spec> {
  read(scope: Scope): Promise<ReadonlyMap<Address, Live<S>>>;
  /**
   * Fills in what the file leaves to the servers, such as the class behind a connector's type, after `read`
   * and before anything is compared. Resources that it can't settle come back as they are, with a diagnostic.
   */
  settle?(resources: readonly Resource<S>[], actual: Actual): Promise<Settled<S>>;
  /**
   * What the servers would refuse, found without changing anything. `made`: whether the whole plan makes or
   * changes an address, or what owns it; with `--target` not all that is declared. Absent: all of it.
   */
  check(changes: readonly Change<S>[], world: World, made?: (address: Address) => boolean): Promise<Verdict>;
  /** Evidence for those of the changes (and orphans, as deletes) that are risky. */
  assess(changes: readonly Change<S>[], world: World): Promise<readonly Evidence[]>;
  /**
   * Makes changes that don't depend on each other, in any order: one `done` or `failed` for each, as it
   * ends. After `signal` aborts it starts nothing new and ends; what it didn't start gets no outcome.
   */
  apply(changes: readonly Change<S>[], world: World, signal: AbortSignal): AsyncIterable<Progress>;
}
