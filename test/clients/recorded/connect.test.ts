import { describe, expect, test } from "vitest";
import type { ConnectPort } from "../../../src/clients/connect.ts";
import { recordedCluster } from "../../../src/clients/recorded/clients.ts";
import type { ConnectorRecording, ConnectRecording } from "../../../src/clients/recorded/document.ts";
import { printRecording } from "../../../src/clients/recorded/print.ts";
import { Secret } from "../../../src/core/secret.ts";
import { fileConnectors } from "./file-connectors.ts";
import { recording } from "./recordings.ts";

const jdbc = "io.aiven.connect.jdbc.JdbcSinkConnector";
const plugins: ConnectRecording["plugins"] = {
  ...fileConnectors.plugins,
  [jdbc]: {
    type: "sink",
    version: "6.12.0",
    definitions: {
      "connection.url": { type: "string", required: true },
      "connection.user": { type: "string" },
      "connection.pass": { type: "password" },
      "pk.fields": { type: "list" },
    },
  },
  "org.example.MysterySink": { type: "sink", version: "1" },
};

function open(connectors: Readonly<Record<string, ConnectorRecording>> = {}) {
  const cluster = recordedCluster({
    ...recording(),
    connect: { default: { version: "4.3.1", plugins, connectors } },
  });
  const connect = cluster.clients.connect.get("default");
  if (!connect) throw new Error("no Connect cluster");
  return { connect, cluster, printed: async () => printRecording(await cluster.recording()) };
}

const failing: ConnectorRecording = {
  config: { "connector.class": jdbc, "tasks.max": "2", topics: "a" },
  tasks: [{}, { state: "failed", worker: "10.0.0.1:8083", trace: "java.lang.Exception: no table" }],
  topics: ["a"],
};

describe("failed tasks", () => {
  const statesOf = async (connect: ConnectPort) =>
    (await connect.connector("sink"))?.status.tasks.map(({ state }) => state);

  test("tell why, and which topics the connector has used", async () => {
    const { connect } = open({ sink: failing });
    expect((await connect.connector("sink"))?.status.tasks[1]).toEqual({
      state: "failed",
      worker: "10.0.0.1:8083",
      trace: "java.lang.Exception: no table",
    });
    expect(await connect.activeTopics("sink")).toEqual(["a"]);
  });

  test("are not mended by pausing and resuming, and are by a restart", async () => {
    const { connect, cluster } = open({ sink: failing });
    await connect.setState("sink", "paused");
    await connect.setState("sink", "running");
    expect(await statesOf(connect)).toEqual(["running", "failed"]);
    await connect.restartFailed("sink");
    expect(await statesOf(connect)).toEqual(["running", "running"]);
    expect(cluster.clients.notChecked()).toEqual([
      "connector/sink: a recording doesn't tell whether it runs like this",
      "connector/sink: a recording doesn't tell whether what failed runs again",
    ]);
  });

  test("rest, and so does a connector that failed, when they are started again as paused", async () => {
    const { connect, printed } = open({
      sink: failing,
      ill: { ...failing, status: { state: "failed" }, tasks: [] },
    });
    for (const name of ["sink", "ill"]) await connect.setState(name, "paused");
    expect(await statesOf(connect)).toEqual(["paused", "failed"]);
    expect((await connect.connector("ill"))?.status.connector.state).toBe("failed");
    expect(await printed()).toContain('"target": "paused"');

    for (const name of ["sink", "ill"]) await connect.restartFailed(name);
    expect(await statesOf(connect)).toEqual(["paused", "paused"]);
    expect((await connect.connector("ill"))?.status.connector.state).toBe("paused");
    expect(await printed()).not.toContain("target");
  });

  test("stay failed after a new config of what is paused", async () => {
    const { connect } = open({ sink: failing });
    await connect.setState("sink", "paused");
    await connect.putConfig(
      "sink",
      new Map([
        ["connector.class", jdbc],
        ["connection.url", "jdbc:sqlite:x"],
      ]),
    );
    expect(await statesOf(connect)).toEqual(["paused", "failed"]);
  });

  test("are new tasks after a new config", async () => {
    const { connect } = open({ sink: failing });
    const config = new Map([
      ["connector.class", jdbc],
      ["connection.url", "jdbc:sqlite:x"],
      ["tasks.max", "3"],
    ]);
    expect(await connect.putConfig("sink", config)).toEqual({ ok: true });
    expect(await statesOf(connect)).toEqual(["running", "running", "running"]);
  });
});

describe("secrets", () => {
  test.each<[string, string, string | Secret, written: string, mystery?: true]>([
    ["a password by its type", "connection.pass", "s3cr3t", "[hidden]"],
    ["a secret of the file", "connection.user", Secret.of("s3cr3t"), "[hidden]"],
    ["a secret that isn't set here", "connection.pass", Secret.unresolved(["DB_PASSWORD"]), "[hidden]"],
    ["a password by its name", "database.password", "s3cr3t", "[hidden]"],
    ["a JAAS line", "producer.override.sasl.jaas.config", 'x required password="s3cr3t";', "[hidden]"],
    ["a URL with a password", "connection.url", "jdbc:postgresql://u:s3cr3t@db/shop", "[hidden]"],
    ["a URL with a user", "connection.url", "https://s3cr3t@host/", "[hidden]"],
    ["a password among parameters", "connection.url", "jdbc:mysql://db/shop?password=s3cr3t", "[hidden]"],
    ["a plain URL", "connection.url", "jdbc:postgresql://db/shop", "jdbc:postgresql://db/shop"],
    ["a reference", "connection.pass", "${file:/run/s:p}", "${file:/run/s:p}"],
    ["an empty password", "connection.pass", "", ""],
    ["a key of a table", "pk.fields", "id", "id"],
    ["what a plugin without definitions calls a key", "service.key", "s3cr3t", "[hidden]", true],
    ["what a plugin without definitions calls a converter", "key.converter", "Json", "Json", true],
  ])("%s", async (_, key, value, written, mystery) => {
    const { connect, printed } = open();
    const config = new Map<string, string | Secret>([
      ["connector.class", mystery ? "org.example.MysterySink" : jdbc],
      ["connection.url", "jdbc:x"],
      [key, value],
    ]);
    expect(await connect.create("new", config, "running")).toEqual({ ok: true });
    expect((await connect.connector("new"))?.config.get(key)).toBe(written);
    expect(await printed()).not.toContain("s3cr3t");
  });
});

describe("what isn't checked", () => {
  test.each([
    [jdbc, "connector/v: a recording checks required keys and types, and not what its plugin checks besides"],
    ["org.example.MysterySink", "connector/v: the recording doesn't have the keys that its plugin knows"],
  ])("of %s", async (plugin, doubt) => {
    const { connect, cluster } = open();
    await connect.validate(
      new Map([
        ["connector.class", plugin],
        ["name", "v"],
      ]),
    );
    expect(cluster.clients.notChecked()).toEqual([doubt]);
  });

  test("is nothing where the class isn't installed: that is refused", async () => {
    const { connect, cluster } = open();
    expect(await connect.validate(new Map([["connector.class", "x.Y"]]))).toHaveProperty("refusal");
    expect(cluster.clients.notChecked()).toEqual([]);
  });
});

test("a short name that two plugins bear is refused", async () => {
  const plugin = { type: "sink", version: "1" } as const;
  const { clients } = recordedCluster({
    ...recording(),
    connect: { default: { version: "4.3.1", plugins: { "a.Sink": plugin, "b.Sink": plugin } } },
  });
  const config = new Map([["connector.class", "Sink"]]);
  expect(await clients.connect.get("default")?.validate(config)).toEqual({
    errors: [],
    refusal: "More than one connector matches alias Sink. Please use full package and class name instead.",
  });
});
