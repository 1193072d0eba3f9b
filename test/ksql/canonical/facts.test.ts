import { describe, expect, it } from "vitest";
import type { KsqlSource } from "../../../src/clients/ksql.ts";
import {
  contextAfter,
  emptyContext,
  foldAlters,
  isDeclaration,
  nameOf,
  propertyOf,
  readBack,
  resultSchema,
  type SourceSchema,
  schemaFromReport,
  sinkOf,
  sourcesOf,
  topicOf,
  usedTypes,
} from "../../../src/ksql/canonical/index.ts";
import {
  parseStatement,
  parseStatements,
  printStatement,
  printType,
  type Statement,
} from "../../../src/ksql/syntax/index.ts";

function parsed(sql: string): Statement {
  const statement = parseStatement(sql);
  return statement.kind === "unparsed" ? expect.fail(statement.error.message) : statement;
}

function contextOf(sql: string) {
  return parseStatements(sql).reduce(
    (context, it) => (it.kind === "unparsed" ? context : contextAfter(it, context)),
    emptyContext,
  );
}

describe("what a statement names, reads and writes", () => {
  const cases = [
    ["CREATE STREAM a (b INT) WITH (KAFKA_TOPIC='t')", "A", null, [], "t"],
    ["CREATE TABLE `a` AS SELECT * FROM b JOIN c ON b.x = c.x JOIN b ON 1 = 1", "a", "a", ["B", "C"], "a"],
    ["CREATE STREAM a WITH (kafka_topic='t') AS SELECT * FROM b", "A", "A", ["B"], "t"],
    ["INSERT INTO a SELECT * FROM b", null, "A", ["B"], null],
    ["INSERT INTO a VALUES (1)", null, "A", [], null],
    ['CREATE TYPE "a" AS STRUCT<b INT>', "A", null, [], null],
    ["DROP STREAM a", "A", null, [], null],
    ["ALTER TABLE a ADD COLUMN b INT", "A", null, [], null],
    ["TERMINATE a", null, null, [], null],
    ["SELECT * FROM b", null, null, ["B"], null],
  ] as const;
  it.each(cases.map(([sql, name, sink, sources, topic]) => ({ sql, name, sink, sources, topic })))(
    "$sql",
    ({ sql, name, sink, sources, topic }) => {
      const statement = parsed(sql);
      expect(nameOf(statement)).toBe(name);
      expect(sinkOf(statement)).toBe(sink);
      expect(sourcesOf(statement)).toEqual(sources);
      expect(topicOf(statement, emptyContext.defaults)).toBe(topic);
    },
  );

  it("puts the server's prefix before the topic of a query's sink", () => {
    const defaults = { ...emptyContext.defaults, topicPrefix: "dev-" };
    expect(topicOf(parsed("CREATE STREAM a AS SELECT * FROM b"), defaults)).toBe("dev-A");
  });
});

it("gives properties in their canonical spelling", () => {
  const statement = parsed("CREATE STREAM a (b INT) WITH (kafka_topic='T', format='json', PARTITIONS='03')");
  const values = ["KAFKA_TOPIC", "KEY_FORMAT", "VALUE_FORMAT", "PARTITIONS", "REPLICAS"].map((name) =>
    propertyOf(statement, name),
  );
  expect(values).toEqual(["T", "JSON", "JSON", "3", null]);
  expect(propertyOf(parsed("INSERT INTO a WITH (QUERY_ID='x') SELECT * FROM b"), "QUERY_ID")).toBe("X");
});

it("finds the custom types that a definition uses", () => {
  const types = (sql: string) => {
    const statement = parsed(sql);
    return isDeclaration(statement) ? usedTypes(statement) : [];
  };
  expect(
    types("CREATE STREAM a (b address, c ARRAY<STRUCT<d Person, e INT>>, f MAP<STRING, address>)"),
  ).toEqual(["ADDRESS", "PERSON"]);
  expect(types("CREATE TYPE home AS STRUCT<a address>")).toEqual(["ADDRESS"]);
  expect(
    types("CREATE STREAM a AS SELECT UCASE(CAST(b AS email)) x FROM c WHERE CAST(d AS money) = 1"),
  ).toEqual(["EMAIL", "MONEY"]);
});

describe("an ALTER is a part of the CREATE before it", () => {
  const folded = (sql: string) => foldAlters(parseStatements(sql)).map((it) => it.kind);

  it("of the same name and kind", () => {
    const [only] = foldAlters(parseStatements("CREATE STREAM a (b INT); ALTER STREAM A ADD COLUMN c INT;"));
    expect(only?.kind === "create-source" && printStatement(only)).toBe(
      "CREATE STREAM A (\n  B INT,\n  C INT\n)",
    );
  });

  it("and of no other", () => {
    expect(folded("CREATE STREAM a (b INT); ALTER TABLE a ADD COLUMN c INT;")).toHaveLength(2);
    expect(folded("CREATE STREAM a (b INT); ALTER STREAM `a` ADD COLUMN c INT;")).toHaveLength(2);
    expect(folded("CREATE STREAM a AS SELECT * FROM b; ALTER STREAM a ADD COLUMN c INT;")).toHaveLength(2);
  });
});

describe("a text that isn't one definition has no canonical form", () => {
  it.each([
    ["", "expected a definition, found nothing", "1:1"],
    ["DROP STREAM a;", "expected one definition", "1:1"],
    ["CREATE STREAM a (b INT);\nDROP STREAM a;", "expected one definition", "2:1"],
    ["CREATE STREAM a AS\nSELEC * FROM b;", "expected SELECT here, found 'SELEC'", "2:1"],
  ])("%j", (sql, message, at) => {
    const result = readBack(sql, emptyContext);
    if (result.kind !== "unparsed") return expect.fail(result.text);
    expect([result.error.message, `${result.error.line}:${result.error.column}`]).toEqual([message, at]);
  });
});

describe("what is known changes with every statement", () => {
  const columns = (schema: SourceSchema | undefined) =>
    schema?.columns.map(
      ({ name, type, role }) => `${name} ${type === "unknown" ? "?" : printType(type)} ${role}`,
    );

  it("by CREATE, ALTER and DROP", () => {
    const created =
      "CREATE TYPE t AS STRUCT<x INT>; CREATE STREAM a (v t, k INT KEY) WITH (KAFKA_TOPIC='a', FORMAT='JSON');";
    expect(columns(contextOf(created).sources.get("A"))).toEqual([
      "K INTEGER key",
      "V STRUCT<X INTEGER> value",
    ]);
    const altered = `${created} ALTER STREAM a ADD COLUMN w t;`;
    expect(columns(contextOf(altered).sources.get("A"))).toContain("W STRUCT<X INTEGER> value");
    expect(contextOf(`${altered} DROP STREAM a;`).sources.has("A")).toBe(false);
    expect(contextOf(`${altered} DROP TYPE t;`).types.has("T")).toBe(false);
  });

  it("through queries over queries", () => {
    const context = contextOf(`
      CREATE STREAM a (k INT KEY, v VARCHAR) WITH (KAFKA_TOPIC='a', VALUE_FORMAT='JSON');
      CREATE STREAM b WITH (VALUE_FORMAT='AVRO') AS SELECT *, LEN(v) AS n FROM a;
      CREATE TABLE c AS SELECT v, SUM(n) AS n FROM b WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY v;`);
    expect(columns(context.sources.get("C"))).toEqual(["V STRING key", "N INTEGER value"]);
    expect(context.sources.get("C")).toMatchObject({
      type: "table",
      windowed: true,
      valueFormat: "AVRO",
      keyFormat: "KAFKA",
    });
  });

  it("and a source becomes unknown when its columns can't be told", () => {
    const known = "CREATE STREAM a (k INT KEY) WITH (KAFKA_TOPIC='a', VALUE_FORMAT='JSON');";
    const context = contextOf(
      `${known} CREATE OR REPLACE STREAM a WITH (KAFKA_TOPIC='a', VALUE_FORMAT='AVRO');`,
    );
    expect(context.sources.has("A")).toBe(false);
  });
});

it("takes sources as the ksqlDB port tells them", () => {
  const source: KsqlSource = {
    name: "A",
    type: "stream",
    topic: "a",
    keyFormat: "KAFKA",
    valueFormat: "json",
    windowType: null,
    fields: [
      { name: "H", type: { type: "scalar", name: "BYTES" }, role: "header", headerKey: "h" },
      {
        name: "M",
        type: { type: "MAP", member: { type: "DECIMAL", precision: 4, scale: 2 } },
        role: "value",
        headerKey: null,
      },
      {
        name: "K",
        type: { type: "STRUCT", fields: [{ name: "x", type: { type: "scalar", name: "INTEGER" } }] },
        role: "key",
        headerKey: null,
      },
    ],
    statement: "",
    partitions: 1,
    replicas: 1,
    readBy: [],
    writtenBy: [],
    dependants: [],
  };
  const schema = schemaFromReport(source);
  const types = schema.columns.map(
    ({ name, type }) => `${name} ${type === "unknown" ? "?" : printType(type)}`,
  );
  expect(types).toEqual(["K STRUCT<`x` INTEGER>", "M MAP<STRING, DECIMAL(4, 2)>", "H BYTES"]);
  expect([schema.windowed, schema.valueFormat]).toEqual([false, "JSON"]);
});

it("doesn't know a column of an unknown custom type", () => {
  const statement = parsed("CREATE STREAM a (b money) WITH (KAFKA_TOPIC='a', VALUE_FORMAT='JSON')");
  if (!isDeclaration(statement)) return expect.fail(statement.kind);
  expect(resultSchema(statement, emptyContext)).toEqual([{ name: "B", type: "unknown", role: "value" }]);
});
