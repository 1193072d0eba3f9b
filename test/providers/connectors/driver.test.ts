import { afterEach, describe, expect, test } from "vitest";
import type { ConnectPort } from "../../../src/clients/connect.ts";
import { connectCluster } from "../../../src/clients/live/connect/index.ts";
import { recordedKafka } from "../../../src/clients/recorded/clients.ts";
import type { Diagnostic } from "../../../src/core/errors.ts";
import type { Driver, Progress } from "../../../src/core/kind.ts";
import type { Change, Resource, World } from "../../../src/core/model.ts";
import { connectorDiff } from "../../../src/providers/connectors/diff.ts";
import { connectorDriver } from "../../../src/providers/connectors/driver/index.ts";
import type { LiveConnectors } from "../../../src/providers/connectors/driver/read.ts";
import type { ConnectorSpec } from "../../../src/providers/connectors/spec.ts";
import { stepClock } from "../../replay/clock.ts";
import { answer, type Exchange, type ReplayServer, replay, transcript } from "../../replay/server.ts";
import { AIVEN_SINK, AIVEN_SOURCE, DEBEZIUM_SINK, declared, worldOf } from "./given.ts";

const CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";
const LIST = "/connectors?expand=info&expand=status";
const position = { file: "pipeline.yaml", line: 2, column: 12, length: 3 };
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

interface Given {
  readonly driver: Driver<ConnectorSpec>;
  readonly servers: readonly ReplayServer[];
}

/** The first exchange of a request is played first, so what a test gives stands before these. */
const recorded = [transcript("connect/001-root"), transcript("connect/003-plugins")];

const unsaid = { automatic: undefined, partitions: undefined, replicationFactor: undefined };

/** A driver over replayed workers, by the names of their clusters, and a Kafka with these topics. */
async function given(
  workers: Readonly<Record<string, readonly Exchange[]>>,
  {
    topics = [],
    clusterId = CLUSTER,
    createsTopics,
  }: {
    readonly topics?: readonly string[];
    readonly clusterId?: string;
    readonly createsTopics?: boolean;
  } = {},
): Promise<Given> {
  const kafka = recordedKafka({
    kind: "Recording",
    formatVersion: 1,
    kafka: {
      clusterId,
      brokers: [{ id: 1, host: "b", port: 9092 }],
      topics: Object.fromEntries(topics.map((name) => [name, { partitions: [{ replicas: [1] }] }])),
    },
  });
  const servers: ReplayServer[] = [];
  const ports = new Map<string, ConnectPort>();
  for (const [name, exchanges] of Object.entries(workers)) {
    const server = await replay([...exchanges, ...recorded]);
    const options = { timeoutMs: 2_000, patienceMs: 60_000, clock: stepClock() };
    const port = connectCluster({ url: server.url, auth: { type: "none" }, position }, options);
    ports.set(name, port);
    servers.push(server);
    open.push(port, server);
  }
  const clients = {
    kafka:
      createsTopics === undefined
        ? kafka
        : { ...kafka, topicCreation: async () => ({ ...unsaid, automatic: createsTopics }) },
    connect: ports,
    notChecked: () => [],
    close: async () => {},
  };
  return { driver: connectorDriver(clients), servers };
}

const asked = ({ servers: [server] }: Given) =>
  (server?.received ?? []).map(({ method, path }) => `${method} ${path}`).filter((it) => it !== "GET /");

function info(
  config: Readonly<Record<string, string>>,
  state = "RUNNING",
  tasks: readonly string[] = ["RUNNING"],
) {
  const part = (it: string) => ({
    state: it,
    worker_id: "w:8083",
    ...(it === "FAILED" && { trace: "a.B: broken\n" }),
  });
  return {
    info: { name: "orders", config: { name: "orders", ...config }, tasks: [], type: "sink" },
    status: {
      name: "orders",
      connector: part(state),
      tasks: tasks.map((it, id) => ({ id, ...part(it) })),
      type: "sink",
    },
  };
}

const sinkEntry = `class: ${AIVEN_SINK}
config:
  topics: orders
  connection.url: jdbc:postgresql://db/shop
  connection.password: \${env.PASSWORD}`;
const environment = { PASSWORD: "hunter2" };
const sinkConfig = {
  "connector.class": AIVEN_SINK,
  topics: "orders",
  "connection.url": "jdbc:postgresql://db/shop",
  "connection.password": "hunter2",
};

async function read(driver: Driver<ConnectorSpec>, resources: readonly Resource<ConnectorSpec>[] = []) {
  const desired = new Map(resources.map((it) => [it.address, it]));
  return driver.read({ declared: new Set(desired.keys()), claims: () => true, desired });
}

/** What the planner makes of a declared connector and the live one of its name. */
function changeOf(desired: Resource<ConnectorSpec>, live: LiveConnectors): Change<ConnectorSpec> {
  const { address, position } = desired;
  const planned = { address, position, desired, risks: [], after: [] };
  const found = live.get(address);
  return found === undefined
    ? { ...planned, action: "create", vanished: false }
    : { ...planned, action: "update", live: found, fields: connectorDiff(found, desired).fields };
}

const said = ({ severity, code, message, position }: Diagnostic) =>
  `${severity === "error" ? "" : "warning "}${code} ${position?.line}:${position?.column} ${message}`;

async function outcomes(progress: AsyncIterable<Progress>): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const it of progress) {
    if (it.type === "failed") lines.push(`failed ${it.diagnostic.code} ${it.diagnostic.message}`);
    else lines.push(`${it.type} ${it.message}`);
  }
  return lines;
}

describe("reading", () => {
  test("takes one request for all connectors, and hides what is secret in them", async () => {
    const it = await given({ default: [answer("GET", LIST, 200, { orders: info(sinkConfig) })] });
    const found = await read(it.driver);
    expect(asked(it)).toEqual([`GET ${LIST}`]);
    expect(JSON.stringify([...found.values()])).not.toContain("hunter2");
  });

  test("asks a plugin that kpipe doesn't know which of its keys are passwords", async () => {
    const config = { "connector.class": "io.example.Sink", topics: "a", "very.private": "hunter2" };
    const definition = { name: "very.private", type: "PASSWORD", required: false };
    const it = await given({
      default: [
        answer("GET", LIST, 200, { orders: info(config) }),
        answer("GET", "/connector-plugins/io.example.Sink/config", 200, [definition]),
      ],
    });
    expect(JSON.stringify([...(await read(it.driver)).values()])).not.toContain("hunter2");
  });

  test("another Kafka than the file's is refused before anything is planned", async () => {
    const it = await given({ default: [] }, { clusterId: "other" });
    await expect(read(it.driver)).rejects.toThrow(
      `KP2057 Connect cluster default works on Kafka ${CLUSTER}, and connections.kafka is other`,
    );
  });

  test("looks for a declared connector on its own cluster", async () => {
    const on = (topic: string) => [
      answer("GET", LIST, 200, { orders: info({ ...sinkConfig, topics: topic }) }),
    ];
    const it = await given({ main: on("a"), lake: on("b") });
    const resource = declared(`${sinkEntry}\nconnect: lake`, { environment });
    expect((await read(it.driver, [resource])).get("connector/orders")?.spec).toMatchObject({
      connect: "lake",
      config: { topics: "b" },
    });
    expect((await read(it.driver)).get("connector/orders")?.spec.connect).toBe("main");
  });

  test("without Connect there is nothing, and nobody is asked", async () => {
    expect((await read((await given({})).driver)).size).toBe(0);
  });
});

describe("the class behind a type", () => {
  const sink = declared("type: jdbc-sink\nconfig: { topics: a, connection.url: b }");
  const source = declared("type: jdbc-source\nconfig: { connection.url: b, mode: bulk, topic.prefix: c }");
  async function settle(
    resource: Resource<ConnectorSpec>,
    plugins?: readonly string[],
    actual: World["actual"] = new Map(),
  ): Promise<readonly string[]> {
    const list = plugins?.map((it) => ({ class: it, type: "sink", version: "1" }));
    const installed = list ? [answer("GET", "/connector-plugins", 200, list)] : [];
    const { driver } = await given({ default: installed });
    const settled = await driver.settle?.([resource], actual);
    return [
      ...(settled?.resources ?? []).map(({ spec }) => spec.class),
      ...(settled?.diagnostics ?? []).map(({ code, message }) => `${code} ${message}`),
    ];
  }

  test("is the only plugin that fits", async () => {
    expect(await settle(source)).toEqual([AIVEN_SOURCE]);
  });

  test("is asked for where several fit", async () => {
    expect(await settle(sink)).toEqual([
      "jdbc-sink",
      `KP2052 jdbc-sink may be ${AIVEN_SINK} or ${DEBEZIUM_SINK}`,
    ]);
  });

  test("is that of the live connector where several fit", async () => {
    const spec = { ...sink.spec, class: DEBEZIUM_SINK };
    const actual = new Map([
      ["connector/orders" as const, { address: "connector/orders" as const, spec, health: [] }],
    ]);
    expect(await settle(sink, undefined, actual)).toEqual([DEBEZIUM_SINK]);
  });

  test("is told missing with what is installed", async () => {
    expect(await settle(source, ["io.example.Sink"])).toEqual([
      "jdbc-source",
      "KP2051 no jdbc-source plugin is installed\nInstalled are:\nio.example.Sink 1",
    ]);
  });

  test.each([
    [
      "a class that isn't installed",
      "io.example.Other",
      [
        "io.example.Other",
        "KP2051 io.example.Other is not installed\nInstalled are:\nio.example.FileSinkConnector 1",
      ],
    ],
    ["a class by its short name", "FileSink", ["FileSink"]],
  ])("%s", async (_case, name, expected) => {
    expect(await settle(declared(`class: ${name}`), ["io.example.FileSinkConnector"])).toEqual(expected);
  });

  test("several clusters want a choice", async () => {
    const it = await given({ main: [], lake: [] });
    const settled = await it.driver.settle?.([declared("class: X")], new Map());
    expect(settled?.diagnostics.map(({ message, next }) => [message, next])).toEqual([
      [
        "it doesn't say on which Connect cluster: there is main, lake",
        "Give it `connect: main`, or another of them.",
      ],
    ]);
  });

  test("an unknown Connect cluster is told with those that there are", async () => {
    expect(await settle(declared("{ class: X, connect: lake }"))).toEqual([
      "X",
      "KP2050 there is no Connect cluster lake; there is default",
    ]);
  });
});

describe("checking", () => {
  const validation = (name: string, path: string): Exchange => ({
    ...transcript(name),
    path: `/connector-plugins/${path}/config/validate`,
  });

  async function check(
    entry: string,
    exchanges: readonly Exchange[],
    world: World = worldOf({}),
    topics: readonly string[] = [],
  ) {
    const it = await given({ default: exchanges }, { topics });
    const resource = declared(entry, { environment });
    const verdict = await it.driver.check([changeOf(resource, new Map())], world);
    return [...verdict.diagnostics.map(said), ...verdict.notChecked];
  }

  const source = `class: ${AIVEN_SOURCE}
config:
  connection.url: jdbc:postgresql://127.0.0.1:5433/demo
  mode: incrementing
  incrementing.column.name: id
  table.whitelist: orders
  topic.prefix: pg-`;
  const valid = answer("PUT", `/connector-plugins/${AIVEN_SOURCE}/config/validate`, 200, { configs: [] });

  test("errors of the worker stand at the lines of their keys, those of no line at the config", async () => {
    const found = await check(`class: ${AIVEN_SINK}\nconfig:\n  topics: a\n  connection.url: b`, [
      answer("PUT", `/connector-plugins/${AIVEN_SINK}/config/validate`, 200, {
        configs: [
          { value: { name: "topics", errors: ["Topics are wrong."] } },
          {
            value: {
              name: "elsewhere",
              errors: ['Missing required configuration "elsewhere" which has no default value.'],
            },
          },
        ],
      }),
    ]);
    expect(found).toEqual([
      "KP2053 8:15 topics are wrong",
      'KP2053 7:5 missing required configuration "elsewhere" which has no default value',
    ]);
  });

  test("one fault is told once, a database that isn't reached at its address", async () => {
    const message = String(
      (transcript("connect/085-create-source-bad-db-400").body as { message: string }).message.split("\n")[1],
    );
    const errors = ["table.whitelist", "table.blacklist"].map((name) => ({
      value: { name, errors: [message] },
    }));
    const found = await check(
      source,
      [{ ...valid, body: { configs: errors } }],
      worldOf({ declared: ["pg-orders"] }),
    );
    expect(found).toEqual([
      expect.stringMatching(/^KP2053 8:23 can't get recommended tables: .*Connection to 127.0.0.1:1 refused/),
    ]);
  });

  test("a recorded validation of a source that lacks everything", async () => {
    const found = await check(
      `class: ${AIVEN_SOURCE}\nconfig: { connection.url: x, mode: bulk, topic.prefix: y }`,
      [validation("connect/041-validate-missing-required", AIVEN_SOURCE)],
    );
    expect(found).toEqual([
      'KP2053 7:31 missing required configuration "connection.url" which has no default value',
      "KP2053 7:5 can't get recommended tables: connection.url cannot be null",
      'KP2053 7:40 missing required configuration "mode" which has no default value',
      'KP2053 7:60 missing required configuration "topic.prefix" which has no default value',
    ]);
  });

  test("a class that the worker refuses is told at the class", async () => {
    const found = await check("class: JdbcSinkConnector\nconfig: { topics: a }", [
      { ...transcript("connect/042-validate-short-name") },
    ]);
    expect(found).toEqual([
      "KP2053 6:12 more than one connector matches alias JdbcSinkConnector. Please use full package and class name instead",
    ]);
  });

  const unknown = { ...transcript("connect/044-validate-unknown-connector") };

  test("a class that isn't installed was told before", async () => {
    expect(await check("class: does.not.Exist", [unknown])).toEqual([]);
  });

  test("but not that of a live connector, whose plugin has gone", async () => {
    const live = info({ "connector.class": "does.not.Exist" });
    const it = await given({ default: [answer("GET", LIST, 200, { orders: live }), unknown] });
    const resource = declared("class: does.not.Exist\nconfig: { topics: a }");
    const actual = await read(it.driver, [resource]);
    const { diagnostics } = await it.driver.check([changeOf(resource, actual)], worldOf({}));
    expect(diagnostics).toMatchObject([
      { code: "KP2053", next: expect.stringMatching(/^Installed are io\.aiven\.connect/) },
    ]);
  });

  test("a secret that isn't set leaves the config unchecked", async () => {
    const it = await given({ default: [] });
    const resource = declared(sinkEntry, { mode: "offline" });
    expect(await it.driver.check([changeOf(resource, new Map())], worldOf({}))).toEqual({
      diagnostics: [],
      notChecked: ["connector/orders: its config, because PASSWORD is not set"],
    });
    expect(asked(it)).toEqual([]);
  });

  test("a change of state alone asks nothing", async () => {
    const it = await given({ default: [answer("GET", LIST, 200, { orders: info(sinkConfig) })] });
    const live = await read(it.driver);
    const resource = declared(`${sinkEntry}\nstate: paused`, { environment });
    await it.driver.check([changeOf(resource, live)], worldOf({}));
    expect(asked(it)).toEqual([`GET ${LIST}`]);
  });

  const missing =
    "warning KP2054 12:21 topic pg-orders is not there: if the brokers don't create it, it runs and writes nothing";

  test.each<[string, string, World, readonly string[], readonly string[]]>([
    ["that nobody creates", source, worldOf({}), [], [missing]],
    ["that is declared", source, worldOf({ declared: ["pg-orders"] }), [], []],
    ["that is read", source, worldOf({ live: ["pg-orders"] }), [], []],
    ["outside the claim", source, worldOf({}), ["pg-orders"], []],
    ["that the connector creates", `${source}\n  topic.creation.default.partitions: 1`, worldOf({}), [], []],
  ])("a source's topic %s", async (_case, entry, world, topics, expected) => {
    expect(await check(entry, [valid], world, topics)).toEqual(expected);
  });

  test.each<[string, boolean, readonly string[]]>([
    [
      "is an error where the brokers create none",
      false,
      ["KP2054 12:21 topic pg-orders is not there and nobody creates it: it would run and write nothing"],
    ],
    ["is nothing to say where they do", true, []],
  ])("such a topic %s", async (_case, createsTopics, expected) => {
    const it = await given({ default: [valid] }, { createsTopics });
    const { diagnostics } = await it.driver.check([changeOf(declared(source), new Map())], worldOf({}));
    expect(diagnostics.map(said)).toEqual(expected);
  });

  test("what the chosen plugin alone objects to is told when it is known", async () => {
    const it = await given({
      default: [answer("PUT", `/connector-plugins/${DEBEZIUM_SINK}/config/validate`, 200, { configs: [] })],
    });
    const resource = declared(
      "type: jdbc-sink\nconfig: { topics: a, connection.url: b, pk.mode: record_key }",
    );
    const settled = { ...resource, spec: { ...resource.spec, class: DEBEZIUM_SINK } };
    const { diagnostics } = await it.driver.check([changeOf(settled, new Map())], worldOf({}));
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "KP1214 did you mean primary.key.mode?",
    ]);
  });

  test("a connector of the same name on another cluster is told", async () => {
    const validate = answer("PUT", `/connector-plugins/${AIVEN_SINK}/config/validate`, 200, { configs: [] });
    const other = [
      answer("GET", "/connectors/orders", 200, { config: {} }),
      answer("GET", "/connectors/orders/status", 200, {}),
    ];
    const it = await given({ main: [validate], lake: other });
    const resource = declared(`${sinkEntry}\nconnect: main`, { environment });
    const { diagnostics } = await it.driver.check([changeOf(resource, new Map())], worldOf({}));
    expect(diagnostics.map(said)).toEqual([
      "warning KP2058 5:3 Connect cluster lake has a connector of this name too",
    ]);
  });
});

describe("applying", () => {
  const running = answer("GET", "/connectors/orders/status", 200, info({}).status);
  const failing = answer(
    "GET",
    "/connectors/orders/status",
    200,
    info({}, "RUNNING", ["RUNNING", "FAILED"]).status,
  );
  const created = answer("POST", "/connectors", 201, {});
  const put = answer("PUT", "/connectors/orders/config", 200, {});
  const never = new AbortController().signal;

  async function apply(
    entry: string,
    exchanges: readonly Exchange[],
    live?: ReturnType<typeof info>,
    signal = never,
  ) {
    const list = answer("GET", LIST, 200, live === undefined ? {} : { orders: live });
    const it = await given({ default: [list, ...exchanges] });
    const resource = declared(entry, { environment });
    const actual = await read(it.driver, [resource]);
    const done = await outcomes(it.driver.apply([changeOf(resource, actual)], worldOf({}), signal));
    return { done, sent: asked(it).filter((path) => !path.startsWith("GET")), it };
  }

  test("a create is done when the tasks run", async () => {
    const { done, it } = await apply(sinkEntry, [created, running]);
    expect(done).toEqual(["progress 1 of 1 tasks running", "done running, 1 task"]);
    expect(it.servers[0]?.received.find(({ method }) => method === "POST")?.body).toEqual({
      name: "orders",
      config: { name: "orders", ...sinkConfig },
    });
  });

  test("a create that a task fails shows the task and its trace", async () => {
    const { done } = await apply(sinkEntry, [created, failing]);
    expect(done.at(-1)).toBe("failed KP4051 task 1 failed\na.B: broken");
  });

  test("a create that the worker refuses", async () => {
    const { done } = await apply(sinkEntry, [answer("POST", "/connectors", 400, { message: "bad hunter2" })]);
    expect(done).toEqual(["failed KP4050 bad (secret)"]);
  });

  const exists = answer("POST", "/connectors", 409, { message: "Connector orders already exists" });

  test("a create that somebody else was faster with is done if it is the same", async () => {
    const found = answer("GET", "/connectors/orders", 200, info(sinkConfig).info);
    const { done } = await apply(sinkEntry, [exists, found, running]);
    expect(done.at(-1)).toBe("done running, 1 task");
  });

  test("and failed if it is another one", async () => {
    const found = answer("GET", "/connectors/orders", 200, info({ ...sinkConfig, topics: "x" }).info);
    const { done } = await apply(sinkEntry, [exists, found, running]);
    expect(done.at(-1)).toEqual("failed KP4053 somebody else created it meanwhile, with another topics");
  });

  test("of two creates at the same moment the last one wins, which is told", async () => {
    const found = answer("GET", "/connectors/orders", 200, info({ ...sinkConfig, topics: "x" }).info);
    const { done } = await apply(sinkEntry, [created, found, running]);
    expect(done.at(-1)).toBe("failed KP4053 somebody else created it meanwhile, with another topics");
  });

  const changed = { ...sinkConfig, topics: "sales" };
  const verb = (name: string) => answer("PUT", `/connectors/orders/${name}`, 202);
  const states = (state: string) =>
    answer("GET", "/connectors/orders/status", 200, info({}, state, []).status);

  test.each<[string, string, ReturnType<typeof info>, readonly Exchange[], readonly string[]]>([
    ["a config", sinkEntry, info(changed), [put, running], ["PUT /connectors/orders/config"]],
    [
      "config and state, to rest first",
      `${sinkEntry}\nstate: stopped`,
      info(changed),
      [put, verb("stop"), states("STOPPED")],
      ["PUT /connectors/orders/stop", "PUT /connectors/orders/config"],
    ],
    [
      "config and state, to run last",
      sinkEntry,
      info(changed, "STOPPED", []),
      [put, verb("resume"), running],
      ["PUT /connectors/orders/config", "PUT /connectors/orders/resume"],
    ],
    [
      "a state",
      `${sinkEntry}\nstate: paused`,
      info(sinkConfig),
      [verb("pause"), states("PAUSED")],
      ["PUT /connectors/orders/pause"],
    ],
    [
      "a failed task",
      sinkEntry,
      info(sinkConfig, "RUNNING", ["FAILED"]),
      [answer("POST", "/connectors/orders/restart?includeTasks=true&onlyFailed=true", 202, {}), running],
      ["POST /connectors/orders/restart?includeTasks=true&onlyFailed=true"],
    ],
    [
      "a failed task with a new config",
      sinkEntry,
      info(changed, "RUNNING", ["FAILED"]),
      [put, answer("POST", "/connectors/orders/restart?includeTasks=true&onlyFailed=true", 202, {}), running],
      ["PUT /connectors/orders/config", "POST /connectors/orders/restart?includeTasks=true&onlyFailed=true"],
    ],
  ])("%s is changed", async (_case, entry, live, exchanges, expected) => {
    const { done, sent } = await apply(entry, exchanges, live);
    expect(sent).toEqual(expected);
    expect(done.at(-1)).toMatch(/^done/);
  });

  test.each([
    ["no tasks", [states("RUNNING")], "done running, no tasks: it found nothing to do"],
    ["never up", [states("UNASSIGNED")], "failed KP4052 starting, not yet running"],
    [
      "gone meanwhile",
      [answer("GET", "/connectors/orders/status", 404, { message: "No status" })],
      "failed KP4054 is not there any more",
    ],
  ])("%s", async (_case, exchanges, expected) => {
    const { done } = await apply(sinkEntry, [put, ...exchanges], info(changed));
    expect(done.at(-1)).toBe(expected);
  });

  test("a delete", async () => {
    const it = await given({
      default: [
        answer("GET", LIST, 200, { orders: info(sinkConfig) }),
        answer("DELETE", "/connectors/orders", 204),
      ],
    });
    const live = (await read(it.driver)).get("connector/orders");
    if (live === undefined) throw new Error("not read");
    const change: Change<ConnectorSpec> = {
      action: "delete",
      by: "prune",
      address: live.address,
      live,
      risks: [],
      after: [],
    };
    expect(await outcomes(it.driver.apply([change], worldOf({}), never))).toEqual(["done deleted"]);
  });

  test("nothing is started after an interrupt", async () => {
    const { done, sent } = await apply(sinkEntry, [created], undefined, AbortSignal.abort());
    expect([done, sent]).toEqual([[], []]);
  });
});

describe("evidence of a delete", () => {
  test.each([
    [
      "a connector that runs",
      "RUNNING",
      [{ code: "in-use", message: "it is running, and reads topic/orders" }],
      true,
    ],
    ["one that rests", "PAUSED", [], false],
  ])("%s", async (_case, state, risks, isRunning) => {
    const it = await given({
      default: [
        answer("GET", LIST, 200, { orders: info(sinkConfig, state) }),
        answer("GET", "/connectors/orders/topics", 200, { orders: { topics: ["orders"] } }),
      ],
    });
    const live = (await read(it.driver)).get("connector/orders");
    if (live === undefined) throw new Error("not read");
    const change: Change<ConnectorSpec> = {
      action: "delete",
      by: "prune",
      address: live.address,
      live,
      risks: [],
      after: [],
    };
    expect(await it.driver.assess([change], worldOf({}))).toEqual([
      { address: "connector/orders", risks, facts: { running: isRunning, topics: ["orders"] } },
    ]);
  });
});
