import { access } from "node:fs/promises";
import type { Recording } from "./document.ts";
import { locked, replaceFile } from "./file.ts";
import { printRecording } from "./print.ts";

/** Writes a recording as a whole, over one that is there or anew. Throws a KpipeError if it can't. */
export async function writeRecording(path: string, recording: Recording): Promise<void> {
  const text = printRecording(recording);
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  // What isn't there yet nobody has open.
  if (exists) await locked(path, (file) => replaceFile(file, text));
  else await replaceFile(path, text);
}
