import { writeFile } from "node:fs/promises";
import { documentSchemas } from "../src/render/json/schema.ts";

// Writes the published schemas of what `--json` prints; a test fails while one is out of date.
for (const [file, schema] of Object.entries(documentSchemas)) {
  await writeFile(new URL(`../schema/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
