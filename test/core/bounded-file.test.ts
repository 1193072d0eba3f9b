import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tlsOptions } from "../../src/clients/live/tls.ts";
import { openRecording } from "../../src/clients/recorded/clients.ts";
import { readAtMost } from "../../src/core/bounded-file.ts";
import { diskFiles } from "../../src/schema/index.ts";
import { head, lines, loaded } from "../schema/loading.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kpipe-bounded-"));
  writeFileSync(join(folder, "pipeline.yaml"), head);
  execFileSync("sh", ["-c", 'mkfifo "$0"', join(folder, "fifo")]);
  writeFileSync(join(folder, "large"), "");
  truncateSync(join(folder, "large"), 300 * 2 ** 20);
});
afterEach(() => rmSync(folder, { recursive: true }));

const position = { file: "pipeline.yaml", line: 1, column: 1, length: 1 };

test.each([
  [0, 1],
  [10, 11],
  [100_000, 100_001],
])("of a larger file than %d bytes, %d are read", (most, count) => {
  expect(readAtMost(join(folder, "large"), most)).toHaveLength(count);
});

test("a file that fits is read whole", () => {
  expect(Buffer.from(readAtMost(join(folder, "pipeline.yaml"), 1_000)).toString()).toBe(head);
});

test("what a shell hands over is read: pipes, and the null device", () => {
  const url = new URL("../../src/core/bounded-file.ts", import.meta.url).href;
  const program = `import(${JSON.stringify(url)}).then(({ readAtMost }) =>
    process.stdout.write(Buffer.from(readAtMost("/dev/stdin", 5)).toString() + readAtMost("/dev/null", 5).length))`;
  const command = `printf 123456789 | "$0" --import tsx -e '${program.replaceAll("'", "")}'`;
  expect(execFileSync("sh", ["-c", command, process.execPath], { encoding: "utf8" })).toBe("1234560");
});

describe.each([
  ["fifo", /is no regular file/],
  ["/dev/zero", /is no regular file/],
  ["large", /has more than \d+ bytes/],
])("%s is refused", (name, expected) => {
  const path = () => (name.startsWith("/") ? name : join(folder, name));

  test("as a pipeline", () => {
    expect(lines(loaded({}, { files: diskFiles, paths: [path()] }))[0]).toMatch(expected);
  });

  test("as a file of variables", () => {
    const paths = [join(folder, "pipeline.yaml")];
    expect(lines(loaded({}, { files: diskFiles, paths, envFile: path() }))[0]).toMatch(expected);
  });

  test("as a certificate", () => {
    expect(() => tlsOptions({ ca: path() }, position)).toThrow(expected);
  });

  test("as a recording", async () => {
    await expect(openRecording(path())).rejects.toThrow(expected);
  });
});
