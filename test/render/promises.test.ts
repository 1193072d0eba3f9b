import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { columns } from "../../src/render/columns.ts";
import { colourStyle, plainStyle } from "../../src/render/style.ts";
import { documents, screens } from "./screens.ts";

/** What holds for every screen and document, whatever is in it. */
const widths = [40, 80, 120];
const named = Object.entries(screens);
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** The values that cases hide as secrets, or that servers tell in clear. */
const secret = /hunter\d|in-clear/;

describe.each(named)("%s", (_, screen) => {
  test.each(widths)("holds nothing that moves a cursor or can't be seen, at %i columns", (width) => {
    expect(screen(plainStyle({ width }))).not.toMatch(unseen);
  });

  test.each(widths)("says the same without colour, at %i columns", (width) => {
    expect(stripVTControlCharacters(screen(colourStyle({ width })))).toBe(screen(plainStyle({ width })));
  });

  test("has no blanks at the end of a line and no two empty lines in a row", () => {
    expect(screen(plainStyle())).not.toMatch(/ $|\n\n\n/m);
  });
});

test.each(named.filter(([name]) => !name.includes("long")))("%s keeps within the width", (_, screen) => {
  const tooLong = [80, 120].flatMap((width) =>
    screen(plainStyle({ width }))
      .split("\n")
      .filter((line) => columns(line) > width),
  );
  expect(tooLong).toEqual([]);
});

test.each(Object.entries(documents))("%s as JSON can be shown on a terminal", (_, document) => {
  expect(document()).not.toMatch(unseen);
});

test("no secret is on any screen or in any document", () => {
  const texts = [
    ...named.flatMap(([, screen]) => [80, 120].map((width) => screen(plainStyle({ width })))),
    ...Object.values(documents).map((document) => document()),
  ];
  expect(texts.filter((text) => secret.test(text))).toEqual([]);
});
