/** A piece of a text: itself, or a reference to be put in. */
export type Part = string | Reference;

export interface Reference {
  readonly source: "env" | "var";
  readonly name: string;
  /** As it stands in the text. */
  readonly written: string;
  /** Whether it is closed and the name can be one. */
  readonly valid: boolean;
}

const pattern = /\$(\$\{)|\$\{(env|var)\.([^}\r\n]*)(\}?)/g;
const names = { env: /^[A-Za-z_]\w*$/, var: /^[A-Za-z_][\w.-]*$/ };

/**
 * `${env.NAME}` and `${var.NAME}` in a text; `$${` is a plain `${`. Every other `${...}` is Connect's or
 * ksqlDB's own and stays. Undefined where there is nothing to put in or to unescape.
 */
export function parseTemplate(text: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    const [written, escaped, source, name = "", close] = found;
    parts.push(text.slice(from, found.index));
    from = found.index + written.length;
    if (escaped !== undefined) parts.push(escaped);
    else if (source === "env" || source === "var") {
      parts.push({ source, name, written, valid: close === "}" && names[source].test(name) });
    }
  }
  return parts.length === 0 ? undefined : [...parts, text.slice(from)];
}
