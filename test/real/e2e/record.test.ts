import { expect, inject, it } from "vitest";
import { project } from "../../builders/project.ts";

it.skipIf(inject("stackMissing") !== "")("a recording plans and rehearses as the cluster would", async () => {
  const name = `recorded-${process.pid}`;
  const user = await project({
    "pipeline.yaml": `apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: recorded }
connections: { kafka: { brokers: ["${inject("kafka").bootstrap[0]}"] } }
claim: { topics: ["${name}*"] }
topics:
  ${name}: { partitions: 3, config: { retention.ms: 7d } }
`,
  });
  try {
    expect(await user.kpipe("record -o before.json")).toMatchObject({ status: 0 });
    const live = JSON.parse((await user.kpipe("plan --json")).stdout);
    const offline = JSON.parse((await user.kpipe("plan --json --cluster before.json")).stdout);
    expect(offline.resource_changes).toEqual(live.resource_changes);
    expect(offline.resource_changes).toHaveLength(1);

    expect(await user.kpipe("apply --auto-approve --cluster before.json")).toMatchObject({ status: 0 });
    const rehearsed = await user.kpipe("plan --detailed-exitcode --cluster before.json");
    expect(rehearsed).toMatchObject({ status: 0, stdout: expect.stringContaining("No changes.") });
    expect(await user.kpipe("plan --detailed-exitcode")).toMatchObject({ status: 2 });
  } finally {
    await user.remove();
  }
});
