import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type KafkaCluster, startKafka } from "../../../stack/cluster.ts";
import { type Project, project } from "../../builders/project.ts";

describe.skipIf(inject("stackMissing") !== "")("three brokers", () => {
  let cluster: KafkaCluster;
  let user: Project;
  beforeAll(async () => {
    cluster = await startKafka({ brokers: 3 });
    user = await project();
  });
  afterAll(async () => {
    await cluster?.stop();
    await user?.remove();
  });

  async function declare(topics: string): Promise<void> {
    const brokers = cluster.bootstrap.map((it) => `"${it}"`).join(", ");
    await user.write(
      "pipeline.yaml",
      `apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: brokers }
connections: { kafka: { brokers: [${brokers}] } }
claim: { topics: ["*"] }
topics:
${topics}
`,
    );
  }

  async function replicasOf(topic: string): Promise<readonly number[]> {
    const admin = new kafkajs.Kafka({
      brokers: [...cluster.bootstrap],
      logLevel: kafkajs.logLevel.NOTHING,
    }).admin();
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    await admin.disconnect();
    return topics[0]?.partitions.map(({ replicas }) => new Set(replicas).size) ?? [];
  }

  async function converges(): Promise<void> {
    expect(await user.kpipe("apply --auto-approve")).toMatchObject({ status: 0 });
    const again = await user.kpipe("plan --detailed-exitcode");
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining("No changes.") });
  }

  it("hold as many replicas as the file says, up and down, and with more partitions at once", async () => {
    const steps: readonly [string, readonly number[]][] = [
      ["{ partitions: 3, replicationFactor: 1 }", [1, 1, 1]],
      ["{ partitions: 3, replicationFactor: 3 }", [3, 3, 3]],
      ["{ partitions: 5, replicationFactor: 2, config: { min.insync.replicas: 2 } }", [2, 2, 2, 2, 2]],
      ["{ partitions: 5, replicationFactor: 1, config: { min.insync.replicas: 1 } }", [1, 1, 1, 1, 1]],
    ];
    for (const [spec, replicas] of steps) {
      await declare(`  replicated: ${spec}`);
      await converges();
      expect(await replicasOf("replicated")).toEqual(replicas);
    }
  });

  it("refuse more replicas than there are brokers, while planning", async () => {
    await declare("  replicated: { partitions: 5, replicationFactor: 4 }");
    const refused = await user.kpipe("plan");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/pipeline\.yaml:7:51/);
    expect(await replicasOf("replicated")).toEqual([1, 1, 1, 1, 1]);
  });

  it("are worked with while one of them is frozen, whichever the file names first", async () => {
    await declare(
      "  replicated: { partitions: 5, replicationFactor: 1, config: { min.insync.replicas: 1 } }",
    );
    cluster.pause(0);
    try {
      const plan = await user.kpipe("plan --timeout 4s");
      expect(plan.stdout + plan.stderr).not.toContain("KP9001");
      expect([0, 1]).toContain(plan.status);
    } finally {
      cluster.resume(0);
    }
  });
});

describe.skipIf(inject("stackMissing") !== "")("an apply that is cut short", () => {
  let cluster: KafkaCluster;
  beforeAll(async () => {
    cluster = await startKafka();
  });
  afterAll(() => cluster?.stop());

  /** More topics than one request takes, so that there is a middle to be cut in. */
  async function many(prefix: string): Promise<Project> {
    return project({
      "pipeline.yaml": `apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: many }
connections: { kafka: { brokers: ["${cluster.bootstrap[0]}"] } }
claim: { topics: ["${prefix}*"] }
defaults: { topic: { partitions: 1, replicationFactor: 1 } }
topics:
${Array.from({ length: 2600 }, (_, i) => `  ${prefix}${i}: {}`).join("\n")}
`,
    });
  }

  async function finishes(user: Project): Promise<void> {
    expect(await user.kpipe("apply --auto-approve --timeout 1m")).toMatchObject({ status: 0 });
    const again = await user.kpipe("plan --detailed-exitcode --timeout 1m");
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining("No changes.") });
  }

  it("by Ctrl-C finishes its step, reports, and the next one does the rest", async () => {
    const user = await many("interrupted");
    try {
      const cut = await user.kpipe("apply --auto-approve --timeout 1m", { interruptOn: "2,600 to create" });
      expect(cut.stdout + cut.stderr).not.toContain("KP9001");
      expect(cut.stdout).toMatch(/Interrupted\.\s+(\S+) done, 0 failed, (\S+) skipped/);
      expect([4, 130]).toContain(cut.status);
      await finishes(user);
    } finally {
      await user.remove();
    }
  });

  it("by the broker's end says what is done, and the next one does the rest", async () => {
    const user = await many("left");
    try {
      const running = user.kpipe("apply --auto-approve --timeout 4s");
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await cluster.kill(0);
      const cut = await running;
      expect(cut.stdout + cut.stderr).not.toContain("KP9001");
      // 0 where the machine was quicker than the kill, 1 where the plan was not made yet.
      expect([0, 1, 4]).toContain(cut.status);
      await cluster.restart(0);
      await finishes(user);
    } finally {
      await user.remove();
    }
  });
});
