import type { Diagnostic } from "../../src/core/errors.ts";
import type {
  Address,
  ClusterIdentity,
  Create,
  Delete,
  FieldChange,
  Live,
  Orphan,
  Plan,
  Position,
  Remark,
  Resource,
  Risk,
  Spec,
  Update,
  Value,
} from "../../src/core/model.ts";

/** A plan with nothing in it but what is given. */
export function planOf(parts: Partial<Plan> = {}): Plan {
  return {
    pipeline: "purchases",
    cluster: clusterOf(),
    changes: [],
    unchanged: [],
    orphans: [],
    remarks: [],
    guards: [],
    diagnostics: [],
    notChecked: [],
    basis: {},
    ...parts,
  };
}

export function clusterOf(parts: Partial<ClusterIdentity> = {}): ClusterIdentity {
  return {
    servers: [{ name: "kafka", detail: "MkU3OEVBNTcwNTJENDM2Qk (3 brokers)" }],
    clusterId: "MkU3OEVBNTcwNTJENDM2Qk",
    ...parts,
  };
}

interface About {
  /** The line of `pipeline.yaml`, or a place of its own; none by default. */
  readonly at?: number | Position;
  readonly risks?: readonly string[];
  readonly after?: readonly Address[];
}

export function create(
  address: Address,
  spec: Spec,
  about: About & { readonly vanished?: boolean } = {},
): Create {
  const position = placeOf(about.at);
  return {
    action: "create",
    address,
    desired: resourceOf(address, spec, position),
    vanished: about.vanished ?? false,
    ...planned(about),
  };
}

interface Edit extends About {
  readonly action?: Update["action"];
  readonly manner?: string;
  readonly health?: Live["health"];
  /** The whole specs; by default only the fields that change. */
  readonly live?: Spec;
  readonly desired?: Spec;
  readonly fields: readonly FieldChange[];
}

export function update(address: Address, edit: Edit): Update {
  return {
    action: edit.action ?? "update",
    address,
    live: liveOf(address, edit.live ?? specOf(edit.fields, "before"), edit.health),
    desired: resourceOf(address, edit.desired ?? specOf(edit.fields, "after"), placeOf(edit.at)),
    fields: edit.fields,
    ...(edit.manner !== undefined && { manner: edit.manner }),
    ...planned(edit),
  };
}

export function remove(
  address: Address,
  spec: Spec,
  about: About & { readonly by?: Delete["by"] } = {},
): Delete {
  return {
    action: "delete",
    address,
    live: liveOf(address, spec),
    by: about.by ?? "prune",
    ...planned(about),
  };
}

/** `config.retention.ms` is the path of two steps that it is in a spec. */
export function field(
  path: string,
  before: Value | undefined,
  after: Value | undefined,
  more: Partial<FieldChange> = {},
): FieldChange {
  return { path: pathOf(path), before, after, effect: "update", ...more };
}

export function remark(address: Address, path: string, message: string, more: Partial<Remark> = {}): Remark {
  return { address, path: path === "" ? [] : pathOf(path), type: "unmanaged", message, ...more };
}

export function orphan(address: Address, ...risks: readonly string[]): Orphan {
  return { address, live: liveOf(address, {}), risks: risks.map(riskOf) };
}

export function diagnosticOf(parts: Partial<Diagnostic> & Pick<Diagnostic, "message">): Diagnostic {
  return { severity: "error", code: "KP2003", next: "", ...parts };
}

function resourceOf(address: Address, spec: Spec, position: Position = at(1)): Resource {
  return { address, spec, policy: { protect: false }, position, locate: () => position };
}

export function liveOf(address: Address, spec: Spec, health: Live["health"] = []): Live {
  return { address, spec, health };
}

export function at(line: number, column = 3, length = 1, file = "pipeline.yaml"): Position {
  return { file, line, column, length };
}

function planned({ at: where, risks = [], after = [] }: About) {
  const position = placeOf(where);
  return { risks: risks.map(riskOf), after, ...(position && { position }) };
}

function placeOf(where: number | Position | undefined): Position | undefined {
  return typeof where === "number" ? at(where) : where;
}

function riskOf(message: string): Risk {
  return { code: "test", message };
}

function pathOf(path: string): readonly string[] {
  return path.startsWith("config.") ? ["config", path.slice("config.".length)] : [path];
}

function specOf(fields: readonly FieldChange[], side: "before" | "after"): Spec {
  const config = fields.filter(({ path }) => path[0] === "config");
  const entries = (list: readonly FieldChange[]) =>
    list.flatMap((it): [string, Value][] => {
      const value = it[side];
      return value === undefined ? [] : [[it.path.at(-1) ?? "", value]];
    });
  return {
    ...Object.fromEntries(entries(fields.filter(({ path }) => path[0] !== "config"))),
    ...(config.length > 0 && { config: Object.fromEntries(entries(config)) }),
  };
}
