import { describe, expect, it } from "vitest";
import { parseStatement, printStatement } from "../../../src/ksql/syntax/index.ts";

/** Written, the kind of statement, printed. */
const cases: readonly (readonly [string, string, string])[] = [
  [
    "create or replace stream purchases (id bigint key, address struct<street varchar, tags array<string>>) with (kafka_topic='p', partitions=3)",
    "create-source",
    `CREATE OR REPLACE STREAM PURCHASES (
  ID BIGINT KEY,
  ADDRESS STRUCT<STREET VARCHAR, TAGS ARRAY<STRING>>
) WITH (
  KAFKA_TOPIC='p',
  PARTITIONS=3
)`,
  ],
  [
    "CREATE SOURCE TABLE IF NOT EXISTS users (id INT PRIMARY KEY) WITH (KAFKA_TOPIC='users')",
    "create-source",
    "CREATE SOURCE TABLE IF NOT EXISTS USERS (ID INT PRIMARY KEY) WITH (KAFKA_TOPIC='users')",
  ],
  [
    "CREATE STREAM s (h BYTES HEADER('trace-id'), hs ARRAY<STRUCT<key STRING, value BYTES>> HEADERS)",
    "create-source",
    `CREATE STREAM S (
  H BYTES HEADER('trace-id'),
  HS ARRAY<STRUCT<KEY STRING, VALUE BYTES>> HEADERS
)`,
  ],
  ["CREATE STREAM s", "create-source", "CREATE STREAM S"],
  [
    `CREATE TABLE totals WITH (VALUE_FORMAT='JSON') AS
     SELECT username, COUNT(*) n FROM p
     WINDOW TUMBLING (SIZE 1 HOURS, RETENTION 2 DAYS, GRACE PERIOD 10 MINUTES)
     WHERE amount > 1 AND currency = 'EUR' GROUP BY username HAVING COUNT(*) > 2 EMIT FINAL LIMIT 5`,
    "create-as",
    `CREATE TABLE TOTALS WITH (VALUE_FORMAT='JSON') AS
SELECT
  USERNAME,
  COUNT(*) AS N
FROM P
WINDOW TUMBLING (SIZE 1 HOUR, RETENTION 2 DAYS, GRACE PERIOD 10 MINUTES)
WHERE AMOUNT > 1
  AND CURRENCY = 'EUR'
GROUP BY USERNAME
HAVING COUNT(*) > 2
EMIT FINAL
LIMIT 5`,
  ],
  [
    `CREATE STREAM e AS SELECT p.*, u.name FROM p AS x
     INNER JOIN q WITHIN (1 HOUR, 2 DAYS) GRACE PERIOD 5 SECONDS ON x.id = q.id
     LEFT OUTER JOIN users u ON x.u = u.id FULL JOIN r ON x.r = r.id RIGHT JOIN t ON x.t = t.id PARTITION BY x.id`,
    "create-as",
    `CREATE STREAM E AS
SELECT
  P.*,
  U.NAME
FROM P X
JOIN Q WITHIN (1 HOUR, 2 DAYS) GRACE PERIOD 5 SECONDS ON X.ID = Q.ID
LEFT JOIN USERS U ON X.U = U.ID
FULL JOIN R ON X.R = R.ID
RIGHT JOIN T ON X.T = T.ID
PARTITION BY X.ID`,
  ],
  [
    "CREATE TABLE h AS SELECT a FROM b WINDOW w HOPPING (SIZE 10 MINUTES, ADVANCE BY 1 MINUTE) GROUP BY (a, c)",
    "create-as",
    "CREATE TABLE H AS\nSELECT A\nFROM B\nWINDOW HOPPING (SIZE 10 MINUTES, ADVANCE BY 1 MINUTE)\nGROUP BY A, C",
  ],
  [
    "CREATE TABLE h AS SELECT a FROM b WINDOW SESSION (60 SECONDS) GROUP BY a",
    "create-as",
    "CREATE TABLE H AS\nSELECT A\nFROM B\nWINDOW SESSION (60 SECONDS)\nGROUP BY A",
  ],
  [
    "CREATE STREAM f AS SELECT address->*, EXPLODE(tags) tag FROM b EMIT CHANGES",
    "create-as",
    "CREATE STREAM F AS\nSELECT\n  ADDRESS->*,\n  EXPLODE(TAGS) AS TAG\nFROM B\nEMIT CHANGES",
  ],
  ["SELECT * FROM emit emit EMIT CHANGES", "query", "SELECT *\nFROM `EMIT` `EMIT`\nEMIT CHANGES"],
  ["SELECT * FROM s PARTITION BY a", "query", "SELECT *\nFROM S\nPARTITION BY A"],
  [
    "INSERT INTO s WITH (QUERY_ID='x') SELECT a b FROM t",
    "insert-select",
    "INSERT INTO S WITH (QUERY_ID='x')\nSELECT A AS B\nFROM T",
  ],
  ["INSERT INTO s (a, b) VALUES (1 + 2, 'x')", "insert-values", "INSERT INTO S (A, B) VALUES (1 + 2, 'x')"],
  ["INSERT INTO s VALUES (1)", "insert-values", "INSERT INTO S VALUES (1)"],
  [
    "CREATE TYPE IF NOT EXISTS address AS STRUCT<street VARCHAR, m MAP<STRING, DECIMAL(10,2)>>",
    "create-type",
    "CREATE TYPE IF NOT EXISTS ADDRESS AS STRUCT<STREET VARCHAR, M MAP<STRING, DECIMAL(10, 2)>>",
  ],
  ["CREATE TYPE e AS STRUCT< >", "create-type", "CREATE TYPE E AS STRUCT< >"],
  [
    "CREATE SINK CONNECTOR c WITH ('connector.class'='x', \"tasks.max\"='1')",
    "create-connector",
    "CREATE SINK CONNECTOR C WITH (\n  'connector.class'='x',\n  'tasks.max'='1'\n)",
  ],
  ["DROP STREAM IF EXISTS a DELETE TOPIC", "drop", "DROP STREAM IF EXISTS A DELETE TOPIC"],
  ["DROP TYPE address", "drop", "DROP TYPE ADDRESS"],
  ["TERMINATE all", "control", "TERMINATE ALL"],
  ["PAUSE csas_a_1", "control", "PAUSE CSAS_A_1"],
  [
    "ALTER STREAM a ADD b INT, ADD COLUMN c INT",
    "alter-source",
    "ALTER STREAM A ADD COLUMN B INT,\n  ADD COLUMN C INT",
  ],
  ["ALTER TABLE a ADD COLUMN column INT", "alter-source", "ALTER TABLE A ADD COLUMN `COLUMN` INT"],
  ["ALTER TABLE a ADD column ARRAY<INT>", "alter-source", "ALTER TABLE A ADD COLUMN `COLUMN` ARRAY<INT>"],
  ["ALTER SYSTEM 'a'='b'", "alter-system", "ALTER SYSTEM 'a'='b'"],
  ["SET 'auto.offset.reset' = 'earliest'", "set", "SET 'auto.offset.reset'='earliest'"],
  ["UNSET 'auto.offset.reset'", "unset", "UNSET 'auto.offset.reset'"],
  ["DEFINE Name = 'it''s'", "define", "DEFINE Name='it''s'"],
  ["UNDEFINE Name", "undefine", "UNDEFINE Name"],
  ["EXPLAIN SELECT * FROM a", "explain", "EXPLAIN SELECT *\nFROM A"],
  ["EXPLAIN csas_1", "inspect", "EXPLAIN CSAS_1"],
  ["show source connectors", "inspect", "SHOW SOURCE CONNECTORS"],
  ["LIST ALL TOPICS EXTENDED", "inspect", "LIST ALL TOPICS EXTENDED"],
  ["DESCRIBE function", "inspect", "DESCRIBE FUNCTION"],
  ["DESCRIBE FUNCTION ucase", "inspect", "DESCRIBE FUNCTION UCASE"],
  ['DESCRIBE "camelCase" EXTENDED', "inspect", "DESCRIBE `camelCase` EXTENDED"],
  ["PRINT purchases FROM BEGINNING LIMIT 3", "inspect", "PRINT purchases FROM BEGINNING LIMIT 3"],
  ["ASSERT TOPIC 'p' WITH (PARTITIONS=1)", "inspect", "ASSERT TOPIC 'p' WITH ( PARTITIONS = 1 )"],
  [
    `CREATE STREAM \${name} (a INT) WITH (KAFKA_TOPIC=\${topic})`,
    "create-source",
    `CREATE STREAM \${name} (A INT) WITH (KAFKA_TOPIC=\${topic})`,
  ],
];

describe("a statement is recognised and printed", () => {
  it.each(cases.map(([sql, kind, printed]) => ({ sql, kind, printed })))("$sql", ({ sql, kind, printed }) => {
    const statement = parseStatement(sql);
    if (statement.kind === "unparsed") return expect.fail(statement.error.message);
    expect(statement.kind).toBe(kind);
    expect(printStatement(statement)).toBe(printed);
  });
});
