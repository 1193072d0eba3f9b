import type { Terminal } from "./terminal.ts";

/** One line at the bottom of a terminal that is rewritten in place; in a log it stays silent. */
export interface StatusLine {
  /** Shows a text instead of the present one. */
  show(text: string): void;
  /** Takes the line away, so that other output can be written. */
  clear(): void;
}

const ERASE_LINE = "\r\u001b[2K";

export function statusLine(terminal: Terminal): StatusLine {
  if (!terminal.stderrIsTerminal) return { show: () => {}, clear: () => {} };
  let shown = "";
  return {
    show(text) {
      if (text === shown) return;
      // A line that wraps could not be erased.
      terminal.stderr(`${ERASE_LINE}${text.slice(0, Math.max(0, terminal.width - 1))}`);
      shown = text;
    },
    clear() {
      if (shown === "") return;
      terminal.stderr(ERASE_LINE);
      shown = "";
    },
  };
}
