import { readdirSync, realpathSync } from "node:fs";
import { readAtMost } from "../core/bounded-file.ts";

/** Larger files are no pipelines; parsing them would only take memory. */
export const maxBytes = 16 * 2 ** 20;

/** What the loader needs of a file system; a test or a git revision may stand in for the disk. */
export interface Files {
  /** The bytes of a file, `maxBytes` + 1 of a larger one; throws as node:fs does, with a `code`. */
  read(path: string): Uint8Array;
  /** The names in a directory; undefined where there is none that can be read. */
  list(path: string): readonly string[] | undefined;
  /** The path without symbolic links; throws where nothing is there. */
  real(path: string): string;
}

export const diskFiles: Files = {
  read: (path) => readAtMost(path, maxBytes),
  list(path) {
    try {
      return readdirSync(path);
    } catch {
      return undefined;
    }
  },
  real: (path) => realpathSync(path),
};
