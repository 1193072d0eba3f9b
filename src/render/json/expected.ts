import type { FieldChange, Spec, Value } from "../../core/model.ts";
import { Secret } from "../../core/secret.ts";

/**
 * A live spec with the fields that differ as they are declared. What is set on the cluster and left alone
 * stays, and spellings that the server has for the same value stay: nothing else than the fields changes.
 */
export function specAfter(live: Spec, desired: Spec, fields: readonly FieldChange[]): Spec {
  const paths = fields.map(({ path }) => path);
  // A field that the specs don't have under its path can't be put into one of them.
  if (paths.some((path) => !has(live, path) && !has(desired, path))) return desired;
  return paths.reduce((spec, path) => replaced(spec, path, valueAt(desired, path)), live);
}

function replaced(spec: Spec, [step, ...rest]: readonly string[], value: Value | undefined): Spec {
  if (step === undefined) return spec;
  const inner = spec[step];
  const next = rest.length === 0 ? value : replaced(isSpec(inner) ? inner : {}, rest, value);
  const { [step]: _, ...others } = spec;
  return next === undefined ? others : { ...others, [step]: next };
}

function has(spec: Spec, path: readonly string[]): boolean {
  return valueAt(spec, path) !== undefined;
}

function valueAt(spec: Spec, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>(
    (value, step) => (isSpec(value) && Object.hasOwn(value, step) ? value[step] : undefined),
    spec,
  );
}

function isSpec(value: Value | undefined): value is Spec {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}
