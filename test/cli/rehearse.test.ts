import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { printRecording } from "../../src/clients/recorded/print.ts";
import { type Workplace, workplace } from "../builders/workplace.ts";
import { fileConnectors } from "../clients/recorded/file-connectors.ts";
import { recording } from "../clients/recorded/recordings.ts";

const PASSWORD = "correct-horse-battery";
const topic = { partitions: [{ replicas: [1], latest: "3" }] };
const cluster = printRecording({
  ...recording({ topics: { orders: topic, "orders.old": topic } }),
  connect: { default: fileConnectors },
});

let user: Workplace;
let file: string;
beforeEach(async () => {
  user = await workplace({ DB_PASSWORD: PASSWORD });
  file = join(user.folder, "cluster.json");
  await writeFile(file, cluster);
});
afterEach(() => user.remove());

const plan = (...flags: readonly string[]) => user.kpipe("plan", "--cluster", file, ...flags);
const rehearsalOf = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout).rehearsal;

const pipeline = (rest: string, orders = "{ partitions: 2 }") => `
apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: orders }
claim: { topics: ["orders*"], connectors: ["orders-*"] }
topics:
  orders: ${orders}
${rest}`;

const sink = (topics: string) => `
connectors:
  orders-sink:
    class: org.apache.kafka.connect.file.FileStreamSinkConnector
    config: { topics: ${topics}, file: /tmp/orders, db.password: "\${env.DB_PASSWORD}" }
`;

describe("a plan that goes through", () => {
  beforeEach(() => user.write(pipeline(sink("orders"))));

  it("is rehearsed on a copy, and the cluster stays as it is", async () => {
    const { code, stdout } = await plan("--rehearse");
    expect(code).toBe(0);
    expect(stdout).toContain("Rehearsed on a copy of the cluster: 2 done. The plan after it is empty.");
    expect(await readFile(file, "utf8")).toBe(cluster);
  });

  it("says what only servers know", async () => {
    const ran = await plan("--rehearse", "--json");
    expect(rehearsalOf(ran)).toMatchObject({
      clean: true,
      done: 2,
      remaining: [],
      notChecked: [
        "connector/orders-sink: db.password can't be compared: a copy holds no secrets",
        "connector/orders-sink: a recording doesn't tell whether it runs like this",
      ],
    });
    expect(ran.stdout).not.toContain(PASSWORD);
  });

  it("is otherwise the plan that it is without", async () => {
    const { rehearsal: _, ...rehearsed } = JSON.parse((await plan("--rehearse", "--json")).stdout);
    expect(rehearsed).toEqual(JSON.parse((await plan("--json")).stdout));
  });

  it("ends as apply does", async () => {
    const foretold = rehearsalOf(await plan("--rehearse", "--json"));
    expect((await user.kpipe("apply", "--auto-approve", "--cluster", file)).code).toBe(0);
    expect((await plan("--detailed-exitcode")).code).toBe(0);
    expect(foretold.clean).toBe(true);
  });

  it("keeps the status of its changes", async () => {
    expect((await plan("--rehearse", "--detailed-exitcode")).code).toBe(2);
  });
});

describe("a delete that the run itself makes wrong", () => {
  beforeEach(() => user.write(pipeline(`policies: { deletes: { topic: 1 } }\n${sink("orders.old")}`)));

  it("would fail, and that is an error of the plan", async () => {
    const { code, stdout } = await plan("--rehearse", "--prune");
    expect(code).toBe(1);
    expect(stdout).toMatch(/Failed:\n {4}topic\/orders\.old {2}not deleted: since the plan, readers gained/);
    expect(stdout).toMatch(/2 done, 1 failed, 0 skipped\. The plan after it\s+still has 1 change\./);
    expect((await plan("--prune")).code).toBe(0);
  });

  it("is told to machines with its code", async () => {
    expect(rehearsalOf(await plan("--rehearse", "--prune", "--json"))).toMatchObject({
      clean: false,
      failed: 1,
      changes: [
        { address: "topic/orders", outcome: "done" },
        { address: "connector/orders-sink", outcome: "done" },
        { address: "topic/orders.old", outcome: "failed", diagnostic: { code: "KP4002" } },
      ],
      remaining: [{ address: "topic/orders.old", action: "delete" }],
    });
  });
});

describe("what apply would not run is not rehearsed", () => {
  it.each([
    ["a refused plan", pipeline("", "{ partitions: 2, replicationFactor: 9 }"), 1],
    ["a plan that a guard holds back", pipeline("removed: [topic/orders.old]"), 3],
    ["a plan without changes", pipeline("", "{ partitions: 1 }"), 0],
  ])("%s", async (_, yaml, expected) => {
    await user.write(yaml);
    const ran = await plan("--rehearse", "--json");
    expect(ran.code).toBe(expected);
    expect(JSON.parse(ran.stdout)).not.toHaveProperty("rehearsal");
    expect((await plan("--rehearse")).stdout).not.toContain("Rehearsed");
  });
});
