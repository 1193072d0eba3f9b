import { describe, expect, it } from "vitest";
import {
  type Canonical,
  contextAfter,
  differences,
  emptyContext,
  readBack,
} from "../../../src/ksql/canonical/index.ts";
import { parseStatements } from "../../../src/ksql/syntax/index.ts";

const given = `
  CREATE TYPE address AS STRUCT<street VARCHAR, num INT>;
  CREATE STREAM p (username VARCHAR KEY, currency VARCHAR, amount INT, address address, tags ARRAY<VARCHAR>)
    WITH (KAFKA_TOPIC='p', VALUE_FORMAT='JSON');
  CREATE STREAM ev (id VARCHAR KEY, v INT, amount INT) WITH (KAFKA_TOPIC='ev', VALUE_FORMAT='JSON');
  CREATE TABLE users (id VARCHAR PRIMARY KEY, name VARCHAR, currency VARCHAR)
    WITH (KAFKA_TOPIC='users', VALUE_FORMAT='JSON');
  CREATE STREAM named (id INT KEY, street INT, ksql_col_0 INT, address address)
    WITH (KAFKA_TOPIC='named', FORMAT='AVRO');`;
const context = parseStatements(given).reduce(
  (known, it) => (it.kind === "unparsed" ? known : contextAfter(it, known)),
  emptyContext,
);

function canonical(sql: string): Canonical {
  const result = readBack(sql, context);
  return result.kind === "unparsed" ? expect.fail(`${result.error.message}: ${sql}`) : result;
}

/** What the user writes, what else means the same. */
const same: Record<string, readonly (readonly [string, string])[]> = {
  "names and layout": [
    ["CREATE STREAM s AS SELECT * FROM p;", "create stream S as\n/* c */ select * from P emit changes"],
    [
      "CREATE STREAM s AS SELECT amount FROM p;",
      "CREATE STREAM `S` AS SELECT P.AMOUNT AMOUNT FROM P P EMIT CHANGES;",
    ],
    ["CREATE STREAM s AS SELECT amount FROM p x;", "CREATE STREAM s AS SELECT y.amount FROM p AS y;"],
    ["CREATE STREAM s AS SELECT amount AS amount FROM p;", "CREATE STREAM s AS SELECT amount FROM p;"],
    ["CREATE STREAM s AS SELECT amount AS x FROM p;", "CREATE STREAM s AS SELECT amount x FROM p;"],
    ["CREATE OR REPLACE STREAM s AS SELECT * FROM p;", "CREATE STREAM IF NOT EXISTS s AS SELECT * FROM p;"],
  ],
  "SELECT *": [
    ["CREATE STREAM s AS SELECT * FROM ev;", "CREATE STREAM s AS SELECT id, v, amount FROM ev;"],
    ["CREATE STREAM s AS SELECT ev.* FROM ev;", "CREATE STREAM s AS SELECT * FROM ev x;"],
    [
      "CREATE STREAM s AS SELECT * FROM ev JOIN users u ON ev.id = u.id;",
      `CREATE STREAM s AS SELECT ev.id ev_id, ev.v ev_v, ev.amount ev_amount, u.id u_id, u.name u_name,
         u.currency u_currency FROM ev INNER JOIN users u ON (ev.id = u.id);`,
    ],
    [
      "CREATE STREAM s AS SELECT u.* FROM ev JOIN users u ON ev.id = u.id;",
      `CREATE STREAM s AS SELECT users.id u_id, users.name u_name, users.currency u_currency
         FROM ev JOIN users ON ev.id = users.id;`,
    ],
  ],
  "default names": [
    [
      "CREATE STREAM s AS SELECT amount + 1, ucase(currency) FROM p;",
      "CREATE STREAM s AS SELECT amount + 1 ksql_col_0, UCASE(P.CURRENCY) KSQL_COL_1 FROM p;",
    ],
    [
      "CREATE STREAM s AS SELECT id + 1 FROM named;",
      "CREATE STREAM s AS SELECT id + 1 AS ksql_col_1 FROM named;",
    ],
    [
      "CREATE STREAM s AS SELECT address->street FROM p;",
      "CREATE STREAM s AS SELECT P.ADDRESS->STREET STREET FROM P P;",
    ],
    [
      "CREATE STREAM s AS SELECT address->street FROM named;",
      "CREATE STREAM s AS SELECT address->street AS street_1 FROM named;",
    ],
    [
      "CREATE STREAM s AS SELECT p.username, p.amount, ev.amount, v FROM p JOIN ev WITHIN 1 HOUR ON p.username = ev.id;",
      `CREATE STREAM s AS SELECT P.USERNAME USERNAME, P.AMOUNT P_AMOUNT, EV.AMOUNT EV_AMOUNT, EV.V V
         FROM P P INNER JOIN EV EV WITHIN 1 HOURS ON ((P.USERNAME = EV.ID)) EMIT CHANGES;`,
    ],
    [
      "CREATE STREAM s AS SELECT x.username, x.amount, x.rowtime FROM p x JOIN ev y WITHIN 1 HOUR ON x.username = y.id;",
      `CREATE STREAM s AS SELECT p.username username, p.amount x_amount, p.rowtime x_rowtime
         FROM p JOIN ev WITHIN 1 HOUR ON p.username = ev.id;`,
    ],
  ],
  expressions: [
    [
      "CREATE STREAM s AS SELECT * FROM p WHERE amount > 1 AND currency = 'EUR';",
      "CREATE STREAM s AS SELECT * FROM p WHERE ((P.AMOUNT > 1) AND (P.CURRENCY = 'EUR'));",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v = 1 AND (v = 2 AND v = 3);",
      "CREATE STREAM s AS SELECT * FROM ev WHERE v = 1 AND v = 2 AND v = 3;",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v != 1;",
      "CREATE STREAM s AS SELECT * FROM ev WHERE v <> 1;",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v NOT IN (1, 2);",
      "CREATE STREAM s AS SELECT * FROM ev WHERE (NOT (EV.V IN (1, 2)));",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v IN (2, 1);",
      "CREATE STREAM s AS SELECT * FROM ev WHERE v IN (1, 2, 1);",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v NOT BETWEEN 1 AND 2;",
      "CREATE STREAM s AS SELECT * FROM ev WHERE (NOT (v BETWEEN 1 AND 2));",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE id NOT LIKE 'x%' ESCAPE '!';",
      "CREATE STREAM s AS SELECT * FROM ev WHERE (NOT (id LIKE 'x%' ESCAPE '!'));",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v IS NOT DISTINCT FROM 1;",
      "CREATE STREAM s AS SELECT * FROM ev WHERE (NOT (v IS DISTINCT FROM 1));",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE NOT (v IS NULL);",
      "CREATE STREAM s AS SELECT * FROM ev WHERE v IS NOT NULL;",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE NOT NOT v = 1;",
      "CREATE STREAM s AS SELECT * FROM ev WHERE v = 1;",
    ],
    [
      "CREATE STREAM s AS SELECT currency || 'x' AS c FROM p;",
      "CREATE STREAM s AS SELECT `concat`(P.CURRENCY, 'x') C FROM P P;",
    ],
    [
      "CREATE STREAM s AS SELECT Ucase(currency) AS c FROM p;",
      "CREATE STREAM s AS SELECT `ucase`(currency) AS c FROM p;",
    ],
    [
      "CREATE TABLE s AS SELECT id, COUNT(*) AS n FROM ev GROUP BY id;",
      "CREATE TABLE s AS SELECT id, COUNT() AS n FROM ev GROUP BY (id);",
    ],
    [
      "CREATE STREAM s AS SELECT TRANSFORM(tags, x => UCASE(x)) AS t FROM p;",
      "CREATE STREAM s AS SELECT TRANSFORM(P.TAGS, (TAG) => UCASE(TAG)) T FROM P P;",
    ],
    [
      "CREATE STREAM s AS SELECT TRANSFORM(tags, x => REDUCE(tags, x, (y, z) => y + z)) AS t FROM p;",
      "CREATE STREAM s AS SELECT TRANSFORM(tags, a => REDUCE(tags, a, (b, c) => b + c)) AS t FROM p;",
    ],
    [
      "CREATE STREAM s AS SELECT CAST(amount AS VARCHAR) AS a FROM p;",
      "CREATE STREAM s AS SELECT CAST(P.AMOUNT AS STRING) A FROM P P;",
    ],
    [
      "CREATE STREAM s AS SELECT CAST(amount AS VARCHAR(9)) AS a FROM p;",
      "CREATE STREAM s AS SELECT CAST(P.AMOUNT AS STRING) A FROM P P;",
    ],
    [
      "CREATE STREAM s AS SELECT CAST(address AS address) AS a FROM p;",
      "CREATE STREAM s AS SELECT CAST(P.ADDRESS AS STRUCT<STREET STRING, NUM INTEGER>) A FROM P P;",
    ],
    [
      "CREATE STREAM s AS SELECT CASE WHEN v = 1 THEN 2 ELSE NULL END AS c FROM ev;",
      "CREATE STREAM s AS SELECT (CASE WHEN (EV.V = 1) THEN 2 END) C FROM EV EV;",
    ],
    [
      "CREATE STREAM s AS SELECT STRUCT(a := v) AS c FROM ev;",
      "CREATE STREAM s AS SELECT STRUCT(A:=EV.V) C FROM EV EV;",
    ],
    [
      "CREATE STREAM s AS SELECT MAP('a' := v) AS c, ARRAY[v] AS d FROM ev;",
      "CREATE STREAM s AS SELECT MAP('a':=EV.V) C, ARRAY[EV.V] D FROM EV EV;",
    ],
    [
      "CREATE STREAM s AS SELECT TIMESTAMPADD(MILLISECOND, 5, ROWTIME) AS c FROM ev;",
      "CREATE STREAM s AS SELECT TIMESTAMPADD(MILLISECONDS, 5, EV.ROWTIME) C FROM EV EV;",
    ],
  ],
  numbers: [
    [
      "CREATE STREAM s AS SELECT 007 AS a, .5 AS b, 1. AS c, 1e3 AS d FROM ev;",
      "CREATE STREAM s AS SELECT 7 A, 0.5 B, 1 C, 1E3 D FROM EV EV;",
    ],
    [
      "CREATE STREAM s AS SELECT 1500e0 AS a, 0.0000001 AS b, -(5) AS c, +5 AS d FROM ev;",
      "CREATE STREAM s AS SELECT 1.5E3 A, 1E-7 B, -5 C, +5 D FROM EV EV;",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v > 1.50;",
      "CREATE STREAM s AS SELECT * FROM ev WHERE v > 1.5;",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v IN (1.0, 2);",
      "CREATE STREAM s AS SELECT * FROM ev WHERE v IN (1, 2.00);",
    ],
  ],
  joins: [
    [
      "CREATE STREAM s AS SELECT v FROM ev LEFT JOIN users ON ev.id = users.id;",
      "CREATE STREAM s AS SELECT EV.V V FROM EV EV LEFT OUTER JOIN USERS USERS ON ((EV.ID = USERS.ID)) EMIT CHANGES;",
    ],
    [
      "CREATE STREAM s AS SELECT v FROM ev e JOIN users u ON e.id = u.id;",
      "CREATE STREAM s AS SELECT x.v FROM ev x INNER JOIN users y ON x.id = y.id;",
    ],
    [
      "CREATE STREAM s AS SELECT v FROM p JOIN ev WITHIN 60 MINUTES GRACE PERIOD 24 HOURS ON p.username = ev.id;",
      "CREATE STREAM s AS SELECT v FROM p JOIN ev WITHIN (1 HOUR, 1 HOUR) GRACE PERIOD 1 DAY ON p.username = ev.id;",
    ],
    [
      "CREATE STREAM s AS SELECT v FROM p JOIN ev WITHIN (0 SECONDS, 60 SECONDS) ON p.username = ev.id;",
      "CREATE STREAM s AS SELECT v FROM p JOIN ev WITHIN (0 HOURS, 1 MINUTE) ON p.username = ev.id;",
    ],
    [
      "CREATE STREAM s AS SELECT v FROM p FULL JOIN ev WITHIN 1 DAY ON p.username = ev.id;",
      "CREATE STREAM s AS SELECT v FROM p FULL OUTER JOIN ev WITHIN 1 DAYS ON p.username = ev.id;",
    ],
  ],
  windows: [
    [
      "CREATE TABLE s AS SELECT id, COUNT(*) AS n FROM ev WINDOW TUMBLING (SIZE 60 SECONDS, RETENTION 48 HOURS) GROUP BY id;",
      "CREATE TABLE s AS SELECT EV.ID ID, COUNT(*) N FROM EV EV WINDOW TUMBLING ( SIZE 1 MINUTES , RETENTION 2 DAYS )  GROUP BY EV.ID EMIT CHANGES;",
    ],
    [
      "CREATE TABLE s AS SELECT id, COUNT(*) AS n FROM ev WINDOW named SESSION (1 HOUR) GROUP BY id EMIT FINAL;",
      "CREATE TABLE s AS SELECT EV.ID ID, COUNT(*) N FROM EV EV WINDOW SESSION ( 60 MINUTES )  GROUP BY EV.ID EMIT FINAL;",
    ],
    [
      "CREATE TABLE s AS SELECT id, COUNT(*) AS n FROM ev WINDOW HOPPING (SIZE 1 HOUR, ADVANCE BY 60 SECONDS, GRACE PERIOD 0 SECONDS) GROUP BY id;",
      "CREATE TABLE s AS SELECT id, COUNT(*) n FROM ev WINDOW HOPPING (SIZE 60 MINUTES, ADVANCE BY 1 MINUTE, GRACE PERIOD 0 DAYS) GROUP BY id;",
    ],
  ],
  "properties of a source": [
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='json');",
      "CREATE STREAM S (A INTEGER) WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='t', KEY_FORMAT='KAFKA', VALUE_FORMAT='JSON');",
    ],
    [
      "CREATE STREAM s (a INT) WITH (kafka_topic='t', format='avro');",
      "CREATE STREAM S (A INTEGER) WITH ('KAFKA_TOPIC'='t', KEY_FORMAT='AVRO', VALUE_FORMAT='AVRO');",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', PARTITIONS=3, REPLICAS=1);",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', PARTITIONS=3, RETENTION_MS=1);",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', PARTITIONS='3');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', PARTITIONS=03);",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', WRAP_SINGLE_VALUE='TRUE');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', WRAP_SINGLE_VALUE=true);",
    ],
    [
      "CREATE STREAM s (ts BIGINT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', TIMESTAMP='ts');",
      "CREATE STREAM s (ts BIGINT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', TIMESTAMP='`TS`');",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', WINDOW_TYPE='tumbling', WINDOW_SIZE='60 seconds');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', WINDOW_TYPE='TUMBLING', WINDOW_SIZE='1 MINUTE');",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='DELIMITED', VALUE_DELIMITER=',');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='DELIMITED');",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='AVRO', VALUE_AVRO_SCHEMA_FULL_NAME='x.Y');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='AVRO', VALUE_SCHEMA_FULL_NAME='x.Y');",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', KEY_FORMAT='KAFKA');",
    ],
  ],
  "columns and types": [
    [
      "CREATE STREAM s (a INT KEY, b VARCHAR, c DECIMAL(10,2)) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM S (A INTEGER KEY, B STRING, C DECIMAL(10, 2)) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
    ],
    [
      "CREATE STREAM s (a address) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM S (A STRUCT<STREET STRING, NUM INTEGER>) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
    ],
    [
      "CREATE STREAM s (a MAP<STRING, ARRAY<\"Address\">>) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM S (A MAP<STRING, ARRAY<STRUCT<STREET STRING, NUM INTEGER>>>) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
    ],
    [
      "CREATE STREAM s (a INT ARRAY, \"b\" INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a ARRAY<INT>, `b` INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
    ],
    [
      "CREATE STREAM s (v INT, k INT KEY) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (k INT KEY, v INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
    ],
    [
      "CREATE TYPE t AS STRUCT<a VARCHAR, b address>;",
      "CREATE TYPE IF NOT EXISTS `t` AS STRUCT<A STRING, B STRUCT<STREET STRING, NUM INTEGER>>;",
    ],
    [
      "CREATE STREAM s (a INT, b INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE OR REPLACE STREAM S (A INTEGER) WITH (KAFKA_TOPIC='t', KEY_FORMAT='KAFKA', VALUE_FORMAT='JSON');\nALTER STREAM s ADD COLUMN b INT;",
    ],
  ],
  "what a schema registry tells": [
    [
      "CREATE STREAM s WITH (KAFKA_TOPIC='t', VALUE_FORMAT='AVRO');",
      "CREATE STREAM S (A INTEGER, B STRING) WITH (KAFKA_TOPIC='t', KEY_FORMAT='KAFKA', VALUE_FORMAT='AVRO');",
    ],
    [
      "CREATE STREAM s (k INT KEY) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='AVRO', VALUE_SCHEMA_ID='1');",
      "CREATE STREAM S (K INTEGER KEY, A INTEGER) WITH (KAFKA_TOPIC='t', KEY_FORMAT='KAFKA', VALUE_FORMAT='AVRO', VALUE_SCHEMA_FULL_NAME='x', VALUE_SCHEMA_ID=1);",
    ],
    [
      "CREATE TABLE s WITH (KAFKA_TOPIC='t', FORMAT='PROTOBUF');",
      "CREATE TABLE S (K STRUCT<A INTEGER> PRIMARY KEY, B STRING) WITH (KAFKA_TOPIC='t', FORMAT='PROTOBUF');",
    ],
  ],
  "properties of a query's sink": [
    [
      "CREATE STREAM s AS SELECT * FROM p;",
      "CREATE STREAM S WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='S', PARTITIONS=2, REPLICAS=1, RETENTION_MS=604800000) AS SELECT *\nFROM P P\nEMIT CHANGES;",
    ],
    ["CREATE STREAM s WITH (VALUE_FORMAT='json') AS SELECT * FROM p;", "CREATE STREAM s AS SELECT * FROM p;"],
    [
      "CREATE STREAM s WITH (KEY_FORMAT='avro', VALUE_FORMAT='AVRO') AS SELECT * FROM named;",
      "CREATE STREAM s WITH (FORMAT='AVRO') AS SELECT * FROM named;",
    ],
    ["CREATE STREAM `s` AS SELECT * FROM p;", "CREATE STREAM `s` WITH (KAFKA_TOPIC='s') AS SELECT * FROM p;"],
  ],
  "INSERT INTO": [
    [
      "INSERT INTO s WITH (QUERY_ID='a') SELECT id, v FROM ev WHERE v > 1;",
      "INSERT INTO S SELECT EV.ID ID, EV.V V FROM EV EV WHERE (EV.V > 1) EMIT CHANGES;",
    ],
  ],
};

/** What the user writes, what is on the server, which parts differ. */
const different: Record<string, readonly (readonly [string, string, string])[]> = {
  queries: [
    [
      "CREATE STREAM s AS SELECT * FROM p WHERE amount > 100000;",
      "CREATE STREAM s AS SELECT * FROM p WHERE amount > 200000;",
      "query",
    ],
    ["CREATE STREAM s AS SELECT id, v FROM ev;", "CREATE STREAM s AS SELECT * FROM ev;", "query"],
    ["CREATE STREAM s AS SELECT v AS x FROM ev;", "CREATE STREAM s AS SELECT v FROM ev;", "query"],
    ["CREATE STREAM s AS SELECT v, id FROM ev;", "CREATE STREAM s AS SELECT id, v FROM ev;", "query"],
    ["CREATE STREAM s AS SELECT 1.50 AS a FROM ev;", "CREATE STREAM s AS SELECT 1.5 AS a FROM ev;", "query"],
    ["CREATE STREAM s AS SELECT 1e0 AS a FROM ev;", "CREATE STREAM s AS SELECT 1 AS a FROM ev;", "query"],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE NOT v = 1;",
      "CREATE STREAM s AS SELECT * FROM ev WHERE v <> 1;",
      "query",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE id = 'a';",
      "CREATE STREAM s AS SELECT * FROM ev WHERE id = 'A';",
      "query",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v - (v - 1) = 1;",
      "CREATE STREAM s AS SELECT * FROM ev WHERE v - v - 1 = 1;",
      "query",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM ev WHERE v = 1 OR v = 2 AND id = 'a';",
      "CREATE STREAM s AS SELECT * FROM ev WHERE (v = 1 OR v = 2) AND id = 'a';",
      "query",
    ],
    ["CREATE STREAM s AS SELECT * FROM ev PARTITION BY v;", "CREATE STREAM s AS SELECT * FROM ev;", "query"],
    [
      "CREATE TABLE s AS SELECT id, COUNT(*) n FROM ev GROUP BY id EMIT FINAL;",
      "CREATE TABLE s AS SELECT id, COUNT(*) n FROM ev GROUP BY id;",
      "query",
    ],
    [
      "CREATE TABLE s AS SELECT id, COUNT(*) n FROM ev GROUP BY id;",
      "CREATE TABLE s AS SELECT id, COUNT(v) n FROM ev GROUP BY id;",
      "query",
    ],
    [
      "CREATE TABLE s AS SELECT id, COUNT(*) n FROM ev WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY id;",
      "CREATE TABLE s AS SELECT id, COUNT(*) n FROM ev WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 1 DAY) GROUP BY id;",
      "query",
    ],
    [
      "CREATE STREAM s AS SELECT v FROM ev JOIN users ON ev.id = users.id;",
      "CREATE STREAM s AS SELECT v FROM ev LEFT JOIN users ON ev.id = users.id;",
      "query",
    ],
    [
      "CREATE STREAM s AS SELECT TRANSFORM(tags, x => UCASE(x)) AS t FROM p;",
      "CREATE STREAM s AS SELECT TRANSFORM(tags, x => LCASE(x)) AS t FROM p;",
      "query",
    ],
    [
      "CREATE STREAM s AS SELECT REDUCE(tags, '', (x, y) => x + y) AS t FROM p;",
      "CREATE STREAM s AS SELECT REDUCE(tags, '', (x, y) => y + x) AS t FROM p;",
      "query",
    ],
    ["INSERT INTO s SELECT id, v FROM ev;", "INSERT INTO s SELECT id, v FROM ev WHERE v > 1;", "query"],
    ["INSERT INTO s SELECT id, v FROM ev;", "INSERT INTO t SELECT id, v FROM ev;", "name"],
  ],
  sources: [
    [
      "CREATE STREAM s (a BIGINT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "columns",
    ],
    [
      "CREATE STREAM s (a INT, b INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (b INT, a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "columns",
    ],
    [
      "CREATE STREAM s (a INT KEY) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "columns",
    ],
    [
      "CREATE STREAM s (a address) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a STRUCT<STREET STRING>) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "columns",
    ],
    [
      "CREATE STREAM s (h BYTES HEADER('a')) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (h BYTES HEADER('b')) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "columns",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='T', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "property KAFKA_TOPIC",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', FORMAT='JSON');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "property KEY_FORMAT",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', TIMESTAMP='a');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "property TIMESTAMP",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', TIMESTAMP='a');",
      "property TIMESTAMP",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', PARTITIONS=2);",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON', PARTITIONS=1);",
      "property PARTITIONS",
    ],
    [
      "CREATE SOURCE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "kind",
    ],
    [
      "CREATE TABLE s (a INT PRIMARY KEY) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a INT KEY) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "kind",
    ],
    [
      "CREATE STREAM `s` (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "name",
    ],
    [
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');",
      "CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON'); ALTER STREAM s ADD COLUMN b INT;",
      "columns",
    ],
    ["CREATE TYPE t AS STRUCT<a INT>;", "CREATE TYPE t AS STRUCT<a BIGINT>;", "type"],
  ],
  sinks: [
    [
      "CREATE STREAM s WITH (KAFKA_TOPIC='x') AS SELECT * FROM p;",
      "CREATE STREAM s AS SELECT * FROM p;",
      "property KAFKA_TOPIC",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM p;",
      "CREATE STREAM s WITH (KAFKA_TOPIC='x') AS SELECT * FROM p;",
      "property KAFKA_TOPIC",
    ],
    [
      "CREATE STREAM s AS SELECT * FROM p;",
      "CREATE STREAM s WITH (VALUE_FORMAT='DELIMITED') AS SELECT * FROM p;",
      "property VALUE_FORMAT",
    ],
  ],
};

describe.each(Object.entries(same))("same: %s", (_, pairs) => {
  it.each(pairs.map(([desired, actual]) => ({ desired, actual })))("$desired", ({ desired, actual }) => {
    expect(differences(canonical(desired), canonical(actual))).toEqual([]);
    expect(canonical(desired).unresolved).toEqual([]);
  });
});

describe.each(Object.entries(different))("different: %s", (_, pairs) => {
  it.each(pairs.map(([desired, actual, part]) => ({ desired, actual, part })))(
    "$desired",
    ({ desired, actual, part }) => {
      const found = differences(canonical(desired), canonical(actual));
      expect(found.map((it) => (it.property === undefined ? it.part : `${it.part} ${it.property}`))).toEqual([
        part,
      ]);
    },
  );
});
