import type { Value } from "../core/model.ts";
import { Secret } from "../core/secret.ts";

const secretText = "(secret)";

/** The same value elsewhere: live or declared, before or after. */
type Counterpart = Value | undefined;

/** A value without secrets: JSON. */
export type PublicValue =
  | string
  | number
  | boolean
  | null
  | readonly PublicValue[]
  | { readonly [key: string]: PublicValue };

/** Where a value is secret: `true` for all of it, else the parts that are, by key or index. */
export type Sensitivity = boolean | readonly Sensitivity[] | { readonly [key: string]: Sensitivity };

/**
 * A value without whatever is secret in it or in its counterparts: a password that the server tells in
 * clear is as secret as the declared one that it is compared with.
 */
export function withoutSecrets(value: Value, ...counterparts: readonly Counterpart[]): PublicValue {
  if (value instanceof Secret) return value.toString();
  if (counterparts.some((it) => it instanceof Secret)) return secretText;
  if (value === null || typeof value !== "object") return value;
  const part = (it: Value, key: string | number) => withoutSecrets(it, ...partsOf(counterparts, key));
  if (isList(value)) return value.map(part);
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, part(it, key)]));
}

/** Terraform's `before_sensitive`: the shape of the value with `true` where it is secret, the rest left out. */
export function sensitivity(value: Value, ...counterparts: readonly Counterpart[]): Sensitivity {
  if (value instanceof Secret || counterparts.some((it) => it instanceof Secret)) return true;
  if (value === null || typeof value !== "object") return false;
  const part = (it: Value, key: string | number) => sensitivity(it, ...partsOf(counterparts, key));
  if (isList(value)) return value.map(part);
  const entries = Object.entries(value).map(([key, it]) => [key, part(it, key)] as const);
  return Object.fromEntries(entries.filter(([, found]) => isSensitive(found)));
}

function isSensitive(found: Sensitivity): boolean {
  return typeof found === "boolean" ? found : Object.values(found).some(isSensitive);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function partsOf(values: readonly Counterpart[], key: string | number): readonly Counterpart[] {
  return values.map((value) => {
    if (value === undefined || value === null || typeof value !== "object") return undefined;
    if (value instanceof Secret || !Object.hasOwn(value, key)) return undefined;
    return isList(value) ? value[Number(key)] : value[key];
  });
}
