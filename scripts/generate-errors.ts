import { writeFile } from "node:fs/promises";
import { errorsPage } from "./errors-page.ts";

// Writes the page of all error codes; a test fails while it is out of date.
await writeFile(new URL("../docs/errors.md", import.meta.url), errorsPage());
