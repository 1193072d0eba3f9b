import { describe, expect, test } from "vitest";
import { printable, printableLines } from "../../src/render/printable.ts";

describe("what is printable stays as it is", () => {
  test.each(["", "plain text", "7d -> 1d", "購買トピック", "cafe\u0301", "±·—", "🙂"])("%j", (text) => {
    expect(printable(text)).toBe(text);
  });
});

describe("what isn't is escaped", () => {
  test.each([
    ["\u001b[31mred", "\\x1b[31mred"],
    ["\u009b2J", "\\x9b2J"],
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\u0000\u007f", "\\x00\\x7f"],
    ["right\u202eto left", "right\\u202eto left"],
    ["zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"],
    ["no\u00a0break", "no\\xa0break"],
    ["line\u2028separator", "line\\u2028separator"],
    ["half a pair \ud83d", "half a pair \\ud83d"],
    ["tag \u{e0041}", "tag \\u{e0041}"],
  ])("%j becomes %j", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});

test("newlines part lines and tabs become blanks where text is laid out as lines", () => {
  expect(printableLines("SELECT\r\n\t1\u001b;\n")).toEqual(["SELECT", "    1\\x1b;", ""]);
});
