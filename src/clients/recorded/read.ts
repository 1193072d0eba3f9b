import type { Recording } from "./document.ts";
import { readText } from "./file.ts";
import { parseRecording } from "./parse.ts";

/** The recording in a file. Throws a KpipeError if it can't be read or is none. */
export async function readRecording(path: string): Promise<Recording> {
  return parseRecording(readText(path), path);
}
