import type { Ailment, Plan, Position } from "../../core/model.ts";
import { type Drifted, driftOf } from "../drifted.ts";
import { jsonDocument } from "./canonical.ts";
import {
  type FieldDocument,
  fieldDocument,
  healthDocument,
  type NameDocument,
  nameDocument,
  type Specs,
  specsOf,
  type ValuesDocument,
  valuesDocument,
} from "./change.ts";
import {
  type DiagnosticDocument,
  diagnosticDocuments,
  formatVersion,
  positionDocument,
} from "./diagnostics.ts";
import { type UnverifiableDocument, unverifiableOf } from "./plan.ts";

/** One of `resource_drift`: before is what the file says, after what the cluster holds. */
export interface DriftDocument extends NameDocument {
  readonly drift: Drifted["type"];
  readonly change: ValuesDocument;
  readonly fields: readonly FieldDocument[];
  readonly unmanaged: readonly { readonly path: readonly string[]; readonly message: string }[];
  readonly health: readonly Ailment[];
  /** Whether an apply would put it back. */
  readonly reverted: boolean;
  readonly position?: Position;
}

/** `drift --json` */
interface DriftReport {
  readonly format_version: typeof formatVersion;
  readonly pipeline: string;
  readonly drifted: boolean;
  readonly errored: boolean;
  readonly resource_drift: readonly DriftDocument[];
  readonly unverifiable: readonly UnverifiableDocument[];
  readonly diagnostics: readonly DiagnosticDocument[];
}

function driftReport(plan: Plan): DriftReport {
  const drift = driftOf(plan);
  const errored = plan.diagnostics.some(({ severity }) => severity === "error");
  return {
    format_version: formatVersion,
    pipeline: plan.pipeline,
    drifted: drift.length > 0,
    errored,
    resource_drift: drift.map((it) => driftDocument(it, !errored)),
    unverifiable: unverifiableOf(plan.remarks),
    diagnostics: diagnosticDocuments(plan.diagnostics),
  };
}

/** A drift as the bytes of its document. */
export function driftJson(plan: Plan): string {
  return jsonDocument(driftReport(plan));
}

const actions = { changed: ["update"], ill: ["update"], missing: ["delete"], present: ["create"] } as const;

function driftDocument(it: Drifted, isApplyable: boolean): DriftDocument {
  const { address, type, change, unmanaged, beyond, position } = it;
  return {
    ...nameDocument(address),
    drift: type,
    change: change === undefined ? { actions: actions[type] } : turned(actions[type], specsOf(change)),
    fields: change && "fields" in change ? change.fields.map((of) => fieldDocument(of, change.desired)) : [],
    unmanaged: unmanaged.map(({ path, message }) => ({ path, message })),
    health: [...(change && "live" in change ? change.live.health : []), ...beyond].map(healthDocument),
    reverted: change !== undefined && isApplyable,
    ...(position && { position: positionDocument(position) }),
  };
}

/** What a change would lead to is what should be; what it starts from is what drifted. */
function turned(drifted: ValuesDocument["actions"], { before, after, declared }: Specs): ValuesDocument {
  return valuesDocument(drifted, { before: after, after: before, declared });
}
