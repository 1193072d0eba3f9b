import { columns, padded, wrapped } from "./columns.ts";
import type { Paint, Style } from "./style.ts";

/** A line with something at its right end; that goes to a line of its own where both don't fit. */
export function spread(left: string, right: string, style: Style): readonly string[] {
  if (right === "") return [left];
  const gap = style.width - columns(left) - columns(right);
  const end = style.faint(right);
  if (gap >= 2) return [left + " ".repeat(gap) + end];
  return [left, " ".repeat(Math.max(4, style.width - columns(right))) + end];
}

/** An uncoloured paragraph, wrapped, every line after the indentation. */
export function paragraph(text: string, indent: number, style: Style, paint?: Paint): readonly string[] {
  return hanging("", text, indent, style, paint);
}

/** The same after a mark such as `! `; further lines stand under the text and not under the mark. */
export function hanging(
  mark: string,
  text: string,
  indent: number,
  style: Style,
  paint: Paint = (line) => line,
): readonly string[] {
  const room = Math.max(20, style.width - indent - columns(mark));
  return wrapped(text, room).map(
    (line, at) => " ".repeat(indent) + paint(padded(at === 0 ? mark : "", columns(mark)) + line),
  );
}
