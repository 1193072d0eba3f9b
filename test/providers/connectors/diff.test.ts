import { describe, expect, test } from "vitest";
import type { ConnectorStatus } from "../../../src/clients/connect.ts";
import { connectorsOf } from "../../../src/clients/live/connect/answers.ts";
import { connectorDiff } from "../../../src/providers/connectors/diff.ts";
import { liveFrom } from "../../../src/providers/connectors/driver/read.ts";
import { isKnownPassword } from "../../../src/providers/connectors/jdbc/findings.ts";
import type { ConnectorSpec } from "../../../src/providers/connectors/spec.ts";
import { AIVEN_SINK, CONFLUENT_SINK, declared, live, part, status } from "./given.ts";
import { shapes } from "./shapes.ts";

const base = { "connector.class": CONFLUENT_SINK, topics: "orders", "connection.url": "jdbc:x" };
const file = `class: ${CONFLUENT_SINK}\nconfig:\n  topics: orders\n  connection.url: jdbc:x`;

/** Fields as `key: before -> after (effect)`, and remarks. */
function difference(
  config: Readonly<Record<string, string | null>>,
  entry: string,
  of?: ConnectorStatus,
  environment: Readonly<Record<string, string>> = { PASSWORD: "hunter2" },
) {
  const desired = declared(
    entry,
    Object.keys(environment).length > 0 ? { environment } : { mode: "offline" },
  );
  const { fields, remarks, manner } = connectorDiff(live({ ...base, ...config }, of), desired);
  const lines = fields.map(({ path, before, after, effect }) => {
    const text = (value: unknown) => (value === undefined ? "(unset)" : String(value));
    return `${path.at(-1) ?? "itself"}: ${text(before)} -> ${text(after)} (${effect})`;
  });
  return [
    ...lines,
    ...remarks.map(({ path, message }) => `${path.at(-1)}: ${message}`),
    ...(manner ? [manner] : []),
  ];
}

describe("the config", () => {
  test.each([
    ["the same", {}, file, []],
    ["a changed key", { topics: "sales" }, file, ["topics: sales -> orders (update)"]],
    ["a new key", {}, `${file}\n  tasks.max: 2`, ["tasks.max: (unset) -> 2 (update)"]],
    ["a key that the file lacks", { "batch.size": "10" }, file, ["batch.size: 10 -> (unset) (update)"]],
    ["a number as text", { "tasks.max": "2" }, `${file}\n  tasks.max: 2`, []],
    [
      "another spelling of a number",
      { "tasks.max": "02" },
      `${file}\n  tasks.max: 2`,
      ["tasks.max: 02 -> 2 (update)"],
    ],
    [
      "a null that somebody stored",
      { "fields.whitelist": null },
      file,
      ["fields.whitelist: null -> (unset) (update)"],
    ],
    ["an empty value", { "fields.whitelist": "" }, `${file}\n  fields.whitelist: ""`, []],
    ["what Confluent adds", { "__internal.config.version": "3" }, file, []],
    ["a reference", { "ssl.key.password": "${file:/a:b}" }, `${file}\n  ssl.key.password: \${file:/a:b}`, []],
    [
      "another reference",
      { "ssl.key.password": "${file:/a:b}" },
      `${file}\n  ssl.key.password: \${file:/a:c}`,
      ["ssl.key.password: ${file:/a:b} -> ${file:/a:c} (update)"],
    ],
  ])("%s", (_case, config, entry, expected) => {
    expect(difference(config, entry)).toEqual(expected);
  });
});

describe("secrets", () => {
  const secret = `${file}\n  connection.password: \${env.PASSWORD}`;
  const hidden = "connection.password: the worker hides it; sent with the next change of this connector";

  test.each([
    ["the same", "hunter2", secret, []],
    ["changed", "hunter1", secret, ["connection.password: (secret) -> (secret) (update)"]],
    ["hidden by bullets", "••••••••", secret, [hidden]],
    ["hidden by asterisks", "*****", secret, [hidden]],
    ["hidden by Kafka's word", "[hidden]", secret, [hidden]],
    ["a reference that is hidden", "••••", `${file}\n  connection.password: \${file:/a:b}`, [hidden]],
    ["hidden and not in the file", "••••", file, ["connection.password: (secret) -> (unset) (update)"]],
    ["gone from the file", "hunter2", file, ["connection.password: (secret) -> (unset) (update)"]],
  ])("%s", (_case, password, entry, expected) => {
    expect(difference({ "connection.password": password }, entry)).toEqual(expected);
  });

  test("a hidden one goes along with a change of another key", () => {
    expect(difference({ "connection.password": "••••", "tasks.max": "2" }, secret)).toEqual([
      "tasks.max: 2 -> (unset) (update)",
      "connection.password: the worker hides it; sent along with this change",
    ]);
  });

  test("a variable that isn't set offline can't be compared", () => {
    expect(difference({ "connection.password": "hunter2" }, secret, undefined, {})).toEqual([
      "connection.password: PASSWORD is not set here",
    ]);
  });

  test("a value that only the file's variable makes secret", () => {
    const entry = `${file}\n  connection.user: \${env.PASSWORD}`;
    expect(difference({ "connection.user": "hunter2" }, entry)).toEqual([]);
  });

  test("of an address only the password is hidden", () => {
    const url = { "connection.url": "jdbc:postgresql://app:hunter1@old/shop" };
    const entry = file.replace("jdbc:x", "jdbc:postgresql://app:hunter2@new/shop");
    expect(difference(url, entry)).toEqual([
      "connection.url: jdbc:postgresql://app:(secret)@old/shop -> jdbc:postgresql://app:(secret)@new/shop (update)",
    ]);
  });
});

describe("the class", () => {
  const sink = file.replace(`class: ${CONFLUENT_SINK}`, "type: jdbc-sink");

  test("of a live connector stays, if it fits the type", () => {
    expect(difference({ "connector.class": AIVEN_SINK }, sink)).toEqual([]);
  });

  test("changes, if it doesn't", () => {
    expect(difference({ "connector.class": "io.example.Sink" }, sink)).toEqual([
      "class: io.example.Sink -> jdbc-sink (update)",
    ]);
    expect(difference({ "connector.class": AIVEN_SINK }, file)).toEqual([
      `class: ${AIVEN_SINK} -> ${CONFLUENT_SINK} (update)`,
    ]);
  });
});

describe("state and health", () => {
  const failed = part("failed", "java.lang.X: gone\n\tat a.b(C.java:1)\n");

  test.each([
    ["as declared", status("running", part("running")), file, []],
    [
      "paused by hand",
      status("paused", part("paused")),
      file,
      ["state: paused -> running (operate)", "resume"],
    ],
    [
      "to be paused",
      status("running", part("running")),
      `${file}\nstate: paused`,
      ["state: running -> paused (operate)", "pause"],
    ],
    [
      "to be stopped",
      status("running", part("running")),
      `${file}\nstate: stopped`,
      ["state: running -> stopped (operate)", "stop"],
    ],
    ["stopped, as declared", status("stopped"), `${file}\nstate: stopped`, []],
    [
      "a task that failed",
      status("running", failed),
      file,
      ["0: FAILED -> RUNNING (operate)", "restart task 0, it failed"],
    ],
    [
      "two that failed",
      status("running", failed, part("running"), failed),
      file,
      [
        "0: FAILED -> RUNNING (operate)",
        "2: FAILED -> RUNNING (operate)",
        "restart tasks 0 and 2, they failed",
      ],
    ],
    [
      "the connector itself failed",
      status("failed"),
      file,
      ["itself: FAILED -> RUNNING (operate)", "restart, it failed"],
    ],
    [
      "failed, and to be stopped",
      status("running", failed),
      `${file}\nstate: stopped`,
      ["state: running -> stopped (operate)", "stop"],
    ],
    ["moving to another worker", status("unassigned", part("unassigned")), file, []],
  ] as const)("%s", (_case, of, entry, expected) => {
    expect(difference({}, entry, of)).toEqual(expected);
  });

  test("are changed together with the config", () => {
    expect(difference({ topics: "sales" }, `${file}\nstate: paused`)).toEqual([
      "topics: sales -> orders (update)",
      "state: running -> paused (operate)",
      "pause",
    ]);
  });

  test("the reason of a restart is the start of the trace", () => {
    const { fields } = connectorDiff(live(base, status("running", failed)), declared(file));
    expect(fields[0]?.reason).toBe("java.lang.X: gone");
  });

  test("a trace that quotes a secret is told without it", () => {
    const quoting = part("failed", "java.lang.X: no login with hunter2 at jdbc:x\n");
    const { health } = live({ ...base, "connection.password": "hunter2" }, status("running", quoting));
    expect(health[0]?.message).toBe("java.lang.X: no login with (secret) at jdbc:x");
  });
});

describe("one connector as servers of several versions tell it is as declared", () => {
  const entry = `class: ${AIVEN_SINK}
config:
  tasks.max: 1
  topics: pg-orders
  connection.url: jdbc:postgresql://127.0.0.1:5433/demo
  connection.user: app
  connection.password: \${env.PASSWORD}
  insert.mode: upsert
  pk.mode: record_value
  pk.fields: id`;

  test.each(shapes)("$server", ({ answer, hidden }) => {
    const found = connectorsOf(answer).get("orders");
    if (found === undefined) throw new Error("not found");
    const actual = liveFrom("default", found, isKnownPassword);
    const desired = declared(entry, { environment: { PASSWORD: "kafka" } });
    const { fields, remarks } = connectorDiff(actual, desired);
    expect(fields).toEqual([]);
    expect(remarks.map(({ path }) => path.join("/"))).toEqual(hidden ? ["config/connection.password"] : []);
    expect(JSON.stringify(actual)).not.toContain('"kafka"');
  });
});

test("a live spec holds what the file's has", () => {
  const spec: ConnectorSpec = live(base).spec;
  expect(spec).toEqual({
    connect: "default",
    class: CONFLUENT_SINK,
    config: { "connection.url": "jdbc:x", topics: "orders" },
    state: "running",
  });
});
