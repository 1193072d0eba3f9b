import { describe, expect, test } from "vitest";
import { colourStyle, plainStyle } from "../../src/render/style.ts";
import { documents, screens } from "./screens.ts";

describe.each(Object.entries(screens))("%s", (name, screen) => {
  test.each([80, 120])("at %i columns", async (width) => {
    await expect(screen(plainStyle({ width }))).toMatchFileSnapshot(`golden/${name}/${width}.txt`);
  });
});

/** A thousand of something is no easier to read as JSON than as a screen. */
const tooLong = /thousand|many|long$/;

describe.each(Object.entries(documents).filter(([name]) => !tooLong.test(name)))("%s", (name, document) => {
  test("as JSON", async () => {
    await expect(document()).toMatchFileSnapshot(`golden/${name}/json.txt`);
  });
});

test("in colour", async () => {
  const screen = screens["plan/every-section"]?.(colourStyle({ width: 100 }));
  await expect(screen).toMatchFileSnapshot("golden/plan/every-section/colour.txt");
});

test("on a terminal without Unicode", async () => {
  const style = plainStyle({ width: 80, unicode: false });
  const screen = ["plan/replace", "plan/unmanaged-only"].map((name) => screens[name]?.(style)).join("\n");
  await expect(screen).toMatchFileSnapshot("golden/plan/replace/ascii.txt");
});
