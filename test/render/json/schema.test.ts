import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { eventLine, planLine, reportLine } from "../../../src/render/json/apply.ts";
import { diagnosticsJson } from "../../../src/render/json/diagnostics.ts";
import { driftJson } from "../../../src/render/json/drift.ts";
import { planJson } from "../../../src/render/json/plan.ts";
import { documentSchemas } from "../../../src/render/json/schema.ts";
import { planOf } from "../../builders/plan.ts";
import { drifts } from "../cases/drifts.ts";
import { findings } from "../cases/findings.ts";
import { plans } from "../cases/plans.ts";
import { rehearsals } from "../cases/rehearsals.ts";
import { runs } from "../cases/runs.ts";

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
for (const schema of Object.values(documentSchemas)) ajv.addSchema(schema);

/** What is wrong with a text by a published schema; nothing, if it is valid. */
function faults(file: string, json: string): readonly unknown[] {
  const validate = ajv.getSchema(`https://kpipe.dev/schema/${file}`);
  if (validate === undefined) throw new Error(`no schema ${file}`);
  validate(JSON.parse(json));
  return validate.errors ?? [];
}

test.each(Object.entries(documentSchemas))(
  "schema/%s is as published: `npm run generate` writes it",
  async (file, schema) => {
    const published = await readFile(new URL(`../../../schema/${file}`, import.meta.url), "utf8");
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(schema)));
  },
);

describe("valid by the published schema", () => {
  test.each(Object.entries({ ...plans, ...drifts }))("plan %s", (_, plan) => {
    expect(faults("plan.schema.json", planJson(plan))).toEqual([]);
  });

  test.each(Object.entries(rehearsals))("plan with the rehearsal %s", (_, rehearsal) => {
    expect(faults("plan.schema.json", planJson(planOf({}), rehearsal))).toEqual([]);
  });

  test.each(Object.entries({ ...drifts, ...plans }))("drift %s", (_, plan) => {
    expect(faults("drift.schema.json", driftJson(plan))).toEqual([]);
  });

  test.each(Object.entries(findings))("diagnostics %s", (_, { diagnostics }) => {
    expect(faults("diagnostics.schema.json", diagnosticsJson(diagnostics))).toEqual([]);
  });

  test.each(Object.entries(runs))("every line of the run %s", (_, { changes, report }) => {
    const lines = [
      ...changes.flatMap((change) => [
        eventLine({ type: "started", change }),
        eventLine({ type: "progress", change, message: "waits" }),
      ]),
      ...report.ended.map(eventLine),
      reportLine(report),
    ];
    expect(lines.flatMap((line) => faults("apply.schema.json", line))).toEqual([]);
  });

  test("the plan as the first line of a run", () => {
    const lines = Object.values(plans).map(planLine);
    expect(lines.flatMap((line) => faults("apply.schema.json", line))).toEqual([]);
  });
});

test("the schemas refuse what kpipe does not print", () => {
  expect(faults("plan.schema.json", "{}")).not.toEqual([]);
  expect(faults("apply.schema.json", '{"type":"started"}')).not.toEqual([]);
});
