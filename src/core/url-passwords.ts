/** A password within a text, and where it begins. */
export interface Found {
  readonly part: string;
  readonly at: number;
}

/** What comes before a password that goes to the next `@`: `//user:`, and Oracle's `:thin:user/`. */
const beforePassword = [/\/\/[^\s/@:]*:/, /:thin:[^\s/@:]+\//];

const parameter = /[?&;][\w.-]*(?:password|passwd|pwd|secret|token)=(?<part>[^&;\s"']+)/gi;
const bareParameter = /[?&;][\w.-]*(?:password|passwd|pwd|secret|token)=(?<part>[^&;\s]+)/gi;

/**
 * The passwords of URLs and connection strings in a text: `//user:password@host`, and those among the
 * parameters. In a quoted text they end at a quote. The time grows as the text does: what stands before an
 * `@` is looked at once, and not from each `//` again.
 */
export function passwordsIn(text: string, form: "bare" | "quoted" = "bare"): readonly Found[] {
  const runs = [...text.matchAll(/[^\s@]+(?<end>@?)/g)].filter(({ groups }) => groups?.end === "@");
  const inAddresses = runs.flatMap(({ 0: whole, index }) =>
    beforePassword.flatMap((before) => {
      const found = before.exec(whole);
      const part = found ? whole.slice(found.index + found[0].length, -1) : "";
      return part === "" ? [] : [{ part, at: index + whole.length - 1 - part.length }];
    }),
  );
  const inParameters = [...text.matchAll(form === "bare" ? bareParameter : parameter)].map(
    ({ 0: whole, index, groups }) => {
      const part = groups?.part ?? "";
      return { part, at: index + whole.length - part.length };
    },
  );
  return [...inAddresses, ...inParameters];
}
