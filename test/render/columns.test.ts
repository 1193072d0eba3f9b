import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnFor, columns, cut, cutStart, padded, wrapped } from "../../src/render/columns.ts";

describe("columns that a text takes", () => {
  test.each([
    ["", 0],
    ["plain", 5],
    ["購買", 4],
    ["ﾄﾋﾟｯｸ", 5],
    ["、。", 4],
    ["cafe\u0301", 4],
    ["🙂", 2],
    ["❤\ufe0f", 2],
    ["±·", 2],
    ["\u001b[31mred\u001b[39m", 3],
  ])("%j: %i", (text, width) => {
    expect(columns(text)).toBe(width);
  });
});

test("padding counts columns and not characters", () => {
  expect(padded("購", 4)).toBe("購  ");
  expect(padded("longer", 4)).toBe("longer");
});

test("a column is as wide as its widest text within the limit", () => {
  expect(columnFor(["a", "abc", "購買"], 10)).toBe(4);
  expect(columnFor(["a", "sticks out"], 5)).toBe(1);
  expect(columnFor([], 5)).toBe(0);
});

describe("cutting", () => {
  test.each([
    ["fits", 4, "fits"],
    ["too long", 6, "too..."],
    ["購買購買", 7, "購買..."],
    ["abcdef", 3, "..."],
  ])("%j to %i columns: %j", (text, width, shown) => {
    expect(cut(text, width)).toBe(shown);
  });

  test("the start away", () => {
    expect(cutStart("abcdefgh", 6)).toBe("...fgh");
    expect(cutStart("購買購買", 6)).toBe("...買");
  });
});

describe("wrapping", () => {
  test.each([
    ["fits as it is", 20, ["fits as it is"]],
    ["breaks after a word", 10, ["breaks", "after a", "word"]],
    ["a,b,c,d,e,f", 4, ["a,b,", "c,d,", "e,f"]],
    ["anunbreakableword", 6, ["anunbr", "eakabl", "eword"]],
    ["  keeps its indentation here", 16, ["  keeps its", "indentation here"]],
    ["購買トピック", 5, ["購買", "トピ", "ック"]],
  ])("%j at %i", (text, width, lines) => {
    expect(wrapped(text, width)).toEqual(lines);
  });

  test("keeps every visible character, in lines that fit", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "b", " ", ",", ";", "購", "é"), maxLength: 80 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrapped(text, width);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        for (const line of lines) expect(columns(line.trimEnd())).toBeLessThanOrEqual(width);
      }),
    );
  });
});
