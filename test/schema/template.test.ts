import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTemplate } from "../../src/schema/template.ts";
import { loadBody } from "./loading.ts";

const pieces = fc.array(fc.constantFrom("$", "${", "$${", "var.", "env.", "A", "a", "}", " ", "__proto__"), {
  maxLength: 12,
});

test("the parts of a text are the text, but for the dollar that escapes another", () => {
  fc.assert(
    fc.property(pieces, (them) => {
      const text = them.join("");
      const parts = parseTemplate(text) ?? [text];
      // One that isn't closed is an error, wherever it is taken to end.
      fc.pre(parts.every((it) => typeof it === "string" || it.valid));
      const written = parts.map((it) => (typeof it === "string" ? it : it.written));
      expect(written.join("")).toBe(text.replaceAll("$${", "${"));
    }),
  );
});

test("a text with variables is loaded or refused at a place", () => {
  fc.assert(
    fc.property(pieces, (them) => {
      const vars = new Map([["a", "value"]]);
      const body = `topics: { ${JSON.stringify(`t-${them.join("")}`)}: {} }\n`;
      const { pipeline, diagnostics } = loadBody(body, { vars });
      if (pipeline === undefined) expect(diagnostics[0]?.position).toBeDefined();
    }),
    { numRuns: 50 },
  );
});
