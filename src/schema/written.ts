/** What YAML may leave out of a scalar's text: blanks, the backslash of an escape, the second of two quotes. */
const leftOut = /[\s\\'"]/;

/**
 * The offset in a scalar as it is written (block, quoted or plain, over any number of lines) of a character of its
 * text. From where the two can't be matched any more, as behind a variable, it is the last that could.
 */
export function offsetInWritten(written: string, text: string, offset: number): number {
  let at = startOfText(written);
  for (let index = 0; ; index += 1) {
    const found = find(written, at, text.charAt(index));
    if (index === offset) return found ?? at;
    if (found !== undefined) at = found + 1;
  }
}

/** The next place of a character, where nothing but what YAML leaves out lies between. */
function find(written: string, from: number, character: string): number | undefined {
  let at = from;
  while (at < written.length && written.charAt(at) !== character && leftOut.test(written.charAt(at))) at += 1;
  return written.charAt(at) === character && character !== "" ? at : undefined;
}

/** Behind the header of a block scalar, or the opening quote. */
function startOfText(written: string): number {
  if (/^[|>]/.test(written)) return written.indexOf("\n") + 1;
  return /^['"]/.test(written) ? 1 : 0;
}
