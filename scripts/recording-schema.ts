import { writeFile } from "node:fs/promises";
import { recordingSchema } from "../src/clients/recorded/document-schema.ts";

// Writes the published schema of recordings; a test fails while it is out of date.
await writeFile(
  new URL("../schema/recording.schema.json", import.meta.url),
  `${JSON.stringify(recordingSchema, null, 2)}\n`,
);
