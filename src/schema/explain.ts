import { type Diagnostic, type ErrorCode, error } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { Secret } from "../core/secret.ts";
import { at, locate, type MapNode, type Node, type ScalarNode } from "./node.ts";
import { isWhole } from "./scalar.ts";
import { keysOf, type Shape, step } from "./shape.ts";
import type { Fault } from "./validate.ts";

interface Finding {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next?: string;
}

/** Whether a finding is about the text of a value that is a secret: nobody here knows that text. */
export function isUnknowable({ keyword, path }: Fault, root: MapNode): boolean {
  const node = at(root, path);
  const secret = node?.type === "scalar" && node.value instanceof Secret;
  return secret && ["pattern", "format", "minLength", "maxLength"].includes(keyword);
}

/**
 * A finding of the schema in the user's words, at its key or its value; undefined for a value that is unknown
 * because a reference in it failed, which is reported.
 */
export function explain(fault: Fault, root: MapNode, shape: Shape): Diagnostic | undefined {
  const node = at(root, fault.path);
  if (node?.type === "scalar" && node.template !== undefined) return undefined;
  const key = keyAtFault(fault);
  const { code, message, next } = finding(fault, node, shape);
  const path = key === undefined ? fault.path : [...fault.path, key];
  return error(code, message, { next, position: locate(root, path, key === undefined ? "value" : "key") });
}

function keyAtFault({ params, propertyName }: Fault): string | undefined {
  const key = propertyName ?? params.additionalProperty ?? params.unevaluatedProperty;
  return typeof key === "string" ? key : undefined;
}

function finding(fault: Fault, node: Node | undefined, shape: Shape): Finding {
  const { keyword, params, schema } = fault;
  if (fault.propertyName !== undefined) {
    const got = JSON.stringify(cut(fault.propertyName));
    return { code: "KP1107", message: expected(schema.title ?? "another name", got) };
  }
  switch (keyword) {
    case "additionalProperties":
    case "unevaluatedProperties":
      return unknownKey(String(keyAtFault(fault)), fault.path.reduce(step, shape));
    case "required":
    case "dependentRequired":
      return { code: "KP1103", message: `\`${params.missingProperty}\` is missing` };
    case "type":
      return wrongType([params.type].flat().map(String), node);
    case "const":
      return { code: "KP1105", message: expected(params.allowedValue, shown(node)) };
    case "enum":
      return notOneOf([params.allowedValues].flat().map(String), node);
    case "pattern":
    case "format":
      return { code: "KP1105", message: expected(schema.title ?? "something else", shown(node)) };
    default:
      return { code: "KP1105", message: outOfBounds(fault, node) };
  }
}

function unknownKey(key: string, shape: Shape): Finding {
  const known = keysOf(shape);
  const home = known.find((it) => keysOf(step(shape, it)).includes(key));
  if (home !== undefined) return { code: "KP1101", message: `\`${key}\` goes under \`${home}\`` };
  const near = nearest(key, known);
  if (near !== undefined) return { code: "KP1101", message: `did you mean ${near}?` };
  return {
    code: "KP1101",
    message: known.length === 0 ? "no key is expected here" : `expected ${oneOf(known)}`,
  };
}

function notOneOf(allowed: readonly string[], node: Node | undefined): Finding {
  const text = node?.type === "scalar" ? node.text : "";
  const near = nearest(text, allowed);
  const distinct = allowed.filter((it) => it === it.toLowerCase() || !allowed.includes(it.toLowerCase()));
  const message =
    near === undefined || near === text ? expected(oneOf(distinct), shown(node)) : `did you mean ${near}?`;
  return { code: "KP1105", message, next: `Write ${oneOf(distinct)}.` };
}

const scalarTypes = ["string", "number", "boolean"];

function wrongType(types: readonly string[], node: Node | undefined): Finding {
  const scalar = node?.type === "scalar" ? node : undefined;
  if (scalar && types.includes("integer") && isWhole(scalar.text)) return notThatWhole(scalar);
  const words = scalarTypes.every((it) => types.includes(it))
    ? "a single value"
    : oneOf(types.filter((it) => it !== "null" || types.length === 1).map(typeInWords));
  const quotable = types.includes("string") && scalar && scalar.value !== null;
  const next = quotable ? `Put it in quotes: "${scalar.text}".` : undefined;
  return { code: "KP1102", message: expected(words, shown(node)), ...(next && { next }) };
}

/** A whole number that isn't one here: in quotes, or larger than JavaScript counts exactly. */
function notThatWhole({ text, value }: ScalarNode): Finding {
  if (typeof value === "string" && Number.isSafeInteger(Number(text))) {
    return {
      code: "KP1102",
      message: `expected a whole number, got the text "${text}"`,
      next: "Remove the quotes.",
    };
  }
  const message = `a whole number here is at most ${Number.MAX_SAFE_INTEGER}, got ${cut(text)}`;
  return { code: "KP1105", message };
}

function typeInWords(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "text",
    integer: "a whole number",
    number: "a number",
    boolean: "true or false",
    array: "a list",
    object: "a map",
    null: "nothing",
  };
  return words[type] ?? type;
}

function outOfBounds({ keyword, params }: Fault, node: Node | undefined): string {
  const limit = params.limit;
  switch (keyword) {
    case "minimum":
      return expected(`at least ${limit}`, shown(node));
    case "exclusiveMinimum":
      return expected(`more than ${limit}`, shown(node));
    case "maximum":
      return expected(`at most ${limit}`, shown(node));
    case "exclusiveMaximum":
      return expected(`less than ${limit}`, shown(node));
    case "minLength":
      return limit === 1 ? "can't be empty" : expected(`at least ${limit} characters`, shown(node));
    case "maxLength":
      return expected(`at most ${limit} characters`, shown(node));
    case "minItems":
    case "minProperties":
      return limit === 1 ? "can't be empty" : `expected at least ${limit} entries`;
    case "maxItems":
    case "maxProperties":
      return `expected at most ${limit} ${limit === 1 ? "entry" : "entries"}`;
    case "uniqueItems":
      return `entry ${Number(params.j) + 1} repeats in entry ${Number(params.i) + 1}`;
    default:
      return `${shown(node)} doesn't fit here`;
  }
}

function expected(what: unknown, got: string): string {
  // An address may hold a password, and that it does is what is wrong with it.
  return `expected ${what}, got ${got.replaceAll(/\/\/[^\s/]*@/g, "//(secret)@")}`;
}

function oneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

/** A value as a message names it. */
function shown(node: Node | undefined): string {
  if (node === undefined) return "nothing";
  if (node.type !== "scalar") return node.type === "map" ? "a map" : "a list";
  const { value, text } = node;
  if (value instanceof Secret) return String(value);
  if (value === null) return "nothing";
  return typeof value === "string" ? JSON.stringify(cut(value)) : cut(text);
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
