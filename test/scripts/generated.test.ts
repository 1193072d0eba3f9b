import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorsPage } from "../../scripts/errors-page.ts";
import { errorTable } from "../../src/core/error-table.ts";
import { providers } from "../../src/providers/registry.ts";
import { publishedSchema } from "../../src/schema/index.ts";

const written = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the schema of pipelines is as `npm run generate` writes it", () => {
  const schema = publishedSchema(providers.flatMap(({ kinds }) => kinds));
  expect(written("schema/pipeline.schema.json")).toBe(`${JSON.stringify(schema, null, 2)}\n`);
});

test("the page of errors is as `npm run generate` writes it, with every code", () => {
  const page = written("docs/errors.md");
  expect(page).toBe(errorsPage());
  expect(Object.keys(errorTable).filter((code) => !page.includes(`### ${code} `))).toEqual([]);
});
