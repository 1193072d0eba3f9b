import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { printRecording } from "../../src/clients/recorded/print.ts";
import { type Project, project } from "../builders/project.ts";
import { fileConnectors } from "../clients/recorded/file-connectors.ts";
import { recording } from "../clients/recorded/recordings.ts";

const good = printRecording({ ...recording(), connect: { default: fileConnectors } });

/** Some topics and connectors of one team. */
const pipeline = (team: string) => `
apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: ${team} }
claim: { topics: ["${team}.*"], connectors: ["${team}-*"] }
topics:
${Array.from({ length: 8 }, (_, at) => `  ${team}.${at}: { partitions: 1, replicationFactor: 1 }`).join("\n")}
connectors:
${Array.from(
  { length: 8 },
  (_, at) => `  ${team}-${at}:
    class: org.apache.kafka.connect.file.FileStreamSourceConnector
    config: { topic: ${team}.${at}, file: /tmp/${team} }`,
).join("\n")}
`;

let user: Project;
beforeEach(async () => {
  user = await project({ "cluster.json": good, "a.yaml": pipeline("a"), "b.yaml": pipeline("b") });
});
afterEach(() => user.remove());
const text = () => readFile(join(user.dir, "cluster.json"), "utf8");

it("two applies on one recording at the same time both come to their end", { timeout: 60_000 }, async () => {
  const teams = ["a", "b"];
  const applied = await Promise.all(
    teams.map((team) => user.kpipe(`apply --auto-approve -f ${team}.yaml --cluster cluster.json`)),
  );
  for (const ran of applied) expect(ran).toMatchObject({ status: 0, stderr: "" });
  for (const team of teams)
    expect(await user.kpipe(`plan --detailed-exitcode -f ${team}.yaml --cluster cluster.json`)).toMatchObject(
      {
        status: 0,
      },
    );
  const { kafka, connect } = JSON.parse(await text());
  expect(Object.keys(kafka.topics)).toHaveLength(16);
  expect(Object.keys(connect.default.connectors)).toHaveLength(16);
  expect((await readdir(user.dir)).toSorted()).toEqual(["a.yaml", "b.yaml", "cluster.json"]);
});

describe("a document that kpipe can't use ends every command, and stays as it is", {
  timeout: 60_000,
}, () => {
  const documents: readonly [string, string, string][] = [
    ["damaged", good.slice(0, -30), "KP6001"],
    ["newer", good.replace('"formatVersion": 1', '"formatVersion": 2'), "KP6003"],
    ["another", '{ "kind": "Pipeline" }', "KP6002"],
  ];
  it.each(documents)("%s", async (_, document, code) => {
    await user.write("cluster.json", document);
    for (const command of ["plan", "plan --rehearse", "apply --auto-approve", "drift"]) {
      const { status, stdout, stderr } = await user.kpipe(`${command} -f a.yaml --cluster cluster.json`);
      expect({ command, status, stdout }).toEqual({ command, status: 1, stdout: "" });
      expect(stderr).toContain(code);
    }
    expect(await text()).toBe(document);
  });
});
