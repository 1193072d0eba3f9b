import { randomUUID } from "node:crypto";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Project, project } from "../../builders/project.ts";

const { bootstrap } = inject("kafka");
const client = new kafkajs.Kafka({
  brokers: [...bootstrap],
  logLevel: kafkajs.logLevel.NOTHING,
});
const admin = client.admin();

describe.skipIf(inject("stackMissing") !== "")("topics, end to end", () => {
  beforeAll(() => admin.connect());
  afterAll(() => admin.disconnect());

  /** The names of one test, so that tests can share a broker. */
  function named() {
    const prefix = `e2e-${randomUUID().slice(0, 8)}`;
    return { prefix, topic: `${prefix}.purchases` };
  }

  function pipeline(prefix: string, topics: string, rest = ""): string {
    return [
      "apiVersion: kpipe.dev/v1",
      "kind: Pipeline",
      "metadata: { name: e2e }",
      `connections: { kafka: { brokers: ["${bootstrap[0]}"] } }`,
      `claim: { topics: ["${prefix}*"] }`,
      rest,
      "topics:",
      ...topics.split("\n").map((line) => `  ${line}`),
    ].join("\n");
  }

  async function inFolder(text: string, use: (user: Project) => Promise<void>): Promise<void> {
    const user = await project({ "pipeline.yaml": text });
    try {
      await use(user);
    } finally {
      await user.remove();
    }
  }

  /** Applies, and then holds kpipe to its first promise: the next plan is empty. */
  async function converges(user: Project, flags = ""): Promise<string> {
    const applied = await user.kpipe(`apply --auto-approve ${flags}`);
    expect(applied).toMatchObject({ status: 0 });
    const again = await user.kpipe("plan --detailed-exitcode");
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining("No changes.") });
    return applied.stdout;
  }

  const partitionsOf = async (topic: string) =>
    (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions.length;

  /** What is set on the topic itself. */
  async function overridesOf(topic: string): Promise<Record<string, string>> {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
    });
    return Object.fromEntries(
      (resources[0]?.configEntries ?? [])
        // 1 is DYNAMIC_TOPIC_CONFIG.
        .filter(({ configSource }) => Number(configSource) === 1)
        .map(({ configName, configValue }) => [configName, configValue]),
    );
  }

  const start = (topic: string) =>
    `${topic}: { partitions: 3, replicationFactor: 1, config: { retention.ms: 7d, cleanup.policy: delete } }`;

  it("are created from nothing, and the second plan is empty", async () => {
    const { prefix, topic } = named();
    await inFolder(pipeline(prefix, start(topic)), async (user) => {
      const plan = await user.kpipe("plan --detailed-exitcode");
      expect(plan.status).toBe(2);
      expect(plan.stdout).toContain(`+ topic/${topic}`);
      expect(plan.stdout).toContain("1 to create");
      expect(await admin.listTopics()).not.toContain(topic);

      await converges(user);
      expect(await partitionsOf(topic)).toBe(3);
      expect(await overridesOf(topic)).toEqual({ "retention.ms": "604800000", "cleanup.policy": "delete" });
    });
  });

  it("that exist already are adopted without a change, if they are as declared", async () => {
    const { prefix, topic } = named();
    const configEntries = [
      { name: "retention.ms", value: "604800000" },
      { name: "cleanup.policy", value: "delete" },
    ];
    await admin.createTopics({ topics: [{ topic, numPartitions: 3, replicationFactor: 1, configEntries }] });
    await inFolder(pipeline(prefix, start(topic)), async (user) => {
      const plan = await user.kpipe("plan --detailed-exitcode");
      expect(plan).toMatchObject({ status: 0, stdout: expect.stringContaining("No changes.") });
    });
  });

  /** Each edit: what the file says afterwards, what the plan shows, what the broker has then. */
  const edits: readonly {
    readonly name: string;
    readonly to: string;
    readonly shows: readonly RegExp[];
    readonly overrides?: Readonly<Record<string, string>>;
    readonly partitions?: number;
  }[] = [
    {
      name: "a config set",
      to: "{ partitions: 3, replicationFactor: 1, config: { retention.ms: 7d, cleanup.policy: delete, segment.bytes: 64MiB } }",
      shows: [/segment\.bytes +\(unset\) -> 64MiB/, /1 to update/],
      overrides: { "retention.ms": "604800000", "cleanup.policy": "delete", "segment.bytes": "67108864" },
    },
    {
      name: "a config changed",
      to: "{ partitions: 3, replicationFactor: 1, config: { retention.ms: 14d, cleanup.policy: delete } }",
      shows: [/retention\.ms +7d -> 14d/],
      overrides: { "retention.ms": "1209600000", "cleanup.policy": "delete" },
    },
    {
      name: "a config reset with null",
      to: "{ partitions: 3, replicationFactor: 1, config: { retention.ms: null, cleanup.policy: delete } }",
      shows: [/retention\.ms +7d -> \(unset\)/],
      overrides: { "cleanup.policy": "delete" },
    },
    {
      name: "a list with another member",
      to: "{ partitions: 3, replicationFactor: 1, config: { retention.ms: 7d, cleanup.policy: 'compact,delete' } }",
      shows: [/cleanup\.policy +delete -> compact,delete/],
      overrides: { "retention.ms": "604800000", "cleanup.policy": "compact,delete" },
    },
    {
      name: "a retention cut, with its risk",
      to: "{ partitions: 3, replicationFactor: 1, config: { retention.ms: 1h, cleanup.policy: delete } }",
      shows: [/retention\.ms +7d -> 1h/],
      overrides: { "retention.ms": "3600000", "cleanup.policy": "delete" },
    },
    {
      name: "more partitions, with the risk that keys move",
      to: "{ partitions: 6, replicationFactor: 1, config: { retention.ms: 7d, cleanup.policy: delete } }",
      shows: [/partitions +3 -> 6/, /! keys move/],
      partitions: 6,
    },
  ];
  it.each(edits)("take $name, and converge", async ({ to, shows, overrides, partitions }) => {
    const { prefix, topic } = named();
    await inFolder(pipeline(prefix, start(topic)), async (user) => {
      await converges(user);
      await user.write("pipeline.yaml", pipeline(prefix, `${topic}: ${to}`));
      const plan = await user.kpipe("plan --detailed-exitcode");
      expect(plan.status).toBe(2);
      for (const line of shows) expect(plan.stdout).toMatch(line);
      await converges(user);
      if (overrides) expect(await overridesOf(topic)).toEqual(overrides);
      if (partitions) expect(await partitionsOf(topic)).toBe(partitions);
    });
  });

  it("refuse fewer partitions at the line that says so, and change nothing", async () => {
    const { prefix, topic } = named();
    await inFolder(pipeline(prefix, start(topic)), async (user) => {
      await converges(user);
      await user.write(
        "pipeline.yaml",
        pipeline(
          prefix,
          `${topic}:\n  partitions: 2\n  config: { retention.ms: 1d, cleanup.policy: delete }`,
        ),
      );
      for (const command of ["plan", "apply --auto-approve"]) {
        const refused = await user.kpipe(command);
        expect(refused.status).toBe(1);
        expect(refused.stdout + refused.stderr).toMatch(
          /error KP2003 +fewer partitions +pipeline\.yaml:9:17/,
        );
        expect(refused.stdout + refused.stderr).toContain(
          "the topic has 3, and Kafka can't remove partitions",
        );
      }
      expect(await overridesOf(topic)).toMatchObject({ "retention.ms": "604800000" });
    });
  });

  it("leave what somebody set by hand alone, and report it as drift", async () => {
    const { prefix, topic } = named();
    await inFolder(pipeline(prefix, start(topic)), async (user) => {
      await converges(user);
      await byHand(topic, "segment.bytes", "1048576");
      const plan = await user.kpipe("plan --detailed-exitcode");
      expect(plan.status).toBe(0);
      expect(plan.stdout).toContain("segment.bytes");
      expect(plan.stdout).toContain("left alone");
      expect(await user.kpipe("drift")).toMatchObject({ status: 2 });
      await user.kpipe("apply --auto-approve");
      expect(await overridesOf(topic)).toMatchObject({ "segment.bytes": "1048576" });
    });
  });

  it("reset what somebody set by hand where the file says `unmanagedConfig: reset`", async () => {
    const { prefix, topic } = named();
    const strict = `${topic}: { partitions: 3, unmanagedConfig: reset, config: { retention.ms: 7d } }`;
    await inFolder(pipeline(prefix, strict), async (user) => {
      await converges(user);
      await byHand(topic, "segment.bytes", "1048576");
      expect((await user.kpipe("plan")).stdout).toMatch(/segment\.bytes +1MiB -> \(unset\)/);
      await converges(user);
      expect(await overridesOf(topic)).toEqual({ "retention.ms": "604800000" });
    });
  });

  it("are put back after a change by hand, and `drift` says so", async () => {
    const { prefix, topic } = named();
    await inFolder(pipeline(prefix, start(topic)), async (user) => {
      await converges(user);
      expect(await user.kpipe("drift")).toMatchObject({ status: 0 });
      await byHand(topic, "retention.ms", "3600000");
      const drift = await user.kpipe("drift");
      expect(drift.status).toBe(2);
      expect(drift.stdout).toMatch(/retention\.ms +7d -> 1h/);
      await converges(user);
      expect(await overridesOf(topic)).toMatchObject({ "retention.ms": "604800000" });
    });
  });

  it("deleted by hand are drift, and created again", async () => {
    const { prefix, topic } = named();
    await inFolder(pipeline(prefix, start(topic)), async (user) => {
      await converges(user);
      await admin.deleteTopics({ topics: [topic] });
      const drift = await user.kpipe("drift");
      expect(drift.status).toBe(2);
      expect(drift.stdout).toContain(`topic/${topic}`);
      await converges(user);
    });
  });

  it("are never deleted by absence, nor by --prune beyond the budget, and tell what would be lost", async () => {
    const { prefix, topic } = named();
    const orphan = `${prefix}.orphan`;
    await admin.createTopics({ topics: [{ topic: orphan, numPartitions: 1 }] });
    const producer = client.producer();
    await producer.connect();
    await producer.send({ topic: orphan, messages: [{ value: "a" }, { value: "b" }] });
    await producer.disconnect();
    await inFolder(pipeline(prefix, start(topic)), async (user) => {
      expect(await converges(user)).not.toContain("- topic/");
      expect((await user.kpipe("plan")).stdout).toMatch(
        /1 orphan left alone:\s+topic\/\S+orphan \(2 records/,
      );
      for (const command of ["plan --prune", "apply --prune --auto-approve"]) {
        const guarded = await user.kpipe(command);
        expect(guarded.status).toBe(3);
        expect(guarded.stdout + guarded.stderr).toContain("policies.deletes.topic");
      }
      expect(await admin.listTopics()).toContain(orphan);

      await user.write(
        "pipeline.yaml",
        pipeline(prefix, start(topic), "policies: { deletes: { topic: 1 } }"),
      );
      const plan = await user.kpipe("plan --prune");
      expect(plan.status).toBe(0);
      expect(plan.stdout).toContain(`- topic/${orphan}`);
      expect(plan.stdout).toContain("2 records");
      await converges(user, "--prune");
      expect(await admin.listTopics()).not.toContain(orphan);
    });
  });

  it("refuse misspelt keys and impossible values before anything is asked, all at once", async () => {
    const { prefix, topic } = named();
    const wrong = `${topic}:\n  config:\n    retention.mss: 7d\n    cleanup.policy: shred\n  partitons: 3`;
    await inFolder(pipeline(prefix, wrong), async (user) => {
      const refused = await user.kpipe("plan");
      expect(refused.status).toBe(1);
      expect(refused.stderr).toContain("KP1104");
      expect(refused.stderr).toContain("did you mean retention.ms?");
      expect(refused.stderr).toContain("cleanup.policy");
      expect(refused.stderr).toContain("did you mean partitions?");
      expect(refused.stderr).toContain("3 errors. Nothing was changed.");
    });
  });

  it("refuse what only the broker can refuse, at its line", async () => {
    const { prefix, topic } = named();
    await inFolder(pipeline(prefix, `${topic}:\n  partitions: 1\n  replicationFactor: 2`), async (user) => {
      const refused = await user.kpipe("plan");
      expect(refused.status).toBe(1);
      expect(refused.stdout + refused.stderr).toMatch(/pipeline\.yaml:10:24/);
    });
  });

  async function byHand(topic: string, name: string, value: string): Promise<void> {
    const current = await overridesOf(topic);
    const entries = { ...current, [name]: value };
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name: topic,
          configEntries: Object.entries(entries).map(([key, it]) => ({ name: key, value: it })),
        },
      ],
    });
  }
});
