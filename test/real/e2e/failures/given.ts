import { randomUUID } from "node:crypto";
import kafkajs, { type Admin } from "kafkajs";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { type KafkaCluster, startKafka } from "../../../../stack/cluster.ts";
import { type ConnectWorker, startConnect } from "../../../../stack/connect.ts";
import { freePorts } from "../../../../stack/ports.ts";
import { type Project, project, type Ran } from "../../../builders/project.ts";
import { type FaultyProxy, startProxy } from "../../kafka/proxy.ts";
import { type ConnectProxy, startConnectProxy } from "./connect-proxy.ts";

/** A broker and a worker, each behind a proxy that kpipe goes through, and what others have on them. */
export interface Given {
  readonly cluster: () => KafkaCluster;
  readonly kafka: () => FaultyProxy;
  readonly connect: () => ConnectProxy;
  readonly admin: () => Admin;
  /** Asks the worker itself. */
  rest(method: string, path: string): Promise<unknown>;
  /** A user with names of its own. */
  user(): Promise<User>;
  /** What isn't kpipe's business is as it was. */
  expectOthersUntouched(): Promise<void>;
}

/** One pipeline, and the built binary run on it. */
export interface User extends Project {
  /** Begins the name of everything that the pipeline claims. */
  readonly prefix: string;
  declare(what: Declared): Promise<void>;
  /** Runs apply and then holds kpipe to it: the next plan is empty. */
  converges(): Promise<Ran>;
  expectConverged(): Promise<void>;
}

export interface Declared {
  /** YAML of one topic, by the name after the prefix. */
  readonly topics?: Readonly<Record<string, string>>;
  /** Further config of a file source that writes to the topic `lines`, by the name after the prefix. */
  readonly sources?: Readonly<Record<string, SourceEntry>>;
  /** Addresses. */
  readonly removed?: readonly string[];
  /** Other servers than the proxies. */
  readonly brokers?: string;
  readonly url?: string;
}

export interface SourceEntry {
  readonly config?: Readonly<Record<string, string>>;
  readonly state?: "running" | "paused" | "stopped";
}

/** Enough time for what passes, and little for what doesn't. */
export const hasty = "--timeout 2s --wait 8s";

const foreign = "foreign";
const source = "org.apache.kafka.connect.file.FileStreamSourceConnector";

/** Starts the servers before the tests of a file, and ends them after. */
export function given(): Given {
  let cluster: KafkaCluster;
  let worker: ConnectWorker;
  let kafka: FaultyProxy;
  let connect: ConnectProxy;
  let admin: Admin;
  let before: unknown;
  const users: User[] = [];

  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    kafka = await startProxy(port, "kpipe");
    // Clients that came through the proxy are sent to it again.
    cluster = await startKafka({
      ports: [port],
      properties: { "advertised.listeners": `PLAINTEXT://${kafka.address}` },
    });
    worker = await startConnect({ bootstrap: cluster.bootstrap });
    connect = await startConnectProxy(worker.url);
    admin = new kafkajs.Kafka({
      brokers: [...cluster.bootstrap],
      logLevel: kafkajs.logLevel.NOTHING,
    }).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: foreign, numPartitions: 2 }] });
    await rest("PUT", `/connectors/${foreign}/config`, {
      "connector.class": source,
      topic: foreign,
      file: "/dev/null",
    });
    await vi.waitFor(
      async () =>
        expect(await rest("GET", `/connectors/${foreign}/status`)).toMatchObject({
          connector: { state: "RUNNING" },
          tasks: [{ state: "RUNNING" }],
        }),
      { timeout: 60_000, interval: 200 },
    );
    before = await others();
  });
  afterAll(async () => {
    await admin?.disconnect();
    await Promise.all([connect?.close(), worker?.stop(), ...users.map((user) => user.remove())]);
    await cluster?.stop();
    await kafka?.close();
  });

  async function rest(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${worker.url}${path}`, {
      method,
      signal: AbortSignal.timeout(30_000),
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return text === "" ? undefined : JSON.parse(text);
  }

  async function others(): Promise<unknown> {
    const { topics } = await admin.fetchTopicMetadata({ topics: [foreign] });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: foreign }],
    });
    return {
      partitions: topics[0]?.partitions.length,
      config: resources[0]?.configEntries,
      connector: await rest("GET", `/connectors/${foreign}`),
    };
  }

  async function user(): Promise<User> {
    const prefix = `f${randomUUID().slice(0, 6)}.`;
    const place = await project();
    const one: User = {
      ...place,
      prefix,
      declare: (what) =>
        place.write("pipeline.yaml", pipeline(prefix, { brokers: kafka.address, url: connect.url, ...what })),
      async converges() {
        const ran = await place.kpipe(`apply --auto-approve ${hasty}`);
        expect(ran, ran.stdout + ran.stderr).toMatchObject({ status: 0 });
        await one.expectConverged();
        return ran;
      },
      async expectConverged() {
        const next = await place.kpipe("plan --detailed-exitcode");
        expect(next, next.stdout + next.stderr).toMatchObject({
          status: 0,
          stdout: expect.stringContaining("No changes."),
        });
      },
    };
    users.push(one);
    return one;
  }

  return {
    cluster: () => cluster,
    kafka: () => kafka,
    connect: () => connect,
    admin: () => admin,
    rest,
    user,
    expectOthersUntouched: async () => {
      expect(await others()).toEqual(before);
      expect(connect.written().filter((it) => it.includes(foreign))).toEqual([]);
    },
  };
}

function pipeline(
  prefix: string,
  { topics = {}, sources = {}, removed = [], brokers = "", url = "" }: Declared,
): string {
  const lines = { ...(Object.keys(sources).length > 0 && { lines: "{}" }), ...topics };
  return [
    "apiVersion: kpipe.dev/v1",
    "kind: Pipeline",
    "metadata: { name: failures }",
    "connections:",
    `  kafka: { brokers: ["${brokers}"] }`,
    `  connect: { url: "${url}" }`,
    `claim: { topics: ["${prefix}*"], connectors: ["${prefix}*"] }`,
    "defaults: { topic: { partitions: 1, replicationFactor: 1 } }",
    "policies: { deletes: { topic: 5, connector: 5 } }",
    `removed: ${JSON.stringify(removed)}`,
    "topics:",
    ...Object.entries(lines).map(([name, spec]) => `  ${prefix}${name}: ${spec}`),
    "connectors:",
    ...Object.entries(sources).map(([name, { config = {}, state = "running" }]) => {
      const whole = { topic: `${prefix}lines`, file: "/dev/null", ...config };
      return `  ${prefix}${name}: { class: ${source}, state: ${state}, config: ${JSON.stringify(whole)} }`;
    }),
    "",
  ].join("\n");
}
