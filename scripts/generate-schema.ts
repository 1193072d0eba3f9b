import { writeFile } from "node:fs/promises";
import { providers } from "../src/providers/registry.ts";
import { publishedSchema } from "../src/schema/index.ts";

// Writes the published schema of pipelines; a test fails while it is out of date.
await writeFile(
  new URL("../schema/pipeline.schema.json", import.meta.url),
  `${JSON.stringify(publishedSchema(providers.flatMap(({ kinds }) => kinds)), null, 2)}\n`,
);
