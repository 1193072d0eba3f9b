import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/core/secret.ts";
import { lines } from "../../schema/loading.ts";
import { DEBEZIUM_SINK, declared, load, wrongWith } from "./given.ts";

describe("a connector as the file has it", () => {
  test("has the whole config as text, in the order of the file", () => {
    const { spec } = declared(
      `class: org.apache.kafka.connect.file.FileStreamSinkConnector
config: { topics: a, tasks.max: 2, big: 9007199254740993, zeros: 0010, exact: 1.50, yes: true, no: null }`,
    );
    expect(Object.entries(spec.config)).toEqual([
      ["topics", "a"],
      ["tasks.max", "2"],
      ["big", "9007199254740993"],
      ["zeros", "0010"],
      ["exact", "1.50"],
      ["yes", "true"],
    ]);
  });

  test("runs on the default cluster unless it says otherwise", () => {
    expect(declared("class: X")).toMatchObject({
      spec: { connect: "default", class: "X", config: {}, state: "running" },
      policy: { protect: false, type: null },
    });
    expect(declared("{ class: X, connect: lake, state: paused, protect: true }")).toMatchObject({
      spec: { connect: "lake", state: "paused" },
      policy: { protect: true },
    });
  });

  test("may be pasted from Connect's own JSON", () => {
    const { spec } = declared(`config: { "name": "orders", "connector.class": "X", "tasks.max": "1" }`);
    expect(spec).toMatchObject({ class: "X", config: { "tasks.max": "1" } });
    expect(Object.keys(spec.config)).toEqual(["tasks.max"]);
  });

  test("keeps what only Connect can resolve", () => {
    const { spec } = declared(`class: X
config:
  connection.password: \${file:/run/secrets/db:password}
  table.name.format: kafka_\${topic}`);
    expect(spec.config).toEqual({
      "connection.password": "${file:/run/secrets/db:password}",
      "table.name.format": "kafka_${topic}",
    });
  });

  test("hides what a variable gave, a password in clear, and credentials in an address", () => {
    const { spec } = declared(
      `class: X
config:
  connection.user: \${env.DB_USER}
  connection.password: hunter2
  connection.url: jdbc:postgresql://app:hunter3@db/shop`,
      { environment: { DB_USER: "app" } },
    );
    expect(Object.values(spec.config).every((it) => it instanceof Secret)).toBe(true);
    expect(JSON.stringify(spec.config)).toBe(
      '{"connection.user":"(secret)","connection.password":"(secret)","connection.url":"jdbc:postgresql://app:(secret)@db/shop"}',
    );
  });

  test("takes what it lacks from the defaults", () => {
    const { pipeline } = load(
      "defaults: { connector: { connect: lake, config: { tasks.max: 4 } } }\nconnectors: { a: { class: X } }",
    );
    expect(pipeline?.desired.get("connector/a")?.spec).toMatchObject({
      connect: "lake",
      config: { "tasks.max": "4" },
    });
  });

  test.each([
    [
      "neither type nor class",
      "{ config: {} }",
      "5:3 KP1211 [orders] neither type nor class says what it is",
    ],
    [
      "both",
      "{ type: jdbc-sink, class: X, config: { topics: a, connection.url: b } }",
      "6:24 KP1211 [class] type already stands for a class; give one of the two",
    ],
    [
      "two classes",
      "{ class: X, config: { connector.class: Y } }",
      "6:27 KP1215 [connector.class] class says X",
    ],
    [
      "another name",
      "{ class: X, config: { name: purchases } }",
      "6:33 KP1215 [purchases] the connector is called orders",
    ],
    ["an unknown type", "{ type: jdbc }", "6:13 KP1105 [jdbc]"],
    ["an unknown state", "{ class: X, state: started }", "6:24 KP1105 [started]"],
    [
      "a list as a value",
      "{ class: X, config: { topics: [a, b] } }",
      "6:27 KP1102 [topics] expected a single value, got a list",
    ],
  ])("%s is reported", (_case, entry, expected) => {
    expect(wrongWith(entry)[0]).toContain(`pipeline.yaml:${expected}`);
  });

  test("a name that Connect could never delete is reported", () => {
    expect(lines(load("connectors: { a/b: { class: X } }"))[0]).toContain("KP1107 [a/b]");
  });
});

describe("what is wrong with a JDBC source offline", () => {
  const source = (config: string) =>
    wrongWith(`type: jdbc-source\nconfig:\n  connection.url: jdbc:x\n  topic.prefix: a-\n${config}`);

  test.each([
    ["nothing", "  mode: incrementing\n  incrementing.column.name: id\n  table.whitelist: orders", []],
    ["no mode", "  table.whitelist: orders", ["KP1213 [config] mode is missing"]],
    [
      "a mode that there is not",
      "  mode: incremental",
      ["KP1212 [incremental] expected bulk, timestamp, incrementing or timestamp+incrementing"],
    ],
    [
      "a timestamp mode without its column",
      "  mode: timestamp",
      ["KP1213 [config] mode timestamp needs timestamp.column.name"],
    ],
    [
      "an incrementing mode without its column, which some find by themselves",
      "  mode: incrementing",
      ["warning KP1213 [config] mode incrementing needs incrementing.column.name"],
    ],
    [
      "an incrementing query without its column, which nothing can find",
      "  mode: incrementing\n  query: SELECT * FROM orders",
      ["KP1213 [config] mode incrementing needs incrementing.column.name"],
    ],
    [
      "both columns missing",
      "  mode: timestamp+incrementing\n  query: SELECT 1",
      [
        "KP1213 [config] mode timestamp+incrementing needs timestamp.column.name",
        "KP1213 [config] mode timestamp+incrementing needs incrementing.column.name",
      ],
    ],
    [
      "a column that the mode doesn't use",
      "  mode: bulk\n  incrementing.column.name: id",
      ["warning KP1215 [incrementing.column.name] mode bulk doesn't use it"],
    ],
    [
      "whitelist and blacklist",
      "  mode: bulk\n  table.whitelist: a\n  table.blacklist: b",
      ["KP1215 [table.blacklist] table.whitelist and table.blacklist shut each other out"],
    ],
    [
      "whitelist and query",
      "  mode: bulk\n  table.whitelist: a\n  query: SELECT 1",
      ["KP1215 [query] table.whitelist and query shut each other out"],
    ],
    [
      "a number that is none",
      "  mode: bulk\n  poll.interval.ms: 5s",
      ["KP1212 [5s] expected a whole number"],
    ],
    [
      "a boolean that is none",
      "  mode: bulk\n  validate.non.null: nope",
      ["KP1212 [nope] expected true or false"],
    ],
    [
      "a misspelt key",
      "  mode: bulk\n  tabel.whitelist: a",
      ["warning KP1214 [tabel.whitelist] did you mean table.whitelist?"],
    ],
    [
      "a key of a sink",
      "  mode: bulk\n  pk.mode: none",
      ["warning KP1214 [pk.mode] only a jdbc-sink has this key"],
    ],
    ["a key of nobody", "  mode: bulk\n  zzz: 1", ["warning KP1214 [zzz] no jdbc-source has this key"]],
    ["a key that one of the plugins has", "  mode: bulk\n  query.suffix: LIMIT 1", []],
    [
      "keys of converters, transforms, clients and the driver",
      `  mode: bulk
  value.converter.schemas.enable: "false"
  transforms.a.type: T
  producer.override.acks: all
  topic.creation.default.partitions: 1
  connection.ssl: "true"`,
      [],
    ],
    [
      "a misspelt key among those of the driver",
      "  mode: bulk\n  connection.pasword: x",
      ["warning KP1214 [connection.pasword] did you mean connection.password?"],
    ],
    ["what only Connect knows", "  mode: ${file:/m:mode}\n  poll.interval.ms: ${file:/m:ms}", []],
  ])("%s", (_case, config, expected) => {
    expect(source(config).filter(isFinding).map(withoutPlace)).toEqual(expected);
  });

  test("an empty prefix is one, and none at all is told how to write it", () => {
    const rest = "type: jdbc-source\nconfig:\n  connection.url: jdbc:x\n  mode: bulk\n  topic.prefix:";
    expect(wrongWith(`${rest} ""`)).toEqual([]);
    expect(wrongWith(rest)).toEqual([
      "pipeline.yaml:7:5 KP1213 [config] topic.prefix is missing",
      '    Add it; topics named like their tables want `topic.prefix: ""`.',
    ]);
  });
});

describe("what is wrong with a JDBC sink offline", () => {
  const sink = (config: string, type = "type: jdbc-sink") =>
    wrongWith(`${type}\nconfig:\n  connection.url: jdbc:x\n${config}`).filter(isFinding).map(withoutPlace);

  test.each([
    ["nothing", "  topics: a\n  insert.mode: upsert\n  pk.mode: record_key", []],
    ["no topics", "  pk.mode: none", ["KP1213 [config] topics is missing"]],
    [
      "topics and a pattern",
      "  topics: a\n  topics.regex: b.*",
      ["KP1215 [topics.regex] topics and topics.regex shut each other out"],
    ],
    [
      "an upsert without a key",
      "  topics: a\n  insert.mode: upsert",
      ["KP1213 [config] insert.mode upsert needs a primary key: pk.mode is none"],
    ],
    [
      "an update with the key none",
      "  topics: a\n  insert.mode: update\n  pk.mode: none",
      ["KP1215 [pk.mode] insert.mode update needs a primary key: pk.mode is none"],
    ],
    [
      "deletes by anything but the record's key",
      "  topics: a\n  delete.enabled: true\n  pk.mode: record_value",
      ["KP1215 [pk.mode] delete.enabled needs pk.mode record_key"],
    ],
    ["deletes by the record's key", "  topics: a\n  delete.enabled: true\n  pk.mode: RECORD_KEY", []],
    [
      "two names for the three coordinates",
      "  topics: a\n  pk.mode: kafka\n  pk.fields: t,p",
      ["KP1215 [pk.fields] pk.mode kafka needs three names: for the topic, the partition and the offset"],
    ],
    [
      "fields of no key",
      "  topics: a\n  pk.fields: id",
      ["warning KP1215 [pk.fields] pk.mode none doesn't use it"],
    ],
    ["a mode of Aiven alone", "  topics: a\n  insert.mode: multi\n  handle.tombstone: true", []],
    [
      "a mode in mixed case",
      "  topics: a\n  insert.mode: Insert",
      ["KP1212 [Insert] expected insert, upsert or update"],
    ],
  ])("%s", (_case, config, expected) => {
    expect(sink(config)).toEqual(expected);
  });

  test.each([
    [
      "the key settings have other names",
      "  topics: a\n  pk.mode: record_key\n  pk.fields: id",
      [
        "warning KP1214 [pk.mode] did you mean primary.key.mode?",
        "warning KP1214 [pk.fields] did you mean primary.key.fields?",
      ],
    ],
    [
      "deletes need the key of the record",
      "  topics: a\n  delete.enabled: true\n  primary.key.mode: record_value",
      ["KP1215 [primary.key.mode] delete.enabled needs primary.key.mode record_key"],
    ],
    [
      "a key that it hasn't",
      "  topics: a\n  zzz: 1",
      ["warning KP1214 [zzz] Debezium's jdbc-sink has no such key, and ignores it"],
    ],
    ["Hibernate's own keys", "  topics: a\n  hibernate.c3p0.timeout: 10", []],
  ])("with Debezium's class: %s", (_case, config, expected) => {
    expect(sink(config, `class: ${DEBEZIUM_SINK}`)).toEqual(expected);
  });

  test.each([
    [
      "JsonConverter without schemas",
      'org.apache.kafka.connect.json.JsonConverter\n  value.converter.schemas.enable: "false"',
      '["false"]',
    ],
    [
      "StringConverter",
      "org.apache.kafka.connect.storage.StringConverter",
      "[org.apache.kafka.connect.storage.StringConverter]",
    ],
  ])("%s leaves a sink nothing to make columns of", (_case, converter, at) => {
    expect(sink(`  topics: a\n  value.converter: ${converter}`)).toEqual([
      `warning KP1216 ${at} a JDBC sink can't write records without schemas, and fails on the first`,
    ]);
  });

  test("JsonConverter has schemas unless it is told otherwise", () => {
    expect(sink("  topics: a\n  value.converter: org.apache.kafka.connect.json.JsonConverter")).toEqual([]);
  });
});

test("other connectors are no business of these rules", () => {
  expect(wrongWith("class: io.example.Sink\nconfig: { pk.mod: x, insert.mode: whatever }")).toEqual([]);
});

/** Advice is on lines of its own. */
function isFinding(line: string): boolean {
  return !line.startsWith(" ");
}

function withoutPlace(line: string): string {
  return line.replace(/^\S+ /, "");
}
