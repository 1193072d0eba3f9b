import type {
  Action,
  Address,
  Ailment,
  Change,
  Delete,
  FieldChange,
  Position,
  Resource,
  Risk,
  Spec,
} from "../../core/model.ts";
import { kindOf, nameOf } from "../../core/model.ts";
import { type PublicValue, type Sensitivity, sensitivity, withoutSecrets } from "../secrecy.ts";
import { positionDocument } from "./diagnostics.ts";
import { specAfter } from "./expected.ts";

/** Terraform's words for what happens to a resource; an operation is an update without other values. */
type TerraformAction = "no-op" | "create" | "update" | "delete";

const terraformActions: Readonly<Record<Action, readonly TerraformAction[]>> = {
  create: ["create"],
  update: ["update"],
  replace: ["delete", "create"],
  delete: ["delete"],
  operate: ["update"],
};

/** Terraform's `change`: null where the resource isn't there, before or after. */
export interface ValuesDocument {
  readonly actions: readonly TerraformAction[];
  readonly before?: PublicValue;
  readonly after?: PublicValue;
  readonly before_sensitive?: Sensitivity;
  readonly after_sensitive?: Sensitivity;
}

export interface NameDocument {
  readonly address: Address;
  /** Its kind. */
  readonly type: string;
  readonly name: string;
}

export interface FieldDocument {
  readonly path: readonly string[];
  readonly effect: FieldChange["effect"];
  readonly position: Position;
  readonly reason?: string;
}

/** One of `resource_changes`: Terraform's members, and what kpipe knows beside them. */
export interface ChangeDocument extends NameDocument {
  readonly change: ValuesDocument;
  /** kpipe's word, which tells an operation from an update and a replace from a delete. */
  readonly action: Action | "none";
  readonly fields?: readonly FieldDocument[];
  readonly risks?: readonly Risk[];
  readonly depends_on?: readonly Address[];
  readonly manner?: string;
  readonly health?: readonly Ailment[];
  /** A create of what the file at the base had: its data is gone. */
  readonly vanished?: boolean;
  readonly deleted_by?: Delete["by"];
  readonly position?: Position;
}

export function changeDocument(change: Change): ChangeDocument {
  const { action, address, risks, after, position } = change;
  return {
    ...nameDocument(address),
    action,
    change: valuesDocument(terraformActions[action], specsOf(change)),
    risks: risks.map(({ code, message }) => ({ code, message })),
    depends_on: after.toSorted(),
    ...detailsOf(change),
    ...(position && { position: positionDocument(position) }),
  };
}

export function noChangeDocument(address: Address): ChangeDocument {
  return { ...nameDocument(address), action: "none", change: { actions: ["no-op"] } };
}

export function nameDocument(address: Address): NameDocument {
  return { address, type: kindOf(address), name: nameOf(address) };
}

/** The specs of a change, and the others that tell what in them is secret. */
export interface Specs {
  readonly before: Spec | undefined;
  readonly after: Spec | undefined;
  readonly declared: Spec | undefined;
}

export function valuesDocument(actions: readonly TerraformAction[], specs: Specs): ValuesDocument {
  const { before, after, declared } = specs;
  return {
    actions,
    before: before === undefined ? null : withoutSecrets(before, after, declared),
    after: after === undefined ? null : withoutSecrets(after, before, declared),
    before_sensitive: before === undefined ? false : sensitivity(before, after, declared),
    after_sensitive: after === undefined ? false : sensitivity(after, before, declared),
  };
}

/** A field that differs, with the place in the file that decides it. */
export function fieldDocument({ path, effect, reason }: FieldChange, desired: Resource): FieldDocument {
  const position = positionDocument(desired.locate(path));
  return { path, effect, position, ...(reason !== undefined && { reason }) };
}

export function healthDocument({ path, message }: Ailment): Ailment {
  return { path, message };
}

/** What the cluster has now, and what it would have after the change. */
export function specsOf(change: Change): Specs {
  switch (change.action) {
    case "create": {
      const { spec } = change.desired;
      return { before: undefined, after: spec, declared: spec };
    }
    case "delete":
      return { before: change.live.spec, after: undefined, declared: undefined };
    case "update":
    case "replace":
    case "operate": {
      const [live, declared] = [change.live.spec, change.desired.spec];
      return { before: live, after: specAfter(live, declared, change.fields), declared };
    }
  }
}

function detailsOf(change: Change): Partial<ChangeDocument> {
  switch (change.action) {
    case "create":
      return { fields: [], vanished: change.vanished };
    case "delete":
      return { fields: [], deleted_by: change.by };
    case "update":
    case "replace":
    case "operate":
      return {
        fields: change.fields.map((field) => fieldDocument(field, change.desired)),
        health: change.live.health.map(healthDocument),
        ...(change.manner !== undefined && { manner: change.manner }),
      };
  }
}
