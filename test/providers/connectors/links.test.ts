import { describe, expect, test } from "vitest";
import { connectorKind } from "../../../src/providers/connectors/kind.ts";
import { DEBEZIUM_POSTGRES, DEBEZIUM_SINK, declared, worldOf } from "./given.ts";

const links = (entry: string, world = worldOf({})) =>
  connectorKind.links(declared(entry).spec, "orders", world);
const jdbc = (rest: string) =>
  `type: jdbc-source\nconfig:\n  connection.url: jdbc:postgresql://app:pw@db:5432/shop?ssl=true\n  mode: bulk\n${rest}`;
const sink = (rest: string) =>
  `type: jdbc-sink\nconfig:\n  connection.url: jdbc:postgresql://db/dwh\n  insert.mode: insert\n${rest}`;

describe("a JDBC source", () => {
  test("reads its tables and writes a topic for each, which are its own", () => {
    expect(links(jdbc("  topic.prefix: pg-\n  table.whitelist: orders, public.items"))).toMatchObject({
      reads: ["database/db:5432/shop/orders", "database/db:5432/shop/public.items"],
      writes: ["topic/pg-items", "topic/pg-orders"],
      owns: ["topic/pg-items", "topic/pg-orders"],
    });
  });

  test.each([
    [
      "a query writes the one topic that the prefix names",
      "  topic.prefix: sales\n  query: SELECT 1",
      ["topic/sales"],
      ["topic/sales"],
    ],
    ["all tables: a pattern is its own", "  topic.prefix: pg-", [], ["topic/pg-*"]],
    ["all tables without a prefix: nothing is known", '  topic.prefix: ""', [], []],
    [
      "a router renames",
      "  topic.prefix: pg-\n  table.whitelist: a\n  transforms: r\n  transforms.r.type: org.apache.kafka.connect.transforms.RegexRouter\n  transforms.r.regex: pg-(.*)\n  transforms.r.replacement: shop.$1",
      ["topic/shop.a"],
      ["topic/shop.a"],
    ],
    [
      "a router that only some records take leaves it open",
      "  topic.prefix: pg-\n  table.whitelist: a\n  transforms: r\n  transforms.r.type: org.apache.kafka.connect.transforms.RegexRouter\n  transforms.r.regex: a\n  transforms.r.replacement: b\n  transforms.r.predicate: p",
      [],
      [],
    ],
    [
      "so does one that kpipe doesn't know",
      "  topic.prefix: pg-\n  table.whitelist: a\n  transforms: r\n  transforms.r.type: org.apache.kafka.connect.transforms.TimestampRouter",
      [],
      [],
    ],
    [
      "other transforms change nothing",
      "  topic.prefix: pg-\n  table.whitelist: a\n  transforms: r\n  transforms.r.type: org.apache.kafka.connect.transforms.ValueToKey",
      ["topic/pg-a"],
      ["topic/pg-a"],
    ],
  ])("%s", (_case, rest, writes, owns) => {
    expect(links(jdbc(rest))).toMatchObject({ writes, owns });
  });
});

describe("Debezium's source", () => {
  const source = (rest: string) =>
    links(
      `class: ${DEBEZIUM_POSTGRES}\nconfig:\n  database.hostname: db\n  database.dbname: shop\n  topic.prefix: dbz\n${rest}`,
    );

  test("names topics by prefix, schema and table", () => {
    expect(source("  table.include.list: public.items,public.orders")).toMatchObject({
      reads: ["database/db:5432/shop/public.items", "database/db:5432/shop/public.orders"],
      writes: ["topic/dbz.public.items", "topic/dbz.public.orders"],
      owns: ["topic/dbz.public.items", "topic/dbz.public.orders"],
    });
  });

  test("names the database too on SQL Server", () => {
    const entry = `class: io.debezium.connector.sqlserver.SqlServerConnector
config: { topic.prefix: dbz, database.names: "shop,dwh", table.include.list: dbo.items }`;
    expect(links(entry).writes).toEqual(["topic/dbz.dwh.dbo.items", "topic/dbz.shop.dbo.items"]);
  });

  test("leaves it open where a strategy of the user's own names the topics", () => {
    expect(
      source("  table.include.list: public.items\n  topic.naming.strategy: io.example.Mine"),
    ).toMatchObject({
      writes: [],
      owns: [],
    });
  });

  test("has everything below its prefix where tables are patterns", () => {
    expect(source("  table.include.list: public\\..*")).toMatchObject({ writes: [], owns: ["topic/dbz.*"] });
  });
});

describe("a sink", () => {
  test("reads topics as a group, and writes a table for each", () => {
    expect(links(sink("  topics: a, b\n  table.name.format: copy_${topic}"))).toMatchObject({
      reads: ["topic/a", "topic/b"],
      writes: ["database/db/dwh/copy_a", "database/db/dwh/copy_b"],
      owns: ["group/connect-orders"],
    });
  });

  test("names its table in Debezium's way", () => {
    const entry = sink("  topics: dbz.public.items\n  collection.name.format: items_copy").replace(
      "type: jdbc-sink",
      `class: ${DEBEZIUM_SINK}`,
    );
    expect(links(entry).writes).toEqual(["database/db/dwh/items_copy"]);
  });

  test("reads the known topics that its pattern matches as a whole", () => {
    const world = worldOf({ live: ["a1", "xa1"], declared: ["a2", "b"] });
    expect(links(sink("  topics.regex: a.*"), world).reads).toEqual(["topic/a1", "topic/a2"]);
  });

  test("writes the dead letters, which are its own", () => {
    const found = links(sink("  topics: a\n  errors.deadletterqueue.topic.name: a-dead"));
    expect(found.writes).toContain("topic/a-dead");
    expect(found.owns).toEqual(["topic/a-dead", "group/connect-orders"]);
  });

  test("may have a group of another name", () => {
    expect(links(sink("  topics: a\n  consumer.override.group.id: mine")).owns).toEqual(["group/mine"]);
  });
});

describe("formats", () => {
  const format = (rest: string) => links(sink(`  topics: a\n${rest}`)).formats;

  test.each([
    ["nothing, if the worker's own converter is used", "", undefined],
    [
      "envelopes, if JsonConverter has its default",
      "  value.converter: org.apache.kafka.connect.json.JsonConverter",
      "json-envelope",
    ],
    ["Avro", "  value.converter: io.confluent.connect.avro.AvroConverter", "avro"],
    ["JSON Schema", "  value.converter: io.confluent.connect.json.JsonSchemaConverter", "json-schema"],
    ["nothing of a converter that kpipe doesn't know", "  value.converter: io.example.Converter", undefined],
  ])("%s", (_case, rest, expected) => {
    expect(format(rest)?.[0]?.format).toBe(expected);
  });

  test("plain JSON without schemas, decided by the key of the converter", () => {
    const entry = jdbc(
      '  topic.prefix: pg-\n  table.whitelist: a\n  value.converter: org.apache.kafka.connect.json.JsonConverter\n  value.converter.schemas.enable: "false"',
    );
    expect(links(entry).formats).toEqual([
      {
        topic: "topic/pg-a",
        use: "writes",
        format: "json",
        path: ["config", "value.converter.schemas.enable"],
        settings: {
          json: '`value.converter.schemas.enable: "false"`',
          "json-envelope": '`value.converter.schemas.enable: "true"`',
        },
      },
    ]);
  });
});
