import { randomUUID } from "node:crypto";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Project, project } from "../builders/project.ts";
import { applicationsOn, joinByConsumerProtocol } from "./kafka/applications.ts";
import { onBrokers } from "./kafka/on-brokers.ts";

onBrokers((on) => {
  let client: kafkajs.Kafka;
  let admin: kafkajs.Admin;
  beforeAll(async () => {
    client = new kafkajs.Kafka({ brokers: [on.bootstrap()], logLevel: kafkajs.logLevel.NOTHING });
    admin = client.admin();
    await admin.connect();
  });
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
    const start = `apiVersion: kpipe.dev/v1\nkind: Pipeline\nmetadata: { name: e2e }\nconnections: { kafka: { brokers: ["${on.bootstrap()}"] } }\n`;
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

  it("starts many at once, and the next plan is empty", async () => {
    const { prefix, topic } = await given();
    const names = Array.from({ length: 60 }, (_, at) => `${prefix}.reader-${at}`);
    const entries = names.map((it) => `${it}: { topics: [${topic}], startFrom: earliest }`);
    await inFolder(`consumerGroups: { ${entries.join(", ")} }`, converges);
    const committed = await on.kafka().committed(names);
    expect(names.filter((it) => committed.get(it)?.get(topic)?.get(0) !== 0n)).toEqual([]);
  });

  it("starts on partitions without a commit only, and says that expired ones look the same", async () => {
    const { topic, group } = await given();
    await on.kafka().commit(group, [{ topic, partition: 0, offset: 2n }]);
    await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
    const entry = `consumerGroups: { ${group}: { topics: [${topic}], startFrom: earliest } }`;
    await inFolder(entry, async (user) => {
      const { stdout } = await user.kpipe("plan");
      expect(stdout).toContain("none on partition 1 -> earliest");
      expect(stdout).toContain("commits that expired look like none: it would read again what it has read");
      await converges(user);
    });
    expect((await on.kafka().committed([group])).get(group)?.get(topic)).toEqual(
      new Map([
        [0, 2n],
        [1, 0n],
      ]),
    );
  });

  it("is refused a start on a topic that nobody makes, and keeps nothing", async () => {
    const { prefix, group } = await given();
    const entry = `{ topics: [${prefix}.nowhere], startFrom: earliest }`;
    await inFolder(`consumerGroups: { ${group}: ${entry} }`, async (user) => {
      const { status, stderr } = await user.kpipe("apply --auto-approve");
      expect(status).toBe(1);
      expect(stderr).toMatch(/KP2153[\s\S]*nowhere is not there/);
    });
    expect((await on.kafka().groups()).map((it) => it.group)).not.toContain(group);
  });

  it("that lags is a check and no change", async () => {
    const { topic, group } = await given();
    await on.kafka().commit(group, [{ topic, partition: 0, offset: 1n }]);
    const entry = (maxLag: number) =>
      `consumerGroups: { ${group}: { topics: [${topic}], maxLag: ${maxLag} } }`;
    await inFolder(entry(2), async (user) => {
      const plan = await user.kpipe("plan --detailed-exitcode");
      expect(plan.status).toBe(0);
      expect(plan.stdout).toContain("3 records behind, more than 2 records");
    });
    await inFolder(entry(3), async (user) =>
      expect((await user.kpipe("plan")).stdout).not.toContain("behind"),
    );
  });

  it("that left the file is an orphan until it is pruned, within the budget", async () => {
    const { prefix, topic, group } = await given();
    await on.kafka().commit(group, [{ topic, partition: 0, offset: 1n }]);
    const claim = `claim: { groups: ["${prefix}.*"] }\n`;
    await inFolder(claim, async (user) => {
      const listed = await user.kpipe("plan --detailed-exitcode");
      expect(listed.status).toBe(0);
      expect(listed.stdout.replaceAll(/\s+/g, " ")).toContain(
        `group/${group} (no members, commits on ${topic}, 3 records behind)`,
      );
      expect(await user.kpipe("apply --prune --auto-approve")).toMatchObject({ status: 3 });
    });
    await inFolder(`${claim}policies: { deletes: { group: 1 } }\n`, async (user) => {
      expect(await user.kpipe("apply --prune --auto-approve")).toMatchObject({ status: 0 });
      expect((await user.kpipe("plan --prune")).stdout).toContain("No changes.");
    });
    expect((await on.kafka().groups()).map((it) => it.group)).not.toContain(group);
  });

  it("with members it is checked and left alone, by either protocol, and not deleted", async () => {
    const { prefix, topic } = await given();
    const [host = "", port = ""] = on.bootstrap().split(":");
    const groups = new Map([
      [`${prefix}.classic`, await applicationsOn([on.bootstrap()]).join(`${prefix}.classic`, topic)],
    ]);
    // Brokers before 4.0 have the protocol of KIP-848 switched off.
    if (on.version === "4.3.1") {
      const modern = `${prefix}.kip-848`;
      groups.set(modern, await joinByConsumerProtocol({ host, port: Number(port) }, modern, topic));
    }
    const names = [...groups.keys()];
    const entries = names.map((it) => `${it}: { topics: [${topic}], startFrom: earliest, members: 2 }`);
    await inFolder(`consumerGroups: { ${entries.join(", ")} }`, async (user) => {
      const plan = await user.kpipe("plan --detailed-exitcode");
      expect(plan.status).toBe(0);
      expect(plan.stdout.match(/1 there, and it needs at least 2/g)).toHaveLength(names.length);
      expect(await user.kpipe("drift")).toMatchObject({ status: 0 });
    });
    const removed = `removed: [${names.map((it) => `group/${it}`).join(", ")}]\npolicies: { deletes: { group: 2 } }`;
    await inFolder(removed, async (user) => {
      const plan = await user.kpipe("plan");
      expect(plan.status).toBe(1);
      expect(plan.stderr.match(/KP2152/g)).toHaveLength(names.length);
      for (const leave of groups.values()) await leave();
      await converges(user);
    });
    const left = (await on.kafka().groups()).map((it) => it.group);
    expect(left.filter((it) => names.includes(it))).toEqual([]);
  });

  it("that reads a topic is said before the topic is deleted", async () => {
    const { prefix, topic } = await given();
    const group = `${prefix}.reader`;
    const leave = await applicationsOn([on.bootstrap()]).join(group, topic);
    await inFolder(`removed: [topic/${topic}]\npolicies: { deletes: { topic: 1 } }`, async (user) => {
      expect((await user.kpipe("plan")).stdout).toContain(`group ${group} is active`);
    });
    await leave();
  });

  it("without a start it is no change and no drift where it isn't there", async () => {
    const { topic, group } = await given();
    await inFolder(`consumerGroups: { ${group}: { topics: [${topic}], maxLag: 1 } }`, async (user) => {
      const plan = await user.kpipe("plan --detailed-exitcode");
      expect(plan).toMatchObject({ status: 0, stdout: expect.stringContaining("not there yet") });
      expect(await user.kpipe("drift")).toMatchObject({ status: 0 });
    });
  });

  const configured = (group: string, value: string) =>
    `consumerGroups:\n  ${group}:\n    config: { consumer.session.timeout.ms: ${value} }\n`;

  if (on.version === "4.3.1") {
    it("of KIP-848 that is empty is started as a classic one is, and stays of its protocol", async () => {
      const { prefix, topic } = await given();
      const group = `${prefix}.kip-848`;
      const [host = "", port = ""] = on.bootstrap().split(":");
      const leave = await joinByConsumerProtocol({ host, port: Number(port) }, group, topic);
      await leave();
      await inFolder(`consumerGroups: { ${group}: { topics: [${topic}], startFrom: earliest } }`, converges);
      const listed = (await on.kafka().groups()).find((it) => it.group === group);
      expect(listed).toMatchObject({ protocol: "consumer", state: "Empty" });
      expect((await on.kafka().committed([group])).get(group)?.get(topic)).toEqual(new Map([[0, 0n]]));
    });

    it("configs are set, changed and reset", async () => {
      const { group } = await given();
      for (const value of ["46s", "47s", "null"]) await inFolder(configured(group, value), converges);
    });

    it("configs beyond the brokers' own limits are refused, at the line", async () => {
      const { group } = await given();
      await inFolder(configured(group, "1ms"), async (user) => {
        const { status, stderr } = await user.kpipe("plan");
        expect(status).toBe(1);
        expect(stderr).toMatch(/KP2151.*pipeline\.yaml:7:\d+/);
      });
    });
  } else {
    it("configs are refused: these brokers have none", async () => {
      const { group } = await given();
      await inFolder(configured(group, "46s"), async (user) => {
        const { status, stderr } = await user.kpipe("apply --auto-approve");
        expect(status).toBe(1);
        expect(stderr).toMatch(/KP2150.*pipeline\.yaml:7:\d+[\s\S]*these brokers have no configs of groups/);
      });
      expect((await on.kafka().groups()).map((it) => it.group)).not.toContain(group);
    });
  }
});
