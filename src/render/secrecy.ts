import type { Value } from "../core/model.ts";
import { Secret } from "../core/secret.ts";

export const secretText = "(secret)";

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
 * A value with `(secret)` for whatever is secret in it or in its counterpart: a password that the server
 * tells in clear is as secret as the declared one that it is compared with.
 */
export function withoutSecrets(value: Value, counterpart?: Value): PublicValue {
  if (value instanceof Secret || counterpart instanceof Secret) return secretText;
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map((it, index) => withoutSecrets(it, partOf(counterpart, index)));
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [key, withoutSecrets(it, partOf(counterpart, key))]),
  );
}

/** Terraform's `before_sensitive`: the shape of the value with `true` where it is secret, the rest left out. */
export function sensitivity(value: Value, counterpart?: Value): Sensitivity {
  if (value instanceof Secret || counterpart instanceof Secret) return true;
  if (value === null || typeof value !== "object") return false;
  if (isList(value)) return value.map((it, index) => sensitivity(it, partOf(counterpart, index)));
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, it]) => [key, sensitivity(it, partOf(counterpart, key))] as const)
      .filter(([, found]) => isSensitive(found)),
  );
}

function isSensitive(found: Sensitivity): boolean {
  return typeof found === "boolean" ? found : Object.values(found).some(isSensitive);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function partOf(value: Value | undefined, key: string | number): Value | undefined {
  if (value === undefined || value === null || typeof value !== "object") return undefined;
  if (value instanceof Secret || !Object.hasOwn(value, key)) return undefined;
  return isList(value) ? value[Number(key)] : value[key];
}
