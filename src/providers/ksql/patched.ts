/** One piece of a text and what to put in its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text made from another one by edits. */
export interface Patched {
  readonly text: string;
  /** The offset in the original that an offset in the new text comes from. */
  originOf(offset: number): number;
}

/** Makes edits, which must not overlap, in the order of their places. */
export function patched(original: string, edits: readonly Edit[]): Patched {
  const pieces: { readonly text: string; readonly origin: number; readonly isCopy: boolean }[] = [];
  let at = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)) {
    pieces.push({ text: original.slice(at, start), origin: at, isCopy: true });
    pieces.push({ text, origin: start, isCopy: false });
    at = end;
  }
  pieces.push({ text: original.slice(at), origin: at, isCopy: true });
  return {
    text: pieces.map(({ text }) => text).join(""),
    originOf(offset) {
      let from = 0;
      for (const { text, origin, isCopy } of pieces) {
        if (offset < from + text.length) return isCopy ? origin + offset - from : origin;
        from += text.length;
      }
      return original.length;
    },
  };
}
