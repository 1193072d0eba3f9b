import { describe, expect, test } from "vitest";
import { pipelineFrom, wrongWith } from "./on-recording.ts";

/** Addresses and statements that a section declares. */
const declared = (body: string, files: Readonly<Record<string, string>> = {}) =>
  [...pipelineFrom(body, files).desired.values()].map(({ address, spec }) => [address, spec.statement]);

describe("an entry declares", () => {
  test.each<[what: string, entry: string, address: string, statement: string]>([
    [
      "a stream in fields",
      "a: { stream: { topic: t, valueFormat: JSON, columns: { id: BIGINT KEY, v: 'MAP<STRING, INT>' }, with: { TIMESTAMP: ts, PARTITIONS: 3, WRAP_SINGLE_VALUE: false } } }",
      "stream/A",
      "CREATE STREAM a (id BIGINT KEY, v MAP<STRING, INT>) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', TIMESTAMP='ts', PARTITIONS=3, WRAP_SINGLE_VALUE=false)",
    ],
    [
      "a table in fields, its columns in a registry",
      "a: { table: { topic: it's, format: AVRO } }",
      "table/A",
      "CREATE TABLE a WITH (KAFKA_TOPIC='it''s', FORMAT='AVRO')",
    ],
    ["a type", "a: { type: 'STRUCT<b INT>' }", "type/A", "CREATE TYPE a AS STRUCT<b INT>"],
    [
      "a statement",
      "a: { sql: create stream A as select * from b; }",
      "stream/A",
      "create stream A as select * from b",
    ],
    [
      "a name in lower case",
      '"`a`": { sql: "CREATE STREAM `a` AS SELECT * FROM b" }',
      "stream/a",
      "CREATE STREAM `a` AS SELECT * FROM b",
    ],
    [
      "a query, by its key",
      "copy_1: { sql: INSERT INTO a SELECT * FROM b; }",
      "query/COPY_1",
      "INSERT INTO a SELECT * FROM b",
    ],
  ])("%s", (_what, entry, address, statement) => {
    expect(declared(`ksql:\n  ${entry}\n`)).toEqual([[address, statement]]);
  });

  test("the statement of a file, with what SET and DEFINE say before it", () => {
    const sql =
      "SET 'auto.offset.reset'='earliest'; DEFINE t = 'purchases';\nCREATE STREAM a (v INT) WITH (KAFKA_TOPIC='${T}', VALUE_FORMAT='JSON');\n";
    const pipeline = pipelineFrom("ksql: { a: { file: sql/a.sql } }\n", { "sql/a.sql": sql });
    expect([...pipeline.desired.values()]).toMatchObject([
      {
        address: "stream/A",
        spec: {
          statement: "CREATE STREAM a (v INT) WITH (KAFKA_TOPIC='purchases', VALUE_FORMAT='JSON')",
          topic: "purchases",
          properties: { "auto.offset.reset": "earliest" },
        },
        position: { file: "sql/a.sql", line: 2, column: 1 },
      },
    ]);
  });

  test("what defaults say unless it says otherwise, in files too", () => {
    const pipeline = pipelineFrom(
      "defaults: { ksql: { upgrade: replace, onReplace: { offsets: latest } } }\nksqlFiles: ['*.sql']\nksql:\n  b: { sql: CREATE STREAM b AS SELECT * FROM a, upgrade: in-place }\n",
      { "a.sql": "CREATE STREAM a AS SELECT * FROM c;" },
    );
    expect([...pipeline.desired.values()].map(({ address, policy }) => ({ address, ...policy }))).toEqual([
      { address: "stream/B", protect: false, upgrade: "in-place", offsets: "latest" },
      { address: "stream/A", protect: false, upgrade: "replace", offsets: "latest" },
    ]);
  });
});

describe("a list of files declares", () => {
  test("every statement under its own name, ALTERs folded in", () => {
    const sql = `-- a team's own file
      CREATE TYPE address AS STRUCT<street VARCHAR>;
      CREATE STREAM IF NOT EXISTS a (v INT, w address) WITH (KAFKA_TOPIC='a', VALUE_FORMAT='JSON');
      ALTER STREAM a ADD COLUMN x INT, ADD COLUMN y DOUBLE;
      CREATE OR REPLACE TABLE n AS SELECT v, COUNT(*) AS n FROM a GROUP BY v;
      INSERT INTO a WITH (QUERY_ID='copy') SELECT v FROM b;`;
    expect(declared("ksqlFiles: ['*.sql']\n", { "a.sql": sql })).toEqual([
      ["type/ADDRESS", "CREATE TYPE address AS STRUCT<street VARCHAR>"],
      [
        "stream/A",
        "CREATE STREAM IF NOT EXISTS a (v INT, w address, X INT, Y DOUBLE) WITH (KAFKA_TOPIC='a', VALUE_FORMAT='JSON')",
      ],
      ["table/N", "CREATE OR REPLACE TABLE n AS SELECT v, COUNT(*) AS n FROM a GROUP BY v"],
      ["query/COPY", "INSERT INTO a WITH (QUERY_ID='copy') SELECT v FROM b"],
    ]);
  });

  test("nothing by statements that only look, insert or drop; they are said", () => {
    const sql =
      "CREATE STREAM a AS SELECT * FROM b;\nLIST STREAMS;\nSELECT * FROM a EMIT CHANGES;\nDROP STREAM c;\nINSERT INTO a VALUES (1);\n";
    expect(wrongWith("ksqlFiles: [a.sql]\n", { "a.sql": sql })).toEqual([
      "a.sql:2:1 warning KP1276 [L] declares nothing, and is left out: LIST",
      "a.sql:3:1 warning KP1276 [S] declares nothing, and is left out: SELECT",
      "a.sql:4:1 warning KP1276 [D] declares nothing, and is left out: DROP",
      "a.sql:5:1 warning KP1276 [I] declares nothing, and is left out: INSERT VALUES",
    ]);
  });
});

describe("a file is wrong", () => {
  test.each<[what: string, entry: string, ...faults: readonly string[]]>([
    [
      "without a form",
      "a: { upgrade: replace }",
      "pipeline.yaml:5:3 KP1270 [a] says nothing about what it is",
    ],
    [
      "with two forms",
      "a: { sql: CREATE STREAM a AS SELECT * FROM b, type: INT }",
      "pipeline.yaml:5:3 KP1270 [a] has type and sql at once",
    ],
    [
      "with a SELECT",
      "a: { sql: SELECT * FROM b; }",
      "pipeline.yaml:5:13 warning KP1276 [S] declares nothing, and is left out: SELECT",
      "pipeline.yaml:5:13 KP1278 [S] no statement that declares something",
    ],
    [
      "with two statements",
      "a: { sql: CREATE STREAM a AS SELECT * FROM b; CREATE STREAM c AS SELECT * FROM b; }",
      "pipeline.yaml:5:49 KP1278 [C] a second statement",
    ],
    [
      "where key and statement differ",
      "a: { sql: CREATE STREAM b AS SELECT * FROM c }",
      "pipeline.yaml:5:3 KP1273 [a] the statement declares B, and its key is a",
      "    Call the entry B, in any case.",
    ],
    [
      "where lower case is meant and not quoted",
      "a: { sql: CREATE STREAM `a` AS SELECT * FROM c }",
      "pipeline.yaml:5:3 KP1273 [a] the statement declares `a`, and its key is a",
      "    Call the entry `a`.",
    ],
    [
      "with a key that can't be the id of a query",
      "copy-a: { sql: INSERT INTO a SELECT * FROM b }",
      "pipeline.yaml:5:3 KP1277 [copy-a] copy-a can't be the id of a query: letters, digits and _ can",
    ],
    [
      "with another id in the statement",
      "x: { sql: INSERT INTO a WITH (QUERY_ID='y') SELECT * FROM b }",
      "pipeline.yaml:5:3 KP1273 [x] the statement has QUERY_ID Y, and its key is x",
      "    Make the two equal, or leave QUERY_ID out.",
    ],
    [
      "with a replace that doesn't say from where",
      "a: { sql: CREATE STREAM a AS SELECT * FROM c, upgrade: replace }",
      "pipeline.yaml:5:58 KP1274 [replace] the new query would start somewhere, and the file doesn't say where",
    ],
    [
      "with a text in double quotes",
      `a: { sql: 'CREATE STREAM a (v INT) WITH (KAFKA_TOPIC="t", VALUE_FORMAT=''JSON'')' }`,
      `pipeline.yaml:5:56 KP1272 ["t"] expected the value of KAFKA_TOPIC, found "t"`,
      "    Write KAFKA_TOPIC='t': double quotes and back quotes are for names.",
    ],
    [
      "with a type that isn't one",
      "a: { stream: { topic: t, columns: { v: 'ARRAY<INT' } } }",
      "pipeline.yaml:5:42 warning KP1272 ['ARRAY<INT'] expected '>' to close ARRAY<, found ')'; the statement is not compared",
    ],
    [
      "with a variable that nothing defines",
      "a: { sql: 'CREATE STREAM a AS SELECT * FROM ${nosuch}' }",
      "pipeline.yaml:5:47 KP1275 [${nosuch}] no DEFINE before this gives nosuch",
    ],
  ])("%s", (_what, entry, ...faults) => {
    expect(wrongWith(`ksql:\n  ${entry}\n`)).toEqual(faults);
  });

  test("at the line and column of its .sql file, behind variables too", () => {
    const sql =
      "DEFINE x = 'a_long_value';\nCREATE STREAM a AS\n  SELECT ${x} FROM b # why\n;\nCREATE STREAM c AS SELECT * FRM d;\nALTER STREAM nosuch ADD COLUMN x INT;\nINSERT INTO a SELECT * FROM b;\nCREATE VIEW x;";
    expect(wrongWith("ksqlFiles: [a.sql]\n", { "a.sql": sql })).toMatchInlineSnapshot(`
      [
        "a.sql:3:22 KP1272 [# why] '#' begins no comment in ksqlDB",
        "    Write -- before a comment, or put it between /* and */.",
        "a.sql:5:29 KP1272 [FRM] expected FROM after the columns of SELECT, found 'FRM'",
        "    Did you mean FROM?",
        "a.sql:6:1 KP1271 [ALTER] no CREATE before this lists the columns of NOSUCH",
        "    Write the columns into its CREATE: kpipe finds the way from one to the other.",
        "a.sql:7:1 KP1277 [I] an INSERT INTO has no name of its own",
        "    Add WITH (QUERY_ID='NAME') behind the name of its stream, or give it an entry under \`ksql\`.",
        "a.sql:8:8 KP1272 [VIEW] expected STREAM, TABLE or TYPE after CREATE, found 'VIEW'",
        "    Mend the statement at this place.",
      ]
    `);
  });
});
