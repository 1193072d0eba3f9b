import { nearest } from "../../core/nearest.ts";

/** What `[1,...,9] or -1` allows. */
export type ValidValues =
  | {
      readonly type: "range";
      readonly min: number | undefined;
      readonly max: number | undefined;
      readonly or: readonly number[];
    }
  | { readonly type: "choice"; readonly of: readonly string[] }
  | { readonly type: "replicas" };

const RANGE = /^\[(?:(-?[\d.]+),)?\.\.\.(?:,(-?[\d.]+))?\]((?: or -?[\d.]+)*)$/;
const CHOICE = /^\[([\w.-]+(?:, [\w.-]+)*)\]$/;

/** Reads the notation in which brokers tell the values that a key takes. */
export function parseValidValues(text: string): ValidValues {
  if (text.startsWith("[partitionId]:[brokerId]")) return { type: "replicas" };
  const range = RANGE.exec(text);
  if (range) {
    const [, min, max, or = ""] = range;
    const others = or.split(" or ").filter((it) => it !== "");
    return {
      type: "range",
      min: min === undefined ? undefined : Number(min),
      max: max === undefined ? undefined : Number(max),
      or: others.map(Number),
    };
  }
  const choice = CHOICE.exec(text);
  if (choice?.[1]) return { type: "choice", of: choice[1].split(", ") };
  throw new Error(`unknown notation of valid values: ${text}`);
}

/** Why a value is not allowed, to stand beside a caret; undefined if it is. */
export function whyNot(valid: ValidValues, value: string | number | bigint): string | undefined {
  switch (valid.type) {
    case "range": {
      if (typeof value === "string" || valid.or.includes(Number(value))) return undefined;
      const { min, max } = valid;
      const low = min !== undefined && value < min;
      const high = max !== undefined && value > max;
      return low || high ? `must be ${describeRange(valid)}` : undefined;
    }
    case "choice": {
      const text = String(value);
      if (valid.of.includes(text)) return undefined;
      const meant = nearest(text, valid.of);
      return meant ? `did you mean ${meant}?` : `${quoted(text)} is none of ${valid.of.join(", ")}`;
    }
    case "replicas":
      // Each entry alone, as a list gives them: `*` or partition:broker.
      return /^(\*|\d+:\d+)$/.test(String(value))
        ? undefined
        : `${quoted(String(value))} is neither partition:broker, such as 0:1, nor *`;
  }
}

function describeRange({ min, max, or }: Extract<ValidValues, { type: "range" }>): string {
  const range =
    min !== undefined && max !== undefined
      ? `between ${min} and ${max}`
      : min !== undefined
        ? `at least ${min}`
        : `at most ${max}`;
  return [range, ...or].join(", or ");
}

function quoted(text: string): string {
  return text === "" ? "an empty value" : text;
}
