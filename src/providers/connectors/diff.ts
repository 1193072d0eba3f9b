import type { Difference } from "../../core/kind.ts";
import type { FieldChange, Live, Remark, Resource } from "../../core/model.ts";
import { Secret } from "../../core/secret.ts";
import { familiesOf } from "./jdbc/families.ts";
import { mannerOf } from "./manner.ts";
import type { ConnectorSpec } from "./spec.ts";

/** What differs, the whole config compared; failed parts of a connector that should run are restarted. */
export function connectorDiff(live: Live<ConnectorSpec>, desired: Resource<ConnectorSpec>): Difference {
  const [is, want] = [live.spec, desired.spec];
  const stands = is.class === want.class || familiesOf(want.class).some((it) => it.class === is.class);
  const config = configDiff(live, desired, !stands);
  const fields = [
    ...(stands ? [] : [update(["class"], is.class, want.class)]),
    ...config.fields,
    ...(is.state === want.state ? [] : [operate(["state"], is.state, want.state)]),
    ...(want.state === "running" ? live.health : []).map(({ path, message }) =>
      operate(path, "FAILED", "RUNNING", message),
    ),
  ];
  const manner = mannerOf(fields);
  return { fields, remarks: config.remarks, ...(manner !== "" && { manner }) };
}

/** `isSent`: whether the config is sent anyway. */
function configDiff(
  live: Live<ConnectorSpec>,
  desired: Resource<ConnectorSpec>,
  isSent: boolean,
): Difference {
  const fields: FieldChange[] = [];
  const hidden: (readonly string[])[] = [];
  const keys = new Set([...Object.keys(desired.spec.config), ...Object.keys(live.spec.config)]);
  for (const key of keys) {
    const path = ["config", key];
    const [is, want] = [live.spec.config[key], desired.spec.config[key]];
    const same = equal(is, want);
    if (same === false) fields.push(update(path, is, want));
    if (same === undefined) hidden.push(path);
  }
  const remarks = hidden.map((path): Remark => {
    const message = whyUnverifiable(desired.spec.config[path[1] ?? ""], isSent || fields.length > 0);
    return { address: desired.address, path, type: "unverifiable", message, position: desired.locate(path) };
  });
  return { fields, remarks };
}

type Text = ConnectorSpec["config"][string] | undefined;

/** undefined: one of them has no value here. */
function equal(a: Text, b: Text): boolean | undefined {
  if (a instanceof Secret && (b instanceof Secret || typeof b === "string")) return a.equals(b);
  if (b instanceof Secret && typeof a === "string") return b.equals(a);
  return a === b;
}

function whyUnverifiable(want: Text, isSent: boolean): string {
  if (want instanceof Secret && !want.resolved) return `${want.variables.join(", ")} is not set here`;
  return `the worker hides it; sent ${isSent ? "along with this change" : "with the next change of this connector"}`;
}

function update(path: readonly string[], before: Text, after: Text): FieldChange {
  return { path, before, after, effect: "update" };
}

function operate(path: readonly string[], before: string, after: string, reason?: string): FieldChange {
  return { path, before, after, effect: "operate", ...(reason !== undefined && { reason }) };
}
