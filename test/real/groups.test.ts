import { randomUUID } from "node:crypto";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Project, project } from "../builders/project.ts";
import { applicationsOn, joinByConsumerProtocol } from "./kafka/applications.ts";

const { bootstrap } = inject("kafka");
const client = new kafkajs.Kafka({ brokers: [...bootstrap], logLevel: kafkajs.logLevel.NOTHING });
const admin = client.admin();

describe.skipIf(inject("stackMissing") !== "")("consumer groups, end to end", () => {
  beforeAll(() => admin.connect());
  afterAll(() => admin.disconnect());

  const times = [1_000, 2_000, 3_000, 4_000].map((ms) => Date.UTC(2026, 0, 1) + ms);

  /** A topic with four records of known times, and a group that isn't there. */
  async function given() {
    const prefix = `groups-${randomUUID().slice(0, 8)}`;
    const [topic, group] = [`${prefix}.purchases`, `${prefix}.billing`];
    const configEntries = [{ name: "retention.ms", value: "-1" }];
    await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1, configEntries }] });
    const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    for (const [at, ms] of times.entries())
      await producer.send({ topic, messages: [{ value: String(at), timestamp: String(ms) }] });
    await producer.disconnect();
    return { prefix, topic, group };
  }

  async function inFolder(sections: string, use: (user: Project) => Promise<void>): Promise<void> {
    const start = `apiVersion: kpipe.dev/v1\nkind: Pipeline\nmetadata: { name: e2e }\nconnections: { kafka: { brokers: ["${bootstrap[0]}"] } }\n`;
    const user = await project({ "pipeline.yaml": start + sections });
    try {
      await use(user);
    } finally {
      await user.remove();
    }
  }

  async function converges(user: Project): Promise<void> {
    expect(await user.kpipe("apply --auto-approve")).toMatchObject({ status: 0 });
    expect(await user.kpipe("plan --detailed-exitcode")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("No changes."),
    });
  }

  /** What an application of the group gets first, after one more record. */
  async function firstRead(group: string, topic: string): Promise<string | undefined> {
    const consumer = client.consumer({ groupId: group });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic] });
    const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
    const first = new Promise<string | undefined>((resolve) => {
      void consumer.run({ eachMessage: async ({ message }) => resolve(message.value?.toString()) });
    });
    await joined;
    const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    await producer.send({ topic, messages: [{ value: "new" }] });
    await producer.disconnect();
    const value = await first;
    await consumer.disconnect();
    return value;
  }

  it.each([
    ["earliest", "0"],
    ["latest", "new"],
    ["2026-01-01T00:00:03Z", "2"],
  ])("startFrom: %s is where an application begins", async (start, first) => {
    const { topic, group } = await given();
    await inFolder(
      `consumerGroups: { ${group}: { topics: [${topic}], startFrom: "${start}" } }`,
      async (user) => {
        const plan = await user.kpipe("plan --detailed-exitcode");
        expect(plan).toMatchObject({ status: 2, stdout: expect.stringContaining(`+ group/${group}`) });
        await converges(user);
        expect(await firstRead(group, topic)).toBe(first);
      },
    );
  });

  it("starts on a topic that the same file makes", async () => {
    const prefix = `groups-${randomUUID().slice(0, 8)}`;
    const sections = `topics: { ${prefix}.t: { partitions: 3, replicationFactor: 1 } }\nconsumerGroups: { ${prefix}.g: { topics: [${prefix}.t], startFrom: earliest } }`;
    await inFolder(sections, converges);
  });

  it("with members it is checked and left alone, by either protocol, and not deleted", async () => {
    const { prefix, topic } = await given();
    const [classic, modern] = [`${prefix}.classic`, `${prefix}.kip-848`];
    const [host = "", port = ""] = (bootstrap[0] ?? "").split(":");
    const leaves = [
      await applicationsOn(bootstrap).join(classic, topic),
      await joinByConsumerProtocol({ host, port: Number(port) }, modern, topic),
    ];
    const entry = `{ topics: [${topic}], startFrom: earliest, members: 2 }`;
    await inFolder(`consumerGroups: { ${classic}: ${entry}, ${modern}: ${entry} }`, async (user) => {
      const plan = await user.kpipe("plan --detailed-exitcode");
      expect(plan.status).toBe(0);
      expect(plan.stdout.match(/1 there, and it needs at least 2/g)).toHaveLength(2);
      expect(await user.kpipe("drift")).toMatchObject({ status: 0 });
    });
    const removed = `removed: [group/${classic}, group/${modern}]\npolicies: { deletes: { group: 2 } }`;
    await inFolder(removed, async (user) => {
      const plan = await user.kpipe("plan");
      expect(plan.status).toBe(1);
      expect(plan.stderr.match(/KP2152/g)).toHaveLength(2);
      for (const leave of leaves) await leave();
      await converges(user);
    });
    expect((await admin.listGroups()).groups.map(({ groupId }) => groupId)).not.toContain(classic);
  });

  it("without a start it is no change and no drift where it isn't there", async () => {
    const { topic, group } = await given();
    await inFolder(`consumerGroups: { ${group}: { topics: [${topic}], maxLag: 1 } }`, async (user) => {
      const plan = await user.kpipe("plan --detailed-exitcode");
      expect(plan).toMatchObject({ status: 0, stdout: expect.stringContaining("not there yet") });
      expect(await user.kpipe("drift")).toMatchObject({ status: 0 });
    });
  });

  it("configs are set, changed and reset", async () => {
    const { group } = await given();
    const entry = (value: string) =>
      `consumerGroups: { ${group}: { config: { consumer.session.timeout.ms: ${value} } } }`;
    await inFolder(entry("46s"), converges);
    await inFolder(entry("47s"), converges);
    await inFolder(entry("null"), converges);
  });
});
