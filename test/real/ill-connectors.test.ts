import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type ConnectWorker, startConnect } from "../../stack/connect.ts";
import { type Workplace, workplace } from "../builders/workplace.ts";

const name = `ill-${randomUUID().slice(0, 8)}`;
let connect: ConnectWorker;
let place: Workplace;
let folder: string;

describe.skipIf(inject("stackMissing") !== "")("a connector whose task failed", () => {
  beforeAll(async () => {
    connect = await startConnect({ bootstrap: inject("kafka").bootstrap });
    place = await workplace();
    folder = await mkdtemp(join(tmpdir(), "kpipe-sink-"));
  });
  afterAll(async () => {
    await Promise.all([connect?.stop(), place?.remove(), rm(folder, { recursive: true })]);
  });

  const declare = (file: string, state: string) =>
    place.write(`
apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: ill }
connections: { kafka: { brokers: ${JSON.stringify(inject("kafka").bootstrap)} }, connect: { url: "${connect.url}" } }
topics: { ${name}: { partitions: 1, replicationFactor: 1 } }
connectors:
  ${name}:
    class: org.apache.kafka.connect.file.FileStreamSinkConnector
    config: { topics: ${name}, file: ${join(folder, file)} }
    state: ${state}
`);

  const states = async () => {
    const response = await fetch(`${connect.url}/connectors/${name}/status`);
    return [...(await response.text()).matchAll(/"state":"(\w+)"/g)].map(([, state]) => state);
  };
  test.each([
    ["running", "missing/out", 4, ["RUNNING", "FAILED"]],
    ["paused", "missing/out", 0, ["PAUSED", "PAUSED"]],
    ["running", "missing/out", 4, ["RUNNING", "FAILED"]],
    ["paused", "missing/other", 0, ["PAUSED", "PAUSED"]],
    ["running", "missing/other", 4, ["RUNNING", "FAILED"]],
    ["stopped", "missing/other", 0, ["STOPPED"]],
    ["running", "out", 0, ["RUNNING", "RUNNING"]],
  ])("is %s with its output in %s: apply ends with %i", async (state, file, code, expected) => {
    await declare(file, state);
    const ran = await place.kpipe("apply", "--auto-approve");
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code });
    expect(await states()).toEqual(expected);
    // What failed is to be restarted by the next apply; all else is as declared.
    const next = await place.kpipe("plan", "--detailed-exitcode");
    expect(next, next.stdout).toMatchObject({ code: code === 4 ? 2 : 0 });
  });
});
