import { type FileHandle, open, realpath, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { lock } from "proper-lockfile";
import { NO_REGULAR_FILE, readAtMost } from "../../core/bounded-file.ts";
import { error, KpipeError } from "../../core/errors.ts";

/** A recording of 10,000 topics has a few million bytes. */
const LARGEST = 256 * 2 ** 20;

/** The text of a recording; throws a KpipeError if it can't be read. */
export function readText(path: string): string {
  const bytes = bytesOf(path);
  if (bytes.length <= LARGEST) return new TextDecoder().decode(bytes);
  throw new KpipeError(
    error("KP6004", `${path} has more than ${LARGEST} bytes`, {
      next: "Name a file that `kpipe record -o FILE` wrote.",
    }),
  );
}

function bytesOf(path: string): Uint8Array {
  try {
    return readAtMost(path, LARGEST);
  } catch (cause) {
    return unreadable(path)(cause);
  }
}

/**
 * Tells versions of a file apart without reading it: a recording is replaced and never written in place, so
 * that each version is another file.
 */
export async function versionOf(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true }).catch(unreadable(path));
  return `${ino} ${size} ${mtimeNs}`;
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    const missing = codeOf(cause) === "ENOENT";
    throw new KpipeError(
      error(
        "KP6004",
        missing ? `there is no ${path}` : `${path} ${whyUnreadable(codeOf(cause))}`,
        missing ? { next: "Check the path, or record a cluster with `kpipe record -o FILE`." } : {},
      ),
      cause,
    );
  };
}

function whyUnreadable(code: string): string {
  return code === NO_REGULAR_FILE ? "is no regular file" : `can't be read: ${code}`;
}

/** Replaces a file as a whole: after a crash at any moment it has the old text or the new one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    const { mode } = await stat(path).catch(() => ({ mode: undefined }));
    // Beside the file, because a rename is atomic within a file system only. The lock keeps others off it.
    const draft = `${path}.tmp`;
    await flushed(await open(draft, "w", mode), (file) => file.writeFile(text));
    await rename(draft, path);
    // The new name is on the disk when its folder is. Windows has no such call, and needs none.
    if (process.platform !== "win32") await flushed(await open(dirname(path), "r"), async () => {});
  } catch (cause) {
    throw new KpipeError(error("KP6005", `${path} can't be written: ${codeOf(cause)}`), cause);
  }
}

async function flushed(file: FileHandle, write: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** How long a lock of a process that was killed holds others up, in milliseconds. */
const stale = 5_000;

/**
 * Does something while no other process does: a folder `PATH.lock` stands for as long. One that its owner
 * no longer renews is taken over.
 */
export async function locked<T>(path: string, work: (path: string) => Promise<T>): Promise<T> {
  // A link stays a link: what it points to is locked and replaced.
  const file = await realpath(path).catch(unreadable(path));
  const release = await lock(file, {
    stale,
    realpath: false,
    // Some twenty seconds: writes of others, and then the time after which a dead one's lock is stale.
    retries: { retries: 60, factor: 1.3, minTimeout: 20, maxTimeout: 400, randomize: true },
    // A machine that slept: the release fails, and says so.
    onCompromised: () => {},
  }).catch((cause: unknown) => {
    if (codeOf(cause) === "ELOCKED")
      throw new KpipeError(error("KP6006", `${path} is locked by ${file}.lock`), cause);
    throw new KpipeError(error("KP6005", `${path} can't be locked: ${codeOf(cause)}`), cause);
  });
  try {
    return await work(file);
  } finally {
    await release().catch(() => {});
  }
}

function codeOf(cause: unknown): string {
  if (cause instanceof Error) return "code" in cause ? String(cause.code) : cause.message;
  return String(cause);
}
