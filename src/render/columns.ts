const ascii = /^[\x20-\x7e]*$/;
// Colours of a Style: the only escapes that can be left, because foreign text went through `printable`.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const colour = /\x1b\[\d+m/g;
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3001-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;
// Half-width forms belong to these scripts and take one column.
const halfWidth = /^[\uff61-\uffdc]$/u;
const marks = /^\p{M}+$/u;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How many columns of a terminal a text takes; East Asian wide characters and emoji take two. */
export function columns(text: string): number {
  const bare = text.includes("\x1b") ? text.replace(colour, "") : text;
  if (ascii.test(bare)) return bare.length;
  return graphemes(bare).reduce((sum, it) => sum + columnsOfGrapheme(it), 0);
}

/** The width of a column that holds these texts; those beyond the limit may stick out and don't count. */
export function columnFor(texts: readonly string[], limit: number): number {
  return texts.map(columns).reduce((most, it) => (it > limit ? most : Math.max(most, it)), 0);
}

/** Fills up with blanks on the right. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

/** The beginning of an uncoloured text, with `...` where it goes on beyond the width. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  return width < 4 ? ".".repeat(Math.max(0, width)) : `${pieces(text, width - 3)[0] ?? ""}...`;
}

/** The end of an uncoloured text, with `...` for what comes before it. */
export function cutStart(text: string, width: number): string {
  const found = ascii.test(text) ? [...text] : graphemes(text);
  let from = found.length;
  for (let taken = 3; from > 0; from -= 1) {
    taken += columnsOfGrapheme(found[from - 1] ?? "");
    if (taken > width) break;
  }
  return `...${found.slice(from).join("")}`;
}

/**
 * An uncoloured text in lines of at most this width. Breaks after blanks, commas, semicolons and
 * ampersands, and inside words that are longer than a line.
 */
export function wrapped(text: string, width: number): readonly string[] {
  if (columns(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/\s*[^\s,;&]*[,;&]*/g) ?? []) {
    if (columns(line + word.trimEnd()) <= width) {
      line += word;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trimEnd());
    const rest = pieces(line.trim() === "" ? line + word : word.trimStart(), width);
    lines.push(...rest.slice(0, -1));
    line = rest.at(-1) ?? "";
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines;
}

/** Cuts at the width, between characters as the eye sees them. */
function pieces(text: string, width: number): readonly string[] {
  const found: string[] = [];
  let piece = "";
  let taken = 0;
  for (const it of ascii.test(text) ? text : graphemes(text)) {
    const next = columnsOfGrapheme(it);
    if (taken + next > width && piece !== "") {
      found.push(piece);
      piece = "";
      taken = 0;
    }
    piece += it;
    taken += next;
  }
  return piece === "" ? found : [...found, piece];
}

function graphemes(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function columnsOfGrapheme(grapheme: string): number {
  if (ascii.test(grapheme) || halfWidth.test(grapheme)) return 1;
  if (marks.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}
