import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** What a shell hands over instead of a file: pipes too are read. */
const handedOver = /^\/dev\/(?:stdin|null|fd\/\d+)$|^\/proc\/self\/fd\/\d+$/;

const CHUNK = 64 * 1024;

/** The `code` of the error for a FIFO, a socket or a device. */
export const NO_REGULAR_FILE = "ENOTFILE";

/**
 * The bytes of a file, but one more than `most` of them at most: who gets that many knows that it is too
 * large. Throws as node:fs does, with a `code`. A FIFO without a writer is never waited for.
 */
export function readAtMost(path: string, most: number): Uint8Array {
  const given = handedOver.test(path);
  const file = openSync(path, constants.O_RDONLY | (given ? 0 : constants.O_NONBLOCK));
  try {
    const kind = fstatSync(file);
    if (!given && !kind.isFile() && !kind.isDirectory()) {
      throw Object.assign(new Error("not a regular file"), { code: NO_REGULAR_FILE });
    }
    const chunks: Uint8Array[] = [];
    for (let left = most + 1; left > 0; ) {
      const chunk = new Uint8Array(Math.min(left, CHUNK));
      const count = readSync(file, chunk);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      left -= count;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
}
