import type { ConfigKey } from "./document.ts";

/** A value as the broker stores and describes it, or its words for why it is none. */
export type Judged = { readonly value: string } | { readonly refused: string };

const replicaListNotation = "[partitionId]:[brokerId],[partitionId]:[brokerId],...";

/** What a broker makes of a value: trimmed, in the type's normal form, within the valid values. */
export function judgeValue(name: string, key: ConfigKey, text: string): Judged {
  const invalid = (shown: string, why: string): Judged => ({
    refused: `Invalid value ${shown} for configuration ${name}: ${why}`,
  });
  const trimmed = text.trim();
  switch (key.type) {
    case "boolean": {
      const value = trimmed.toLowerCase();
      if (value === "true" || value === "false") return { value };
      return invalid(text, "Expected value to be either true or false");
    }
    case "short":
    case "int":
    case "long":
    case "double": {
      const number = key.type === "double" ? javaDouble(trimmed) : javaInteger(trimmed, bits[key.type]);
      if (number === undefined) return invalid(text, `Not a number of type ${key.type.toUpperCase()}`);
      const outside = outsideRange(number.amount, key.valid);
      return outside === undefined ? { value: number.text } : invalid(number.text, outside);
    }
    case "list": {
      const parts = trimmed === "" ? [] : trimmed.split(/\s*,\s*/);
      if (key.valid === replicaListNotation) {
        if (isReplicaList(parts)) return { value: parts.join(",") };
        return invalid(
          `[${parts.join(", ")}]`,
          `${name} must be the literal '*' or a list of replicas in the following format: ${replicaListNotation}`,
        );
      }
      if (parts.includes("")) return { refused: `Configuration '${name}' values must not be empty.` };
      const choices = choicesOf(key.valid);
      const odd = choices && parts.find((part) => !choices.includes(part));
      if (odd !== undefined) return invalid(odd, `String must be one of: ${choices?.join(", ")}`);
      return { value: [...new Set(parts)].join(",") };
    }
    case "string": {
      const choices = choicesOf(key.valid);
      if (choices && !choices.includes(trimmed))
        return invalid(trimmed, `String must be one of: ${choices.join(", ")}`);
      return { value: trimmed };
    }
    case "class":
    case "password":
    case "unknown":
      return { value: text };
  }
}

const bits = { short: 16n, int: 32n, long: 64n } as const;

interface JavaNumber {
  readonly amount: bigint | number;
  readonly text: string;
}

function javaInteger(text: string, size: bigint): JavaNumber | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const amount = BigInt(text.replace("+", ""));
  const limit = 2n ** (size - 1n);
  return amount < -limit || amount >= limit ? undefined : { amount, text: String(amount) };
}

function javaDouble(text: string): JavaNumber | undefined {
  if (!/^[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?)$/.test(text)) return undefined;
  const amount = Number(
    text.replace(/^([+-]?[\d.]+(?:[eE][+-]?\d+)?)[fFdD]$/, "$1").replace(/^[+-]NaN$/, "NaN"),
  );
  return { amount, text: javaDoubleText(amount) };
}

/** `Double.toString` of Java: at least one decimal, and an exponent below 10^-3 and from 10^7 on. */
function javaDoubleText(amount: number): string {
  if (!Number.isFinite(amount)) return String(amount);
  const size = Math.abs(amount);
  if (size === 0 || (size >= 1e-3 && size < 1e7))
    return Number.isInteger(amount) ? `${Object.is(amount, -0) ? "-0" : amount}.0` : String(amount);
  const [digits = "", exponent = ""] = amount.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** `[0,...]`, `[0,...,1]`, `[1,...,9] or -1`; NaN is never outside, as in Java. */
function outsideRange(amount: bigint | number, valid = ""): string | undefined {
  const found = /^\[(-?[\d.]+),\.\.\.(?:,(-?[\d.]+))?\](?: or (-?\d+))?$/.exec(valid);
  if (!found) return undefined;
  const [, least = "", most, or] = found;
  const low = amount < Number(least);
  const high = most !== undefined && amount > Number(most);
  if (or !== undefined)
    return (low || high) && Number(amount) !== Number(or)
      ? `Value must be between ${least} and ${most} or equal to ${or}`
      : undefined;
  if (low) return `Value must be at least ${least}`;
  return high ? `Value must be no more than ${most}` : undefined;
}

/** `[compact, delete]`; undefined: the notation lists no values. */
function choicesOf(valid = ""): readonly string[] | undefined {
  return /^\[[\w-]+(, [\w-]+)*\]$/.test(valid) ? valid.slice(1, -1).split(", ") : undefined;
}

function isReplicaList(parts: readonly string[]): boolean {
  return parts.join("") === "*" || parts.every((part) => /^(\d+:\d+)?$/.test(part));
}
