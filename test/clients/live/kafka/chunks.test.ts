import fc from "fast-check";
import { expect, test } from "vitest";
import { chunked } from "../../../../src/clients/live/kafka/chunks.ts";

test.each<[string, number[], number[][]]>([
  ["nothing", [], []],
  ["what fits", [1, 2, 2], [[1, 2, 2]]],
  ["what is one too many", [1, 2, 2, 1], [[1, 2, 2], [1]]],
  ["what is too heavy by itself goes alone", [1, 9, 1], [[1], [9], [1]]],
])("%s", (_, weights, chunks) => {
  expect(chunked(weights, 5, (weight) => weight)).toEqual(chunks);
});

test("every item is in one chunk, in order, and no chunk can take from the next", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 20 }), (weights, limit) => {
      const chunks = chunked(weights, limit, (weight) => weight);
      const sum = (chunk: readonly number[]) => chunk.reduce((a, b) => a + b, 0);
      expect(chunks.flat()).toEqual(weights);
      for (const [at, chunk] of chunks.entries()) {
        expect(chunk.length === 1 || sum(chunk) <= limit).toBe(true);
        const next = chunks[at + 1]?.[0];
        if (next !== undefined) expect(sum(chunk) + next).toBeGreaterThan(limit);
      }
    }),
  );
});
