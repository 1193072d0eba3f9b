import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Project, project } from "../builders/project.ts";

const example = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../examples/${file}`, import.meta.url)), "utf8");
const recorded = JSON.stringify({
  ...JSON.parse(example("demo/cluster.json")),
  ksql: { version: "7.9.0", serviceId: "ksql_local" },
});

let it: Project;
beforeAll(async () => {
  it = await project({ "pipeline.yaml": example("ksqldb.yaml"), "cluster.json": recorded });
});
afterAll(() => it.remove());

const kpipe = async (args: string) => {
  const { status, stdout, stderr } = await it.kpipe(`${args} --cluster cluster.json`);
  return `${status}\n${stdout}${stderr}`.replaceAll(/ {3}\d+\.\d s$/gm, "");
};

test("the example is planned, applied, changed to another threshold, dropped", async () => {
  expect(await kpipe("plan")).toMatchSnapshot("plan");
  expect(await kpipe("apply --auto-approve")).toContain("3 done");
  expect(await kpipe("plan")).toContain("No changes. 1 topic and 2 ksqlDB objects are as declared.");

  await it.write("pipeline.yaml", example("ksqldb.yaml").replace("100000", "200000"));
  expect(await kpipe("plan")).toMatchSnapshot("another threshold");
  expect(await kpipe("apply --auto-approve")).toContain("1 done");

  const dropped = example("ksqldb.yaml").replace(/^ksql:[\s\S]*/m, "");
  await it.write("pipeline.yaml", `${dropped}removed: [stream/purchases, stream/purchases_high_value]\n`);
  expect(await kpipe("plan")).toMatchSnapshot("dropped");
  expect(await kpipe("apply --auto-approve")).toContain("2 done");
  expect(await kpipe("plan")).toContain("No changes. 1 topic is as declared.");
});
