import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import type { Clients } from "../../src/clients/clients.ts";
import { liveClients } from "../../src/clients/live/clients.ts";
import { capture } from "../../src/clients/recorded/capture/index.ts";
import { recordedCluster } from "../../src/clients/recorded/clients.ts";
import { parseRecording } from "../../src/clients/recorded/parse.ts";
import { printRecording } from "../../src/clients/recorded/print.ts";
import { nameOf } from "../../src/core/model.ts";
import { type ConnectWorker, startConnect } from "../../stack/connect.ts";
import { applicationsOn } from "./kafka/applications.ts";
import { position } from "./kafka/on-brokers.ts";

const run = `r${randomUUID().slice(0, 8)}`;
const topics = [`${run}.orders`, `${run}.empty`];
const groups = [`${run}.billing`, `${run}.idle`];
const [orders = "", empty = ""] = topics;
const [billing = "", idle = ""] = groups;
const leaky = `${run}-leaky`;

let worker: ConnectWorker;
let live: Clients;
let recorded: Clients;
let text: string;
let leave: () => Promise<void>;

beforeAll(async () => {
  const { bootstrap } = inject("kafka");
  worker = await startConnect({ bootstrap });
  live = liveClients(
    {
      kafka: { brokers: bootstrap, position },
      connect: new Map([["default", { url: worker.url, auth: { type: "none" }, position }]]),
    },
    { timeoutMs: 20_000, patienceMs: 60_000 },
  );
  await live.kafka.createTopics(
    [
      {
        name: orders,
        partitions: 3,
        replicationFactor: 1,
        config: new Map([["retention.ms", "100000"]]),
      },
      { name: empty, partitions: 1, replicationFactor: 1, config: new Map() },
    ],
    "execute",
  );
  await vi.waitFor(async () => expect((await live.kafka.offsets(topics)).size).toBe(2), 15_000);
  const applications = applicationsOn(bootstrap);
  await applications.produce(orders, 12);
  leave = await applications.join(billing, orders);
  await live.kafka.commit(idle, [{ topic: orders, partition: 0, offset: 7n }]);
  const config = new Map([
    ["connector.class", "org.apache.kafka.connect.file.FileStreamSourceConnector"],
    ["file", "/dev/null"],
    ["topic", orders],
    ["database.password", "s3cr3t-value"],
  ]);
  await live.connect.get("default")?.create(leaky, config, "paused");
  const scope = { within: (address: `${string}/${string}`) => nameOf(address).startsWith(run), times: [] };
  text = printRecording(await capture(live, scope));
  recorded = recordedCluster(parseRecording(text, "recorded.json")).clients;
});
afterAll(async () => {
  await leave?.();
  await live?.close();
  await worker?.stop();
});

describe("a recording of real servers answers as they do", () => {
  test.each<[question: string, ask: (clients: Clients) => Promise<unknown>]>([
    ["who answers", ({ kafka }) => kafka.cluster()],
    [
      "which topics there are",
      async ({ kafka }) =>
        (await kafka.topics())
          .filter(({ name }) => topics.includes(name))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ],
    ["what is set on them", ({ kafka }) => kafka.topicOverrides(topics)],
    ["how much they hold", async ({ kafka }) => [await kafka.offsets(topics), await kafka.sizes(topics)]],
    ["what brokers do of themselves", ({ kafka }) => kafka.topicCreation()],
    [
      "every config of a topic",
      async ({ kafka }) => (await kafka.topicConfig(orders))?.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    ],
    [
      "which groups there are",
      async ({ kafka }) =>
        (await kafka.groups())
          .filter(({ group }) => groups.includes(group))
          .toSorted((a, b) => (a.group < b.group ? -1 : 1)),
    ],
    ["who is in them", ({ kafka }) => kafka.describeGroups(groups)],
    ["what they have read", ({ kafka }) => kafka.committed(groups)],
    ["what is set on groups", ({ kafka }) => kafka.groupOverrides(groups)],
    ["who the worker is", ({ connect }) => connect.get("default")?.worker() ?? Promise.resolve()],
    [
      "what is installed on it",
      async ({ connect }) =>
        (await connect.get("default")?.plugins())?.toSorted((a, b) => (a.class < b.class ? -1 : 1)),
    ],
    [
      "what a plugin knows",
      async ({ connect }) =>
        (
          await connect.get("default")?.definitions("org.apache.kafka.connect.file.FileStreamSinkConnector")
        )?.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ],
    ["how a connector is", async ({ connect }) => (await connect.get("default")?.connector(leaky))?.status],
  ])("%s", async (_, ask) => {
    const [is, was] = [await ask(recorded), await ask(live)];
    expect(is).toEqual(was);
    expect(is).toBeDefined();
  });

  test("and has no secret of theirs", async () => {
    const config = (await live.connect.get("default")?.connector(leaky))?.config;
    expect(config?.get("database.password")).toBe("s3cr3t-value");
    const kept = (await recorded.connect.get("default")?.connector(leaky))?.config;
    expect(kept).toEqual(new Map([...(config ?? [])]).set("database.password", "[hidden]"));
    expect(text).not.toContain("s3cr3t-value");
  });
});
