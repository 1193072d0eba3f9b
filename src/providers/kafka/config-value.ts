import {
  durationExample,
  formatDuration,
  formatSize,
  parseDuration,
  parseSize,
  sizeExample,
} from "../../core/quantities.ts";
import { type ConfigKey, unitOf } from "./config-key.ts";
import { parseValidValues, whyNot } from "./valid-values.ts";

/** A value as the broker stores and reports it, or why no broker takes it. */
export type Canonical =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly reason: string };

const INT_MAX = 2n ** 31n - 1n;
const LONG_MAX = 2n ** 63n - 1n;
const LONG_MIN = -(2n ** 63n);

/** The spelling that brokers normalise a value to (`TRUE` to `true`, `0010` to `10`, `7d` to `604800000`). */
export function canonicalValue(name: string, key: ConfigKey, text: string): Canonical {
  const trimmed = text.trim();
  switch (key.type) {
    case "boolean": {
      const lower = trimmed.toLowerCase();
      if (lower === "true" || lower === "false") return { ok: true, value: lower };
      return { ok: false, reason: "must be true or false" };
    }
    case "int":
      return wholeNumber(name, key, trimmed, INT_MAX);
    case "long":
      return wholeNumber(name, key, trimmed, LONG_MAX);
    case "double":
      return decimal(key, trimmed);
    case "list":
      return list(key, trimmed);
    case "string":
      return judged(key, trimmed, trimmed);
  }
}

/** A vendor's value: only its unit is known. */
export function vendorValue(name: string, text: string): string {
  return (quantity(name, text.trim()) ?? text).toString();
}

/** What a broker reports, in the form that declared values have; as it is where the key is unknown. */
export function reportedValue(name: string, key: ConfigKey | undefined, text: string): string {
  if (key === undefined) return text;
  const canonical = canonicalValue(name, key, text);
  return canonical.ok ? canonical.value : text;
}

/** A value as a user would write it: `7d`, `1GiB`; digits where those are shorter. */
export function writtenValue(name: string, value: string): string {
  const unit = unitOf(name);
  if (unit === undefined || !/^\d+$/.test(value)) return value;
  const written = unit === "ms" ? formatDuration(BigInt(value)) : formatSize(BigInt(value));
  return written.length > value.length ? value : written;
}

function wholeNumber(name: string, key: ConfigKey, text: string, max: bigint): Canonical {
  const value =
    quantity(name, text) ?? (/^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, "")) : undefined);
  if (value === undefined) return { ok: false, reason: expected(name) };
  if (value > max) return { ok: false, reason: `must be at most ${max}` };
  if (value < LONG_MIN) return { ok: false, reason: `must be at least ${LONG_MIN}` };
  return judged(key, value, value.toString());
}

function quantity(name: string, text: string): bigint | undefined {
  const unit = unitOf(name);
  if (unit === "ms") return parseDuration(text);
  return unit === "bytes" ? parseSize(text) : undefined;
}

function expected(name: string): string {
  const unit = unitOf(name);
  if (unit === "ms") return `must be milliseconds, or ${durationExample}`;
  if (unit === "bytes") return `must be bytes, or ${sizeExample}`;
  return "must be a whole number";
}

function decimal(key: ConfigKey, text: string): Canonical {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return { ok: false, reason: "must be a number" };
  const value = Number(text);
  return judged(key, value, javaDouble(value));
}

/** As Java's Double.toString writes it: always a fraction, scientific below 0.001 and from ten million on. */
function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const text = Object.is(value, -0) ? "-0" : String(value);
    return text.includes(".") ? text : `${text}.0`;
  }
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** Every list of a topic is a set: sorted, without duplicates, so that order is never a difference. */
function list(key: ConfigKey, text: string): Canonical {
  if (text === "") return { ok: true, value: "" };
  const items = text.split(/\s*,\s*/);
  for (const item of items) {
    const one = judged(key, item, item);
    if (!one.ok) return one;
  }
  return { ok: true, value: [...new Set(items)].toSorted().join(",") };
}

function judged(key: ConfigKey, value: string | number | bigint, text: string): Canonical {
  const reason = key.valid === undefined ? undefined : whyNot(parseValidValues(key.valid), value);
  return reason === undefined ? { ok: true, value: text } : { ok: false, reason };
}
