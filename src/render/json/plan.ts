import type { Address, ClusterIdentity, Guard, Plan, Position, Remark, Risk } from "../../core/model.ts";
import type { Rehearsal } from "../../core/run.ts";
import { jsonDocument } from "./canonical.ts";
import {
  type ChangeDocument,
  changeDocument,
  type NameDocument,
  nameDocument,
  noChangeDocument,
} from "./change.ts";
import {
  type DiagnosticDocument,
  diagnosticDocuments,
  formatVersion,
  positionDocument,
} from "./diagnostics.ts";
import type { DriftDocument } from "./drift.ts";
import { type RehearsalDocument, rehearsalDocument } from "./rehearsal.ts";

/** `plan --json`: Terraform's members, and what kpipe knows beside them. Holds no secret and no clock. */
export interface PlanDocument {
  readonly format_version: typeof formatVersion;
  readonly pipeline: string;
  readonly cluster: ClusterIdentity;
  /** Whether an apply would change something: nothing refused, nothing held back, and something to do. */
  readonly applyable: boolean;
  readonly errored: boolean;
  readonly resource_changes: readonly ChangeDocument[];
  /** What the base had and the cluster changed; empty without a base. */
  readonly resource_drift: readonly DriftDocument[];
  readonly orphans: readonly OrphanDocument[];
  readonly unverifiable: readonly UnverifiableDocument[];
  /** What is set and not declared, and what else is worth saying. */
  readonly remarks: readonly RemarkDocument[];
  readonly guards: readonly Guard[];
  readonly diagnostics: readonly DiagnosticDocument[];
  readonly notChecked: readonly string[];
  readonly basis: Readonly<Record<Address, string>>;
  /** Where it was asked for, and there is something to apply. */
  readonly rehearsal?: RehearsalDocument;
}

interface OrphanDocument extends NameDocument {
  readonly risks: readonly Risk[];
}

export interface UnverifiableDocument {
  readonly address: Address;
  readonly path: readonly string[];
  readonly message: string;
  readonly position?: Position;
}

interface RemarkDocument extends UnverifiableDocument {
  readonly type: Remark["type"];
}

export function planDocument(plan: Plan, rehearsal?: Rehearsal): PlanDocument {
  const errored = plan.diagnostics.some(({ severity }) => severity === "error");
  const { clusterId, servers } = plan.cluster;
  return {
    format_version: formatVersion,
    pipeline: plan.pipeline,
    cluster: { clusterId, servers: servers.map(({ name, detail }) => ({ name, detail })) },
    applyable: !errored && plan.guards.length === 0 && plan.changes.length > 0,
    errored,
    resource_changes: [...plan.changes.map(changeDocument), ...plan.unchanged.map(noChangeDocument)],
    resource_drift: [],
    orphans: plan.orphans.map(({ address, risks }) => ({
      ...nameDocument(address),
      risks: risks.map(({ code, message }) => ({ code, message })),
    })),
    unverifiable: unverifiableOf(plan.remarks),
    remarks: plan.remarks
      .filter(({ type }) => type !== "unverifiable")
      .map((it) => ({ ...remarkDocument(it), type: it.type })),
    guards: plan.guards.map(guardDocument),
    diagnostics: diagnosticDocuments(plan.diagnostics),
    notChecked: plan.notChecked,
    basis: plan.basis,
    ...(rehearsal && { rehearsal: rehearsalDocument(rehearsal) }),
  };
}

/** A plan as the bytes of its document: the same plan gives the same bytes. */
export function planJson(plan: Plan, rehearsal?: Rehearsal): string {
  return jsonDocument(planDocument(plan, rehearsal));
}

/** What can't be compared, said once for each field. */
export function unverifiableOf(remarks: readonly Remark[]): readonly UnverifiableDocument[] {
  return remarks.filter(({ type }) => type === "unverifiable").map(remarkDocument);
}

function remarkDocument({ address, path, message, position }: Remark): UnverifiableDocument {
  return { address, path, message, ...(position && { position: positionDocument(position) }) };
}

function guardDocument({ rule, address, message, next, position }: Guard): Guard {
  return { rule, address, message, next, ...(position && { position: positionDocument(position) }) };
}
