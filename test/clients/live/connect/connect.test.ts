import { afterEach, describe, expect, test } from "vitest";
import type { ConnectorStatus, ConnectPort, ConnectResult } from "../../../../src/clients/connect.ts";
import { connectCluster } from "../../../../src/clients/live/connect/index.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { stepClock } from "../../../replay/clock.ts";
import {
  answer,
  dropped,
  type Exchange,
  type ReplayServer,
  replay,
  startingPage,
  transcript,
} from "../../../replay/server.ts";

const position = { file: "pipeline.yaml", line: 7, column: 12, length: 3 };
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

async function against(
  exchanges: readonly Exchange[],
): Promise<{ readonly port: ConnectPort; readonly server: ReplayServer }> {
  const server = await replay(exchanges);
  const port = connectCluster(
    { url: server.url, auth: { type: "none" }, position },
    { timeoutMs: 2_000, patienceMs: 60_000, clock: stepClock() },
  );
  open.push(port, server);
  return { port, server };
}

const recorded = (...names: readonly string[]) => against(names.map((it) => transcript(`connect/${it}`)));
const asked = ({ received }: ReplayServer) => received.map(({ method, path }) => `${method} ${path}`);
const never = new AbortController().signal;

async function all<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

describe("reading", () => {
  test("who answers", async () => {
    const { port } = await recorded("001-root");
    expect(await port.worker()).toEqual({ version: "4.3.1", kafkaClusterId: "MkU3OEVBNTcwNTJENDM2Qk" });
  });

  test("the plugins", async () => {
    const { port } = await recorded("003-plugins");
    expect(await port.plugins()).toContainEqual({
      class: "io.aiven.connect.jdbc.JdbcSourceConnector",
      type: "source",
      version: "6.12.0-SNAPSHOT-eef3e685",
    });
  });

  test("the keys of a plugin with their types, and none of one that the worker can't tell", async () => {
    const { port } = await recorded("005-plugin-config-source", "006-plugin-config-unknown");
    const keys = await port.definitions("io.aiven.connect.jdbc.JdbcSourceConnector");
    expect(keys).toContainEqual({ name: "connection.password", type: "password", required: false });
    expect(keys).toContainEqual({ name: "topic.prefix", type: "string", required: true });
    expect(await port.definitions("does.not.Exist")).toBeUndefined();
  });

  test("all connectors with config, status and tasks in one request", async () => {
    const file = transcript("connect/013-connectors-expand-both");
    const { port, server } = await against([{ ...file, path: "/connectors?expand=info&expand=status" }]);
    const found = await port.connectors();
    expect(asked(server)).toHaveLength(1);
    expect([...found.keys()].toSorted()).toEqual(["pg-sink", "pg-source"]);
    expect(found.get("pg-source")?.config.get("mode")).toBe("incrementing");
    expect(found.get("pg-source")?.status).toEqual({
      type: "source",
      connector: { state: "running", worker: "127.0.0.1:8083" },
      tasks: [{ state: "running", worker: "127.0.0.1:8083" }],
    });
  });

  test("leaves out a connector that is deleted meanwhile", async () => {
    const { port } = await against([
      answer("GET", "/connectors?expand=info&expand=status", 200, { gone: { status: { type: "unknown" } } }),
    ]);
    expect((await port.connectors()).size).toBe(0);
  });

  test("keeps a null that somebody stored", async () => {
    const { port } = await against([
      answer("GET", "/connectors/nullv", 200, { config: { file: null }, type: "source" }),
    ]);
    expect((await port.connector("nullv"))?.config).toEqual(new Map([["file", null]]));
  });

  test("one connector, its failed tasks with their traces", async () => {
    const { port } = await against([
      answer("GET", "/connectors/pg-sink-fail", 200, { config: {}, type: "sink" }),
      transcript("connect/075-status-failed-task"),
    ]);
    const live = await port.connector("pg-sink-fail");
    expect(live?.status.tasks[0]).toMatchObject({
      state: "failed",
      trace: expect.stringContaining('Table "no_such" is missing and auto-creation is disabled'),
    });
  });

  test("a connector that isn't there is undefined", async () => {
    const { port } = await recorded("018-connector-404");
    expect(await port.connector("nope")).toBeUndefined();
  });

  test("the topics that a connector has used", async () => {
    const { port } = await recorded("022-topics");
    expect(await port.activeTopics("pg-sink")).toEqual(["pg-orders"]);
  });

  test("a name with characters of URLs", async () => {
    const { port, server } = await against([]);
    await port.connector("a b?c#d");
    expect(asked(server)).toEqual(["GET /connectors/a%20b%3Fc%23d"]);
  });
});

describe("validating", () => {
  const source = "io.aiven.connect.jdbc.JdbcSourceConnector";

  test("errors come per key, each message once", async () => {
    const { port } = await recorded("041-validate-missing-required");
    const { errors } = await port.validate(
      new Map([
        ["connector.class", source],
        ["name", "v1"],
      ]),
    );
    expect(errors.map(({ key }) => key)).toEqual([
      "connection.url",
      "table.whitelist",
      "table.blacklist",
      "mode",
      "topic.prefix",
    ]);
    expect(errors[0]?.messages).toEqual([
      'Missing required configuration "connection.url" which has no default value.',
    ]);
  });

  test.each([
    [
      "a class that isn't installed",
      "044-validate-unknown-connector",
      "does.not.Exist",
      "Failed to find any class that implements Connector and which name matches does.not.Exist",
    ],
    [
      "a short name of several classes",
      "042-validate-short-name",
      "JdbcSinkConnector",
      "More than one connector matches alias JdbcSinkConnector. Please use full package and class name instead.",
    ],
  ])("%s is a refusal in few words", async (_case, file, plugin, refusal) => {
    const { port } = await recorded(file);
    const config = new Map([
      ["connector.class", plugin],
      ["name", "v1"],
    ]);
    expect(await port.validate(config)).toEqual({ errors: [], refusal });
  });

  test("secrets that an answer quotes are left out of it", async () => {
    const { port } = await against([
      answer("PUT", "/connector-plugins/X/config/validate", 200, {
        configs: [{ value: { name: "connection.url", errors: ["no connection to //app:hunter2@db"] } }],
      }),
    ]);
    const config = new Map<string, string | Secret>([
      ["connector.class", "X"],
      ["connection.password", Secret.of("hunter2")],
    ]);
    expect((await port.validate(config)).errors).toEqual([
      { key: "connection.url", messages: ["no connection to //app:(secret)@db"] },
    ]);
  });
});

describe("writing", () => {
  const config = new Map<string, string | Secret>([
    ["connector.class", "X"],
    ["connection.password", Secret.of("kafka")],
  ]);
  const body = { "connector.class": "X", "connection.password": "kafka" };

  test("create sends config and name, secrets in clear", async () => {
    const { port, server } = await recorded("007-create-source");
    expect(await port.create("pg-source", config, "running")).toEqual({ ok: true });
    expect(server.received[0]?.body).toEqual({ name: "pg-source", config: body });
  });

  test("create in a state", async () => {
    const { port, server } = await recorded("089-create-initial-stopped");
    expect(await port.create("init-stopped", config, "stopped")).toEqual({ ok: true });
    expect(server.received[0]?.body).toMatchObject({ initial_state: "STOPPED" });
  });

  test("create in a state on a worker that can't: created, then stopped", async () => {
    const unknown = transcript("connect/037-create-unknown-field");
    const message = 'Unrecognized field "initial_state" (class CreateConnectorRequest)';
    const { port, server } = await against([
      { ...unknown, body: { error_code: 500, message } },
      transcript("connect/007-create-source"),
      transcript("connect/055-stop"),
    ]);
    expect(await port.create("pg-source", config, "stopped")).toEqual({ ok: true });
    expect(asked(server)).toEqual(["POST /connectors", "POST /connectors", "PUT /connectors/pg-source/stop"]);
  });

  test.each([
    ["a name that exists", "030-create-duplicate-409", "exists", "Connector pg-source already exists"],
    [
      "an invalid config",
      "033-create-invalid-config-400",
      "invalid",
      expect.stringMatching(
        /^Connector configuration is invalid and contains the following 8 error.*required/s,
      ),
    ],
    [
      "an answer that the worker should not give",
      "036-create-no-body",
      "failed",
      expect.stringContaining("HTTP 500: Cannot invoke"),
    ],
  ])("create refused: %s", async (_case, file, reason, message) => {
    const { port } = await recorded(file);
    expect(await port.create("pg-source", config, "running")).toEqual({
      ok: false,
      failure: { reason, message },
    });
  });

  test("an error that quotes the whole config shows no secret of it", async () => {
    const { port } = await against([
      answer("POST", "/connectors", 400, {
        message: "Connector config {name=x, connection.password=kafka} contains no connector type",
      }),
    ]);
    expect(await port.create("x", config, "running")).toMatchObject({
      failure: {
        message: "Connector config {name=x, connection.password=(secret)} contains no connector type",
      },
    });
  });

  test("a secret without a value is never sent", async () => {
    const { port, server } = await against([]);
    const unset = new Map([["connection.password", Secret.unresolved(["DB_PASSWORD"])]]);
    await expect(port.putConfig("x", unset)).rejects.toThrow("KP3029 DB_PASSWORD is not set");
    expect(server.received).toEqual([]);
  });

  test.each([
    ["running", "052-resume", "resume"],
    ["paused", "047-pause", "pause"],
    ["stopped", "055-stop", "stop"],
  ] as const)("state %s", async (state, file, verb) => {
    const { port, server } = await recorded(file);
    expect(await port.setState("pg-source", state)).toEqual({ ok: true });
    expect(asked(server)).toEqual([`PUT /connectors/pg-source/${verb}`]);
  });

  test("restart of what failed", async () => {
    const { port } = await recorded("079-restart-include-tasks-only-failed");
    expect(await port.restartFailed("pg-sink-fail")).toEqual({ ok: true });
  });

  test("a connector that is gone is missing for a restart, and deleted for a delete", async () => {
    const { port } = await recorded("051-pause-404", "113-delete-404");
    expect(await port.setState("nope", "paused")).toEqual({
      ok: false,
      failure: { reason: "missing", message: "Unknown connector nope" },
    });
    expect(await port.delete("nope")).toEqual({ ok: true });
  });
});

describe("what passes by itself is waited for", () => {
  const conflict = (method: string, path: string) => ({
    ...transcript("connect/209-conflict-rebalance"),
    method,
    path,
  });
  const config = new Map([["connector.class", "X"]]);

  test("a rebalance", async () => {
    const { port, server } = await against([
      conflict("PUT", "/connectors/pg-sink/config"),
      conflict("PUT", "/connectors/pg-sink/config"),
      transcript("connect/098-put-config-update-200"),
    ]);
    expect(await port.putConfig("pg-sink", config)).toEqual({ ok: true });
    expect(asked(server)).toHaveLength(3);
  });

  test("a rebalance that lasts is told, in the worker's words", async () => {
    const { port } = await against([conflict("PUT", "/connectors/pg-sink/config")]);
    expect(await port.putConfig("pg-sink", config)).toEqual({
      ok: false,
      failure: { reason: "busy", message: expect.stringContaining("stale configuration") },
    });
  });

  test("a 500 because a rebalance is expected", async () => {
    const { port } = await against([
      answer("GET", "/connectors/pg-source", 500, {
        message: "Cannot get config because a rebalance is expected",
      }),
      transcript("connect/016-connector-get"),
      transcript("connect/020-status-running"),
    ]);
    expect(await port.connector("pg-source")).toBeDefined();
  });

  test("a name that exists is no rebalance", async () => {
    const { port, server } = await recorded("030-create-duplicate-409");
    await port.create("pg-source", config, "running");
    expect(asked(server)).toHaveLength(1);
  });

  test("a worker that is starting", async () => {
    const { port } = await against([
      startingPage("GET", "/"),
      startingPage("GET", "/"),
      transcript("connect/001-root"),
    ]);
    expect(await port.worker()).toMatchObject({ version: "4.3.1" });
  });

  test("but not for ever: then it may be something else", async () => {
    const { port } = await against([startingPage("GET", "/")]);
    await expect(port.worker()).rejects.toThrow(/KP3027 .*is this a Connect worker\?/);
  });

  test("a page with any other status is something else at once", async () => {
    const { port, server } = await against([{ ...startingPage("GET", "/"), status: 200 }]);
    await expect(port.worker()).rejects.toThrow("KP3027");
    expect(asked(server)).toHaveLength(1);
  });

  test("JSON of something else", async () => {
    const { port } = await against([answer("GET", "/", 200, { KsqlServerInfo: {} })]);
    await expect(port.worker()).rejects.toThrow("KP3027");
  });

  test("a load balancer without a worker", async () => {
    const { port } = await against([
      { ...answer("GET", "/", 503, "<html>no server"), contentType: "text/html" },
      transcript("connect/001-root"),
    ]);
    expect(await port.worker()).toMatchObject({ version: "4.3.1" });
  });

  test("a worker that restarts, once it has answered", async () => {
    const { port } = await against([
      transcript("connect/001-root"),
      dropped("GET", "/connector-plugins"),
      transcript("connect/003-plugins"),
    ]);
    await port.worker();
    expect(await port.plugins()).toHaveLength(9);
  });

  test("a worker that never answered is told at once", async () => {
    const { port, server } = await against([dropped("GET", "/")]);
    await expect(port.worker()).rejects.toThrow("KP3025");
    expect(asked(server)).toHaveLength(1);
  });
});

describe("a create whose answer got lost", () => {
  const get = transcript("connect/016-connector-get");
  const status = transcript("connect/020-status-running");
  const root = transcript("connect/001-root");
  const created = new Map([
    ["mode", "incrementing"],
    ["topic.prefix", "pg-"],
  ]);

  test("is found, and not sent again", async () => {
    const { port, server } = await against([root, dropped("POST", "/connectors"), get, status]);
    await port.worker();
    expect(await port.create("pg-source", created, "running")).toEqual({ ok: true });
    expect(asked(server).filter((it) => it === "POST /connectors")).toHaveLength(1);
  });

  test("is sent again if nothing is there", async () => {
    const missing = answer("GET", "/connectors/pg-source", 404, { message: "Connector pg-source not found" });
    const { port, server } = await against([
      root,
      dropped("POST", "/connectors"),
      transcript("connect/007-create-source"),
      missing,
    ]);
    await port.worker();
    expect(await port.create("pg-source", created, "running")).toEqual({ ok: true });
    expect(asked(server).filter((it) => it === "POST /connectors")).toHaveLength(2);
  });

  test("is somebody else's if another config is there", async () => {
    const { port } = await against([
      root,
      dropped("POST", "/connectors"),
      transcript("connect/030-create-duplicate-409"),
      get,
      status,
    ]);
    await port.worker();
    const other = new Map([["mode", "bulk"]]);
    expect(await port.create("pg-source", other, "running")).toMatchObject({ failure: { reason: "exists" } });
  });
});

describe("a change whose answer got lost counts as done if the worker has it", () => {
  const root = transcript("connect/001-root");
  const get = transcript("connect/016-connector-get");
  const running = transcript("connect/020-status-running");
  const missing = answer("GET", "/connectors/pg-source", 404, { message: "Connector pg-source not found" });
  const held = new Map(Object.entries((get.body as { config: Record<string, string> }).config));
  const base = "/connectors/pg-source";

  test.each<
    [
      what: string,
      method: string,
      path: string,
      there: readonly Exchange[],
      change: (port: ConnectPort) => Promise<ConnectResult>,
    ]
  >([
    ["a config", "PUT", `${base}/config`, [get, running], (port) => port.putConfig("pg-source", held)],
    ["a state", "PUT", `${base}/resume`, [get, running], (port) => port.setState("pg-source", "running")],
    ["a delete", "DELETE", base, [missing], (port) => port.delete("pg-source")],
  ])("%s", async (_what, method, path, there, change) => {
    const { port, server } = await against([root, dropped(method, path), ...there]);
    await port.worker();
    expect(await change(port)).toEqual({ ok: true });
    expect(asked(server).filter((it) => it === `${method} ${path}`)).toHaveLength(1);
  });

  test("a config that has a key too many is sent again", async () => {
    const fewer = new Map([...held].filter(([key]) => key !== "mode"));
    const sent = answer("PUT", `${base}/config`, 200, {});
    const { port, server } = await against([root, dropped("PUT", `${base}/config`), sent, get, running]);
    await port.worker();
    expect(await port.putConfig("pg-source", fewer)).toEqual({ ok: true });
    expect(asked(server).filter((it) => it === `PUT ${base}/config`)).toHaveLength(2);
  });
});

describe("settling", () => {
  const path = "/connectors/pg-source/status";
  const running = transcript("connect/020-status-running");
  const withoutTasks = transcript("connect/008-status-immediately");
  const paused = transcript("connect/049-status-paused");
  const stopped = transcript("connect/057-status-stopped");
  const failed = { ...transcript("connect/075-status-failed-task"), path };
  const missing = { ...transcript("connect/019-status-404"), path };
  const short = ({ connector, tasks }: ConnectorStatus) => [
    connector.state,
    ...tasks.map(({ state }) => state),
  ];

  test.each([
    [
      "tasks that come up",
      "running",
      [missing, withoutTasks, running],
      [["running"], ["running", "running"]],
    ],
    [
      "a task that fails soon",
      "running",
      [running, failed],
      [
        ["running", "running"],
        ["running", "failed"],
      ],
    ],
    [
      "a failure of before",
      "running",
      [failed, running],
      [
        ["running", "failed"],
        ["running", "running"],
      ],
    ],
    [
      "a task that hangs in its start, and has no status",
      "running",
      [withoutTasks, transcript("connect/016-connector-get")],
      [["running", "unassigned"]],
    ],
    ["no tasks at all", "running", [withoutTasks], [["running"]]],
    [
      "paused",
      "paused",
      [running, paused],
      [
        ["running", "running"],
        ["paused", "paused"],
      ],
    ],
    ["stopped", "stopped", [paused, stopped], [["paused", "paused"], ["stopped"]]],
    ["never, within the time", "stopped", [running], [["running", "running"]]],
  ] as const)("%s", async (_case, state, exchanges, expected) => {
    const { port } = await against(exchanges);
    expect((await all(port.settle("pg-source", state, never))).map(short)).toEqual(expected);
  });

  test("ends when it is interrupted", async () => {
    const { port } = await against([withoutTasks]);
    expect(await all(port.settle("pg-source", "running", AbortSignal.abort()))).toHaveLength(1);
  });
});
