import { describe, expect, it } from "vitest";
import {
  contextAfter,
  emptyContext,
  readBack,
  resultSchema,
  sourcesOf,
} from "../../../src/ksql/canonical/index.ts";
import { parseStatements } from "../../../src/ksql/syntax/index.ts";
import { type Definition, upgradeOf } from "../../../src/providers/ksql/upgrade.ts";
import { onRecording } from "./on-recording.ts";

const context = parseStatements(`
  CREATE STREAM purchases (username VARCHAR, currency VARCHAR, amount INT)
    WITH (KAFKA_TOPIC='purchases', VALUE_FORMAT='JSON');
  CREATE STREAM p (username VARCHAR, currency VARCHAR, amount INT, note VARCHAR)
    WITH (KAFKA_TOPIC='p', VALUE_FORMAT='JSON');
  CREATE TABLE users (id VARCHAR PRIMARY KEY, name VARCHAR, reg BIGINT)
    WITH (KAFKA_TOPIC='users', VALUE_FORMAT='JSON');`).reduce(
  (known, it) => (it.kind === "unparsed" ? known : contextAfter(it, known)),
  emptyContext,
);

function definition(sql: string): Definition {
  const canonical = readBack(sql, context);
  if (canonical.kind === "unparsed") return expect.fail(`${canonical.error.message}: ${sql}`);
  const [from = ""] = sourcesOf(canonical.statement);
  const columns = resultSchema(canonical.statement, context);
  return { canonical, columns, reads: context.sources.get(from)?.type };
}

const high = (rest: string, properties = "") => `CREATE STREAM high ${properties} AS SELECT ${rest};`;
const twice = "username, currency, amount, amount*2 AS twice FROM purchases WHERE amount > 100000";
const purchases = (columns: string, properties = "") =>
  `CREATE STREAM purchases (${columns}) WITH (KAFKA_TOPIC='purchases', VALUE_FORMAT='JSON'${properties});`;
const three = "username VARCHAR, currency VARCHAR, amount INT";
const totals = (rest: string) =>
  `CREATE TABLE totals AS SELECT username, COUNT(*) AS n, SUM(amount) AS total${rest};`;
const windowed = (size: string) =>
  `CREATE TABLE w AS SELECT username, COUNT(*) AS n FROM p WINDOW TUMBLING (SIZE ${size}) GROUP BY username;`;
const join = (more: string) =>
  `CREATE STREAM e AS SELECT p.username AS username, p.amount, u.name${more} FROM p LEFT JOIN users u ON p.username = u.id;`;
const source = (more: string) =>
  `CREATE SOURCE TABLE st (id VARCHAR PRIMARY KEY, name VARCHAR${more}) WITH (KAFKA_TOPIC='users', VALUE_FORMAT='JSON');`;
const filtered = "* FROM purchases WHERE amount > 100000";

/** What ksqlDB 7.9.0 answered to CREATE OR REPLACE of the second over the first. */
const recorded: readonly (readonly [string, string, string, RegExp | "in-place"])[] = [
  ["050 the same filter", high(filtered), high(filtered), "in-place"],
  ["052 another filter", high(filtered), high("* FROM purchases WHERE amount > 200000"), "in-place"],
  ["055 a column less", high(filtered), high("username, amount FROM purchases"), /column CURRENCY goes/],
  ["056 a column more", high(filtered), high(twice), "in-place"],
  ["058 another topic", high(filtered), high(twice, "WITH (KAFKA_TOPIC='other')"), /KAFKA_TOPIC/],
  ["059 another format", high(filtered), high(twice, "WITH (VALUE_FORMAT='DELIMITED')"), /VALUE_FORMAT/],
  ["061 PARTITION BY", high(filtered), high(`${twice} PARTITION BY username`), /USERNAME goes|PARTITION BY/],
  [
    "062 another type",
    high(filtered),
    high("username, currency, CAST(amount AS BIGINT) AS amount FROM purchases"),
    /type of column AMOUNT/,
  ],
  ["063 no filter", high(filtered), high("* FROM purchases"), "in-place"],
  ["039 the same source", purchases(three), purchases(three), "in-place"],
  ["131 a column more in a source", purchases(three), purchases(`${three}, note VARCHAR`), "in-place"],
  ["132 a column less", purchases(`${three}, note VARCHAR`), purchases(three), /column NOTE goes/],
  [
    "072 another type in a source",
    purchases(three),
    purchases("username VARCHAR, currency VARCHAR, amount BIGINT, note VARCHAR"),
    /type of column AMOUNT/,
  ],
  [
    "075 another name",
    purchases(three),
    purchases("user_name VARCHAR, currency VARCHAR, amount INT"),
    /USERNAME goes/,
  ],
  [
    "076 another order",
    purchases(three),
    purchases("currency VARCHAR, username VARCHAR, amount INT"),
    /USERNAME moves/,
  ],
  [
    "133 a column in the middle",
    purchases(three),
    purchases("username VARCHAR, mid VARCHAR, currency VARCHAR, amount INT"),
    /CURRENCY moves/,
  ],
  ["077 a key where there was none", purchases(three), purchases(`id VARCHAR KEY, ${three}`), "in-place"],
  [
    "080 a timestamp",
    purchases(`${three}, ts BIGINT`),
    purchases(`${three}, ts BIGINT`, ", TIMESTAMP='ts'"),
    /TIMESTAMP/,
  ],
  [
    "512 another key format",
    purchases(`id VARCHAR KEY, ${three}`),
    purchases(`id VARCHAR KEY, ${three}`, ", KEY_FORMAT='JSON'"),
    /KEY_FORMAT/,
  ],
  [
    "081 a stream as a table",
    purchases(`id VARCHAR KEY, ${three}`),
    "CREATE TABLE purchases (id VARCHAR PRIMARY KEY, username VARCHAR) WITH (KAFKA_TOPIC='purchases', VALUE_FORMAT='JSON');",
    /stream can't become a table/,
  ],
  [
    "150 the same aggregate",
    totals(" FROM p GROUP BY username"),
    totals(" FROM p GROUP BY username"),
    "in-place",
  ],
  [
    "151 an aggregate more",
    totals(" FROM p GROUP BY username"),
    totals(", MAX(amount) AS mx FROM p GROUP BY username"),
    /aggregates changes/,
  ],
  [
    "152 a filter before the aggregate",
    totals(" FROM p GROUP BY username"),
    totals(" FROM p WHERE amount > 3 GROUP BY username"),
    "in-place",
  ],
  [
    "153 HAVING",
    totals(" FROM p GROUP BY username"),
    totals(" FROM p GROUP BY username HAVING COUNT(*) > 1"),
    /HAVING/,
  ],
  ["154 another window", windowed("1 HOUR"), windowed("2 HOURS"), /window changes/],
  ["156 a column more in a join", join(""), join(", u.reg"), /joins/],
  ["169 another expression", high(twice), high(twice.replace("*2", "*3")), "in-place"],
  ["208e a source table", source(""), source(", reg BIGINT"), /SOURCE TABLE/],
];

/** From the measured rules; these pairs have no recording of their own. */
const measured: typeof recorded = [
  ["the same join", join(""), join(""), /joins/],
  ["the same windowed aggregate", windowed("1 HOUR"), windowed("1 HOUR"), /windowed aggregates/],
  [
    "a filter on a column that isn't aggregated",
    totals(" FROM p GROUP BY username"),
    totals(" FROM p WHERE note = 'x' GROUP BY username"),
    /WHERE uses NOTE/,
  ],
  [
    "an aggregate over a table",
    "CREATE TABLE n AS SELECT name, COUNT(*) AS n FROM users GROUP BY name;",
    "CREATE TABLE n AS SELECT name, COUNT(*) AS n FROM users GROUP BY name;",
    /over a table/,
  ],
  ["a type", "CREATE TYPE t AS STRUCT<a INT>;", "CREATE TYPE t AS STRUCT<a BIGINT>;", /types/],
  ["an INSERT", "INSERT INTO p SELECT * FROM p;", "INSERT INTO p SELECT * FROM purchases;", /INSERT/],
];

describe("the way from a live definition to the desired one", () => {
  it.each([...recorded, ...measured])("%s", (_name, live, desired, expected) => {
    const upgrade = upgradeOf(definition(live), definition(desired));
    if (expected === "in-place") expect(upgrade).toEqual({ way: "in-place" });
    else expect(upgrade).toEqual({ way: "replace", reason: expect.stringMatching(expected) });
  });

  it.each([
    ["060 partitions", high(filtered, "WITH (PARTITIONS=2)"), high(filtered, "WITH (PARTITIONS=4)")],
    ["433b retention", purchases(three, ", RETENTION_MS=-1"), purchases(three, ", RETENTION_MS=3600000")],
  ])("%s: the topic decides, and no new statement helps", (_name, live, desired) => {
    expect(upgradeOf(definition(live), definition(desired)).way).toBe("refused");
  });

  it("isn't guessed where a source isn't known", () => {
    const statement = high("* FROM nosuch");
    expect(upgradeOf(definition(statement), definition(statement)).way).toBe("unknown");
  });
});

describe("a recorded ksqlDB is of the same opinion", () => {
  const sources = [
    "CREATE STREAM p (username VARCHAR, currency VARCHAR, amount INT, note VARCHAR) WITH (KAFKA_TOPIC='p', VALUE_FORMAT='JSON', PARTITIONS=1);",
    "CREATE TABLE users (id VARCHAR PRIMARY KEY, name VARCHAR, reg BIGINT) WITH (KAFKA_TOPIC='users', VALUE_FORMAT='JSON', PARTITIONS=1);",
  ];
  const given =
    "CREATE STREAM purchases (username VARCHAR, currency VARCHAR, amount INT) WITH (KAFKA_TOPIC='purchases', VALUE_FORMAT='JSON', PARTITIONS=1);";
  const pairs = [...recorded, ...measured].filter(
    ([, live]) => live.startsWith("CREATE STREAM") || live.startsWith("CREATE TABLE"),
  );

  it.each(pairs)("%s", async (_name, live, desired, expected) => {
    const { clients, run } = onRecording();
    const isItsOwnSource = /^CREATE STREAM purchases /.test(live);
    await run(...sources, given, ...(isItsOwnSource ? ["DROP STREAM purchases;"] : []), live);
    const text = desired.replace("CREATE", "CREATE OR REPLACE");
    const refusal = await clients.ksql?.check([{ text, properties: {} }]);
    expect(refusal === undefined).toBe(expected === "in-place");
  });
});
