import fc from "fast-check";
import { expect } from "vitest";
import { KpipeError } from "../../src/core/errors.ts";

/** Texts that a server, or whoever may name things on it, can send to whom reads them. */
export const hostileTexts: readonly string[] = [
  "\u001b[2J\u001b[31mred",
  "\u001b]0;title\u0007",
  "\u009b2J",
  "a\nb\r\tc\u0000\u007f",
  "right\u202eto left\u2066",
  "zero\u200bwidth\ufeff",
  "line\u2028separator",
  "half a pair \ud83d",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "/../..%2f?#",
  "${env.PATH}",
  "(secret)",
  "<html><body>HTTP ERROR 500</body></html>",
  "a.".repeat(5_000),
  "Error".repeat(3_000),
  "\n".repeat(20_000),
  " ".repeat(20_000),
  "//:".repeat(10_000),
];

/** Values of the wrong type, and objects that break what expects them to be plain. */
const strangers: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  0.5,
  [],
  {},
  [[]],
  { toString: 1, valueOf: 1 },
  { toString: "x", constructor: null, length: -1 },
  JSON.parse('{"__proto__": {"polluted": true}}'),
  nested(500),
];

function nested(depth: number): unknown {
  return JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`);
}

export const hostileText = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: "binary" }));
const hostileValue = fc.oneof(hostileText, fc.constantFrom(...strangers), fc.jsonValue({ maxDepth: 3 }));

/** A JSON value with some of its parts replaced, renamed, doubled or left out. */
export function mutated(values: readonly unknown[]): fc.Arbitrary<unknown> {
  const edit = fc.record({ at: fc.nat(), value: hostileValue, key: hostileText, how: fc.nat(4) });
  return fc
    .tuple(fc.constantFrom(...values), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([value, edits]) => edits.reduce<unknown>(edited, value));
}

interface Edit {
  readonly at: number;
  readonly value: unknown;
  readonly key: string;
  readonly how: number;
}

/** Copies the value and edits the part that a number stands for. */
function edited(root: unknown, { at, value, key, how }: Edit): unknown {
  let left = at % countOf(root);
  function visit(node: unknown): unknown {
    left -= 1;
    if (left === -1) return how < 3 || node === null || typeof node !== "object" ? value : grown(node);
    if (Array.isArray(node)) return node.map(visit);
    if (node === null || typeof node !== "object") return node;
    return Object.fromEntries(Object.entries(node).map(([name, it]) => [name, visit(it)]));
  }
  function grown(node: object): unknown {
    if (Array.isArray(node)) return [...node, value, ...node];
    const [, ...others] = Object.entries(node);
    return Object.fromEntries([...others, [key, value]]);
  }
  return visit(root);
}

function countOf(node: unknown, depth = 0): number {
  if (node === null || typeof node !== "object" || depth > 50) return 1;
  return Object.values(node).reduce<number>((sum, it) => sum + countOf(it, depth + 1), 1);
}

/** Does the work; anything but a value or a KpipeError fails the test. */
export async function survives<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof KpipeError) return undefined;
    throw new Error(`${what} failed by an error that is kpipe's own`, { cause });
  }
}

/** Nothing that moves a cursor, hides itself or turns the text around: colours and the layout are kpipe's. */
export function expectPrintable(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  const bare = text.replaceAll(/\u001b\[\d+m|\r\u001b\[2K/g, "");
  expect(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.exec(bare)?.[0]).toBeUndefined();
}

/** The prototype of every object is as it was. */
export function expectCleanPrototype(): void {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect("polluted" in {}).toBe(false);
}
