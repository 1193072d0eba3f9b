import { hanging, paragraph } from "./layout.ts";
import { printable } from "./printable.ts";
import type { Style } from "./style.ts";

/** What nobody could judge, so that nobody takes it for agreed. */
export function notCheckedLines(texts: readonly string[], style: Style): readonly string[] {
  const [first] = texts;
  if (first === undefined) return [];
  if (texts.length === 1) return paragraph(`Not checked: ${printable(first)}`, 0, style);
  return ["Not checked:", ...texts.flatMap((text) => hanging("", printable(text), 4, style))];
}
