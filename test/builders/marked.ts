import { expect } from "vitest";

/** In every secret of these tests, and nowhere else: a part of one is a leak too. */
const mark = "zq7x";

/** A secret for one place, with a part on either side of the mark that a cut might leave alone. */
export function marked(place: string): string {
  return `${mark}-${place}-${mark}`;
}

/** Secrets that are hard to recognise in what a server quotes: long, of several lines, with quotes. */
export const awkward = {
  long: `${mark}${"0123456789".repeat(40)}${mark}`,
  lines: `${mark}-first-line\n${mark}-second-line`,
  quoted: `${mark}"quoted\\back'${mark}`,
  short: `${mark}!`,
} as const;

/** Where a text has a part of a secret, plain, encoded for a URL or in base64. */
export function leaksIn(text: string): readonly string[] {
  const shapes = [mark, ...base64Shapes(mark), Buffer.from(mark).toString("hex")];
  return shapes.flatMap((shape) => {
    const at = text.indexOf(shape);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 120), at + 60)];
  });
}

export function expectNoSecret(what: string, ...texts: readonly string[]): void {
  expect({ what, leaks: texts.flatMap(leaksIn) }).toEqual({ what, leaks: [] });
}

/** What base64 makes of the whole of its bytes at each of the three places where a text may start. */
function base64Shapes(text: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(" ".repeat(before) + text).toString("base64");
    const whole = Math.floor(((before + text.length) * 8) / 6);
    return encoded.slice(Math.ceil((before * 8) / 6), whole);
  });
}
