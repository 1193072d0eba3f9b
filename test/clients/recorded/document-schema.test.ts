import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { recordingSchema } from "../../../src/clients/recorded/document-schema.ts";

test("the published schema is the one that is used: `npx tsx scripts/recording-schema.ts` writes it", async () => {
  const published = await readFile(new URL("../../../schema/recording.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(recordingSchema)));
});
