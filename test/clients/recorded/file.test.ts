import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { openRecording } from "../../../src/clients/recorded/clients.ts";
import { parseRecording } from "../../../src/clients/recorded/parse.ts";
import { printRecording } from "../../../src/clients/recorded/print.ts";
import { writeRecording } from "../../../src/clients/recorded/write.ts";
import { recording } from "./recordings.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kpipe-recording-"));
  file = join(folder, "prod.json");
  await writeFile(file, printRecording(recording()));
});
afterEach(() => rm(folder, { recursive: true }));

const create = (kafka: KafkaPort, name: string) =>
  kafka.createTopics([{ name, partitions: 1, replicationFactor: 1, config: new Map() }], "execute");
const namesIn = async (path: string) =>
  Object.keys(parseRecording(await readFile(path, "utf8"), path).kafka.topics ?? {});

/** Runs `writer.ts`, and tells what it has said to be kept. */
function startWriter(
  prefix: string,
  count: number,
): { readonly child: ChildProcess; readonly kept: string[] } {
  const program = fileURLToPath(new URL("./writer.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, file, prefix, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kept: string[] = [];
  if (child.stdout) createInterface(child.stdout).on("line", (line) => kept.push(line));
  return { child, kept };
}

test("what is executed is in the file when it is answered", async () => {
  const { kafka } = await openRecording(file);
  await create(kafka, "purchases");
  expect(await namesIn(file)).toEqual(["purchases"]);
  expect(await readdir(folder)).toEqual(["prod.json"]);
});

test("what is refused or only validated leaves the bytes as they are", async () => {
  const before = await readFile(file, "utf8");
  const { kafka } = await openRecording(file);
  await create(kafka, "bad name");
  await kafka.createTopics(
    [{ name: "asked", partitions: 1, replicationFactor: 1, config: new Map() }],
    "validate",
  );
  expect(await readFile(file, "utf8")).toBe(before);
});

test("what another one writes is seen", async () => {
  const [one, other] = [await openRecording(file), await openRecording(file)];
  await create(one.kafka, "a");
  await create(other.kafka, "b");
  expect((await one.kafka.topics()).map(({ name }) => name)).toEqual(["a", "b"]);
  expect((await create(one.kafka, "b")).get("b")).toMatchObject({ error: { code: 36 } });
});

test("batches that are asked for at once are all kept", async () => {
  const { kafka } = await openRecording(file);
  const names = Array.from({ length: 20 }, (_, at) => `t${at}`);
  await Promise.all(names.map((name) => create(kafka, name)));
  expect(await namesIn(file)).toEqual(names.toSorted());
});

test("a recording is written anew, and over another one while nobody else writes", async () => {
  const fresh = join(folder, "fresh.json");
  await writeRecording(fresh, recording());
  expect(await readFile(fresh, "utf8")).toBe(printRecording(recording()));
  const { kafka } = await openRecording(fresh);
  await create(kafka, "a");
  await writeRecording(fresh, recording());
  expect(await kafka.topics()).toEqual([]);
  await expect(writeRecording(join(folder, "no", "x.json"), recording())).rejects.toMatchObject({
    diagnostics: [{ code: "KP6005" }],
  });
});

describe("processes", () => {
  test("two on one file lose nothing", { timeout: 60_000 }, async () => {
    const writers = [startWriter("one", 15), startWriter("other", 15)];
    await Promise.all(writers.map(({ child }) => once(child, "exit")));
    const kept = writers.flatMap(({ kept }) => kept);
    expect(kept).toHaveLength(30);
    expect(await namesIn(file)).toEqual(kept.toSorted());
  });

  test("one that is killed leaves a good file, all that it said, and no way blocked", {
    timeout: 60_000,
  }, async () => {
    const { child, kept } = startWriter("killed", 100_000);
    await expect.poll(() => kept.length, { timeout: 30_000 }).toBeGreaterThan(5);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await namesIn(file)).toEqual(expect.arrayContaining(kept));
    const { kafka } = await openRecording(file);
    await create(kafka, "after");
    expect(await namesIn(file)).toContain("after");
  });
});

describe("files that don't do", () => {
  test("none", async () => {
    await expect(openRecording(join(folder, "nope.json"))).rejects.toMatchObject({
      diagnostics: [{ code: "KP6004", message: `there is no ${join(folder, "nope.json")}` }],
    });
  });

  test("a folder", async () => {
    await expect(openRecording(folder)).rejects.toMatchObject({
      diagnostics: [{ code: "KP6004", message: `${folder} can't be read: EISDIR` }],
    });
  });

  test("one that was damaged meanwhile is not overwritten", async () => {
    const { kafka } = await openRecording(file);
    await writeFile(file, "{");
    await expect(create(kafka, "a")).rejects.toMatchObject({ diagnostics: [{ code: "KP6001" }] });
    expect(await readFile(file, "utf8")).toBe("{");
  });

  test("a place for the draft that is taken: the file stays as it was", async () => {
    await mkdir(`${file}.tmp`);
    const { kafka } = await openRecording(file);
    await expect(create(kafka, "a")).rejects.toMatchObject({
      diagnostics: [{ code: "KP6005", message: `${file} can't be written: EISDIR` }],
    });
    expect(await namesIn(file)).toEqual([]);
    await rm(`${file}.tmp`, { recursive: true });
    await create(kafka, "a");
    expect(await namesIn(file)).toEqual(["a"]);
  });
});

test("ten thousand topics are read, changed and written as a whole", async () => {
  const names = Array.from({ length: 10_000 }, (_, at) => `t.${at}`);
  const partition = { replicas: [1], latest: "5", bytes: 10 };
  const topics = Object.fromEntries(names.map((name) => [name, { partitions: Array(3).fill(partition) }]));
  await writeFile(file, printRecording(recording({ topics })));
  const { kafka } = await openRecording(file);
  expect(await kafka.topics()).toHaveLength(10_000);
  expect((await kafka.offsets(names)).size).toBe(10_000);
  const set = new Map([["retention.ms", "1000"]]);
  const changes = names.map((name) => ({ name, set, reset: [] }));
  const results = await kafka.alterTopicConfigs(changes, "execute");
  expect([...results.values()].every(({ ok }) => ok)).toBe(true);
  const kept = Object.values(parseRecording(await readFile(file, "utf8"), file).kafka.topics ?? {});
  expect(kept.filter(({ config }) => config?.["retention.ms"] === "1000")).toHaveLength(10_000);
});

test("a link stays a link, and the mode stays the mode", async () => {
  const link = join(folder, "link.json");
  await symlink(file, link);
  await chmod(file, 0o640);
  const { kafka } = await openRecording(link);
  await create(kafka, "a");
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect((await lstat(file)).mode & 0o777).toBe(0o640);
  expect(await namesIn(file)).toEqual(["a"]);
});
