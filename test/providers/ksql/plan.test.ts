import { beforeEach, describe, expect, test } from "vitest";
import { type OnRecording, onRecording } from "./on-recording.ts";

const topics = (more = "") => `defaults: { topic: { partitions: 3, replicationFactor: 1 } }
topics:
  purchases: { config: { retention.ms: 7d } }
${more}`;
const purchases = (columns = "username: VARCHAR, amount: INT", more = "") =>
  `  purchases: { stream: { topic: purchases, valueFormat: JSON, columns: { ${columns} } }${more} }\n`;
const sql = (key: string, text: string, more = "") =>
  `  ${key}: { sql: '${text.replaceAll("'", "''")}'${more} }\n`;
const high = (threshold: number, more = "") =>
  sql("high", `CREATE STREAM high AS SELECT * FROM purchases WHERE amount > ${threshold};`, more);
const totals = (rest = "", more = "") =>
  sql(
    "totals",
    `CREATE TABLE totals AS SELECT username, COUNT(*) AS n FROM purchases GROUP BY username${rest};`,
    more,
  );
const replace = (offsets: string) => `, upgrade: replace, onReplace: { offsets: ${offsets} }`;
const claim = 'claim: { topics: ["*"], ksql: ["*"] }\n';

let cluster: OnRecording;
beforeEach(() => {
  cluster = onRecording();
});

describe("the example: a stream over its topic, and a filter of it", () => {
  const file = (threshold: number) => `${topics()}ksql:\n${purchases()}${high(threshold)}`;

  test("is created in the order of reading, and is then as declared", async () => {
    expect((await cluster.plan(file(100))).changes).toEqual([
      "+ topic/purchases",
      "+ stream/PURCHASES",
      "+ stream/HIGH",
    ]);
    expect(await cluster.apply(file(100))).toEqual([
      "topic/purchases 3 partitions, 1 config",
      "stream/PURCHASES created",
      "stream/HIGH created, query running",
    ]);
    expect(await cluster.plan(file(100))).toMatchObject({
      changes: [],
      faults: [],
      remarks: [],
      orphans: [],
    });
  });

  test("takes another threshold in place, its topic's settings as they are", async () => {
    await cluster.apply(file(100));
    expect((await cluster.plan(file(200))).changes).toEqual([
      "~ stream/HIGH  in place, by CREATE OR REPLACE",
    ]);
    await cluster.apply(file(200));
    expect(cluster.executed.at(-1)).toBe(
      "CREATE OR REPLACE STREAM high WITH (PARTITIONS=3, REPLICAS=1, RETENTION_MS=604800000) AS SELECT * FROM purchases WHERE amount > 200;",
    );
    expect((await cluster.plan(file(200))).changes).toEqual([]);
  });

  test("is dropped by name, readers first; the topics stay, and are orphans from then on", async () => {
    await cluster.apply(file(100));
    const removed = `${claim}removed: [stream/purchases, stream/high]\n`;
    const { changes, orphans } = await cluster.plan(removed);
    expect(changes).toEqual(["- stream/HIGH", "- stream/PURCHASES"]);
    expect(orphans).toEqual(["topic/HIGH", "topic/purchases"]);
    await cluster.apply(removed);
    expect(cluster.executed.slice(-2)).toEqual(["DROP STREAM HIGH;", "DROP STREAM PURCHASES;"]);
    expect((await cluster.plan(removed)).changes).toEqual([]);
  });

  test("pruned, goes with the topic that ksqlDB made for it, after it", async () => {
    await cluster.apply(file(100));
    const kept = `${claim}${topics()}`;
    expect((await cluster.plan(kept, { prune: true })).changes).toEqual([
      "- stream/HIGH",
      "- stream/PURCHASES",
      "- topic/HIGH",
    ]);
    await cluster.apply(kept, { prune: true });
    expect(cluster.executed.join()).not.toContain("DELETE TOPIC");
    expect(await cluster.plan(kept, { prune: true })).toMatchObject({ changes: [], orphans: [] });
  });

  test("makes no orphan of the topic that a query writes", async () => {
    await cluster.apply(file(100));
    expect((await cluster.plan(`${claim}${file(100)}`)).orphans).toEqual([]);
  });
});

describe("a declared topic wins over ksqlDB's own", () => {
  test("the statement gets what it has", async () => {
    const file = `${topics("  HIGH: { partitions: 6, config: { retention.ms: 1h } }\n")}ksql:\n${purchases()}${high(1)}`;
    const { changes, faults } = await cluster.plan(file);
    expect(faults).toEqual([]);
    expect(changes.indexOf("+ topic/HIGH")).toBeLessThan(changes.indexOf("+ stream/HIGH"));
    await cluster.apply(file);
    expect(cluster.executed.at(-1)).toMatch(/WITH \(PARTITIONS=6, REPLICAS=1, RETENTION_MS=3600000\) AS/);
    expect((await cluster.plan(file)).changes).toEqual([]);
  });

  test("a table without a window is told no retention", async () => {
    const file = `${topics("  TOTALS: { config: { retention.ms: 1h, cleanup.policy: compact } }\n")}ksql:\n${purchases()}${totals()}`;
    await cluster.apply(file);
    expect(cluster.executed.at(-1)).toMatch(/CREATE TABLE totals WITH \(PARTITIONS=3, REPLICAS=1\) AS/);
    expect((await cluster.plan(file)).changes).toEqual([]);
  });

  test("other settings in the statement are no difference, not even after the topic has grown", async () => {
    const stream = sql(
      "purchases",
      "CREATE STREAM purchases (v INT) WITH (KAFKA_TOPIC='purchases', VALUE_FORMAT='JSON', PARTITIONS=1);",
    );
    await cluster.apply(`${topics()}ksql:\n${stream}`);
    expect(cluster.executed.at(-1)).toContain("PARTITIONS=3, REPLICAS=1, RETENTION_MS=604800000");
    const grown = `${topics().replace("partitions: 3", "partitions: 6")}ksql:\n${stream}`;
    expect((await cluster.plan(grown)).changes).toEqual(["~ topic/purchases"]);
    await cluster.apply(grown);
    expect((await cluster.plan(grown)).changes).toEqual([]);
  });

  test("of an undeclared one they are refused: nothing but the topic itself could change", async () => {
    const stream = (partitions: number) =>
      `ksql:\n${sql("p", `CREATE STREAM p (v INT) WITH (KAFKA_TOPIC='p', VALUE_FORMAT='JSON', PARTITIONS=${partitions});`)}`;
    await cluster.apply(stream(1));
    expect((await cluster.plan(stream(2))).faults).toEqual([
      "KP2202 pipeline.yaml:5:3 PARTITIONS is the topic's own and must be what the topic has",
    ]);
  });
});

describe("what ksqlDB can't do in place", () => {
  const file = (rest: string, more = "") => `${topics()}ksql:\n${purchases()}${totals(rest, more)}`;
  const having = " HAVING COUNT(*) > 1";

  test("is refused with the reason, at its statement", async () => {
    await cluster.apply(file(""));
    const { changes, faults } = await cluster.plan(file(having));
    expect(changes).toEqual([]);
    expect(faults).toEqual(["KP2201 pipeline.yaml:9:19 its HAVING changes"]);
  });

  test.each(["earliest", "latest"])(
    "is replaced where the file says so, reading from the %s",
    async (offsets) => {
      await cluster.apply(file(""));
      const wanted = file(having, replace(offsets));
      expect((await cluster.plan(wanted)).changes).toEqual([
        `± table/TOTALS  dropped and created anew, reading from the ${offsets} offset`,
      ]);
      expect(await cluster.apply(wanted)).toEqual(["table/TOTALS replaced, query running"]);
      expect(cluster.executed.slice(-2)).toEqual([
        "DROP TABLE TOTALS;",
        `[auto.offset.reset=${offsets}] CREATE TABLE totals WITH (PARTITIONS=3, REPLICAS=1) AS SELECT username, COUNT(*) AS n FROM purchases GROUP BY username HAVING COUNT(*) > 1;`,
      ]);
      expect((await cluster.plan(wanted)).changes).toEqual([]);
    },
  );

  test("is in place where a filter uses what is aggregated", async () => {
    await cluster.apply(file(""));
    const filtered = file("").replace("GROUP BY", "WHERE username <> ''x'' GROUP BY");
    expect((await cluster.plan(filtered)).changes).toEqual([
      "~ table/TOTALS  in place, by CREATE OR REPLACE",
    ]);
  });
});

describe("replacing a source", () => {
  const first = `${topics()}ksql:\n${purchases()}${high(1)}${sql("again", "CREATE STREAM again AS SELECT * FROM high;")}`;
  const retyped = (onHigh: string, onAgain: string) =>
    `${topics()}ksql:\n${purchases("username: VARCHAR, amount: BIGINT", ", upgrade: replace")}${high(1, onHigh)}${sql("again", "CREATE STREAM again AS SELECT * FROM high;", onAgain)}`;

  test("rebuilds what was made from it: the farthest goes first, and comes last", async () => {
    await cluster.apply(first);
    const wanted = retyped(replace("earliest"), replace("latest"));
    expect((await cluster.plan(wanted)).changes).toEqual([
      "± stream/PURCHASES  dropped and created anew",
      "± stream/HIGH  dropped and created anew, reading from the earliest offset",
      "± stream/AGAIN  dropped and created anew, reading from the latest offset",
    ]);
    const from = cluster.executed.length;
    await cluster.apply(wanted);
    expect(cluster.executed.slice(from).map((it) => it.replace(/ (\(|WITH|AS).*/, ""))).toEqual([
      "DROP STREAM AGAIN;",
      "DROP STREAM HIGH;",
      "DROP STREAM PURCHASES;",
      "CREATE STREAM purchases",
      "[auto.offset.reset=earliest] CREATE STREAM high",
      "[auto.offset.reset=latest] CREATE STREAM again",
    ]);
    expect((await cluster.plan(wanted)).changes).toEqual([]);
  });

  test("is refused with the list of those that can't follow", async () => {
    await cluster.apply(first);
    expect((await cluster.plan(retyped(replace("earliest"), ""))).faults).toContain(
      "KP2203 pipeline.yaml:8:3 the type of column AMOUNT changes, and it can't be replaced before stream/AGAIN",
    );
  });

  test("is refused where somebody else reads it", async () => {
    await cluster.apply(first);
    await cluster.run("CREATE STREAM foreign_one AS SELECT * FROM purchases;");
    expect((await cluster.plan(retyped(replace("earliest"), replace("latest")))).faults.join()).toMatch(
      /KP2203 .* before stream\/FOREIGN_ONE/,
    );
  });

  test("is refused where --target leaves out what it takes along", async () => {
    await cluster.apply(first);
    const { faults } = await cluster.plan(retyped(replace("earliest"), replace("latest")), {
      targets: ["stream/PURCHASES"],
    });
    expect(faults).toEqual([
      "KP2206 pipeline.yaml:8:3 is replaced, which takes stream/AGAIN, stream/HIGH along",
    ]);
  });

  test("ends a query that writes into it, and starts it again", async () => {
    const file = (columns: string, more: string) =>
      `${topics("  other: {}\n")}ksql:\n${purchases(columns, more)}  other: { stream: { topic: other, valueFormat: JSON, columns: { username: VARCHAR, amount: INT } } }\n${sql("copy", "INSERT INTO purchases SELECT username, amount FROM other;")}`;
    await cluster.apply(file("username: VARCHAR, amount: INT", ""));
    const wanted = file("username: VARCHAR, amount: INT, note: VARCHAR", ", upgrade: replace").replace(
      "username: VARCHAR, amount: INT, note",
      "amount: INT, username: VARCHAR, note",
    );
    expect((await cluster.plan(wanted)).changes).toEqual([
      "± stream/PURCHASES  dropped and created anew",
      "± query/COPY  terminated and inserted anew",
    ]);
  });
});

describe("an INSERT INTO", () => {
  const file = (query: string) =>
    `${topics("  all: {}\n")}ksql:\n${purchases()}  all: { stream: { topic: all, valueFormat: JSON, columns: { username: VARCHAR, amount: INT } } }\n${sql("copy", query)}`;
  const copy = "INSERT INTO all SELECT username, amount FROM purchases;".replace("all", "`ALL`");
  const quoted = (body: string) => body.replace("  all: { stream", '  "`ALL`": { stream');

  test("gets its key as the id of its query", async () => {
    await cluster.apply(quoted(file(copy)));
    expect(cluster.executed.at(-1)).toBe(
      "INSERT INTO `ALL` WITH (QUERY_ID='COPY') SELECT username, amount FROM purchases;",
    );
    expect((await cluster.plan(quoted(file(copy)))).changes).toEqual([]);
  });

  test("that is changed is terminated and inserted anew, and says where it starts", async () => {
    await cluster.apply(quoted(file(copy)));
    const changed = quoted(file(copy.replace(";", " WHERE amount > 1;")));
    expect((await cluster.plan(changed)).changes).toEqual(["± query/COPY  terminated and inserted anew"]);
    await cluster.apply(changed);
    expect(cluster.executed.slice(-2)).toEqual([
      "TERMINATE COPY;",
      "INSERT INTO `ALL` WITH (QUERY_ID='COPY') SELECT username, amount FROM purchases WHERE amount > 1;",
    ]);
    expect((await cluster.plan(changed)).changes).toEqual([]);
  });

  test("of another id is the declared one if it is equal, and another one if not", async () => {
    const none = quoted(file(copy)).replace(/ {2}copy: .*\n/, "");
    await cluster.apply(none);
    await cluster.run("INSERT INTO `ALL` SELECT purchases.username, amount AS amount FROM purchases;");
    expect((await cluster.plan(quoted(file(copy)))).changes).toEqual([]);
    const other = quoted(file(copy.replace(";", " WHERE amount > 1;")));
    expect((await cluster.plan(other)).changes).toEqual(["+ query/COPY"]);
  });

  test("adopted and then changed, is terminated by the id that it has", async () => {
    await cluster.apply(quoted(file(copy)).replace(/ {2}copy: .*\n/, ""));
    await cluster.run("INSERT INTO `ALL` SELECT username, amount FROM purchases;");
    await cluster.apply(`${claim}${quoted(file(copy)).replace(/ {2}copy: .*\n/, "")}`, { prune: true });
    expect(cluster.executed.at(-1)).toMatch(/^TERMINATE INSERTQUERY_\d+;$/);
  });
});

describe("what has drifted", () => {
  const file = `${topics()}ksql:\n${purchases()}${high(1)}`;
  const only = async () => (await cluster.clients.ksql?.read())?.queries.map(({ id }) => id)[0] ?? "";
  beforeEach(() => cluster.apply(file));

  test("a paused query is resumed", async () => {
    await cluster.run(`PAUSE ${await only()};`);
    expect((await cluster.plan(file)).changes).toEqual(["! stream/HIGH  resume its query, it is paused"]);
    expect(await cluster.apply(file)).toEqual(["stream/HIGH resumed"]);
    expect((await cluster.plan(file)).changes).toEqual([]);
  });

  test("a paused query whose statement changes is changed, and runs again", async () => {
    await cluster.run(`PAUSE ${await only()};`);
    const changed = `${topics()}ksql:\n${purchases()}${high(2)}`;
    expect((await cluster.plan(changed)).changes).toEqual([
      "~ stream/HIGH  in place, by CREATE OR REPLACE; resume its query, it is paused",
    ]);
    await cluster.apply(changed);
    expect((await cluster.plan(changed)).changes).toEqual([]);
  });

  test("a terminated query is started again, whatever its shape", async () => {
    await cluster.run(`TERMINATE ${await only()};`);
    expect((await cluster.plan(file)).changes).toEqual(["! stream/HIGH  restart its query"]);
    await cluster.apply(file);
    expect((await cluster.plan(file)).changes).toEqual([]);
  });

  test("a source that was dropped by hand is made again", async () => {
    await cluster.run("DROP STREAM HIGH;", "DROP STREAM PURCHASES;");
    expect((await cluster.plan(file)).changes).toEqual(["+ stream/PURCHASES", "+ stream/HIGH"]);
    await cluster.apply(file);
    expect((await cluster.plan(file)).changes).toEqual([]);
  });

  test("a declared topic that vanished is made again, and nothing else", async () => {
    await cluster.clients.kafka.deleteTopics(["purchases"]);
    expect((await cluster.plan(file)).changes).toEqual(["+ topic/purchases"]);
  });

  test("an undeclared topic that vanished is said: nothing here can make it again", async () => {
    await cluster.clients.kafka.deleteTopics(["purchases"]);
    expect(await cluster.plan(`ksql:\n${purchases()}${high(1)}`)).toMatchObject({
      changes: [],
      remarks: ["fault stream/PURCHASES: without its topic: topic/purchases is gone"],
    });
  });

  test("a sink topic that vanished comes back with its query", async () => {
    await cluster.clients.kafka.deleteTopics(["HIGH"]);
    expect((await cluster.plan(file)).changes).toEqual(["! stream/HIGH  restart its query"]);
    await cluster.apply(file);
    expect((await cluster.plan(file)).changes).toEqual([]);
  });

  test("a query that failed is started again in place where ksqlDB can do that, and said where it can't", async () => {
    const text = (name: string) =>
      `CREATE STREAM ${name} WITH (KAFKA_TOPIC='${name}') AS SELECT * FROM P P EMIT CHANGES;`;
    const source = (name: string, statement: string) => ({
      type: "stream" as const,
      topic: name,
      keyFormat: "KAFKA",
      valueFormat: "JSON",
      fields: [{ name: "V", type: "INTEGER" }],
      statement,
    });
    const errors = [{ timestamp: 1, message: "no space left on device", type: "SYSTEM" }];
    const topic = { partitions: [{ replicas: [1] }] };
    const broken = onRecording({
      kafka: { topics: { P: topic, Q: topic } },
      ksql: {
        sources: {
          P: source(
            "P",
            "CREATE STREAM P (V INTEGER) WITH (KAFKA_TOPIC='P', KEY_FORMAT='KAFKA', VALUE_FORMAT='JSON');",
          ),
          Q: { ...source("Q", text("Q")), from: ["P"] },
        },
        queries: {
          CSAS_Q_1: { text: text("Q"), sources: ["P"], sinks: ["Q"], state: "error", errors },
          COPY: {
            text: "INSERT INTO q SELECT * FROM p;",
            sources: ["P"],
            sinks: ["Q"],
            state: "error",
            errors,
          },
        },
      },
    });
    const declared = `ksql:\n${sql("q", "CREATE STREAM q AS SELECT * FROM p;")}${sql("copy", "INSERT INTO q SELECT * FROM p;")}`;
    expect(await broken.plan(declared)).toMatchObject({
      changes: ["! stream/Q  restart its query"],
      remarks: [
        "fault query/COPY: query failing: COPY: no space left on device; it can't be started again in place: ksqlDB terminates an INSERT query and starts a new one, and has no other way to change it",
      ],
    });
  });

  test("columns that a source gained are missing in a SELECT * made before", async () => {
    await cluster.run(
      "CREATE OR REPLACE STREAM purchases (username VARCHAR, amount INT, note VARCHAR) WITH (KAFKA_TOPIC='purchases', VALUE_FORMAT='JSON');",
    );
    const wanted = `${topics()}ksql:\n${purchases("username: VARCHAR, amount: INT, note: VARCHAR")}${high(1)}`;
    const { changes, draft } = await cluster.plan(wanted);
    expect(changes).toEqual(["~ stream/HIGH  in place, by CREATE OR REPLACE"]);
    expect(draft.changes).toMatchObject([
      {
        fields: [
          {
            path: ["columns"],
            before: "USERNAME STRING\nAMOUNT INTEGER",
            after: "USERNAME STRING\nAMOUNT INTEGER\nNOTE STRING",
          },
        ],
      },
    ]);
    await cluster.apply(wanted);
    expect((await cluster.plan(wanted)).changes).toEqual([]);
  });

  test("a column that the file adds goes through to what selects it", async () => {
    const wanted = `${topics()}ksql:\n${purchases("username: VARCHAR, amount: INT, note: VARCHAR")}${high(1)}`;
    expect((await cluster.plan(wanted)).changes).toEqual([
      "~ stream/PURCHASES  in place, by CREATE OR REPLACE",
      "~ stream/HIGH  in place, by CREATE OR REPLACE",
    ]);
    await cluster.apply(wanted);
    expect((await cluster.plan(wanted)).changes).toEqual([]);
  });

  test("a custom type that changes, changes what uses it", async () => {
    const typed = (type: string, more = "") =>
      `${topics("  t: {}\n")}ksql:\n  address: { type: 'STRUCT<street VARCHAR, zip ${type}>' }\n  home: { stream: { topic: t, valueFormat: JSON, columns: { a: ADDRESS } }${more} }\n`;
    await cluster.apply(typed("INT"));
    expect((await cluster.plan(typed("INT"))).changes).toEqual([]);
    expect((await cluster.plan(typed("VARCHAR", ", upgrade: replace"))).changes).toEqual([
      "± type/ADDRESS  dropped and created anew",
      "± stream/HOME  dropped and created anew",
    ]);
    await cluster.apply(typed("VARCHAR", ", upgrade: replace"));
    expect((await cluster.plan(typed("VARCHAR"))).changes).toEqual([]);
  });
});

describe("before anything runs", () => {
  test("the server's sandbox has judged the whole plan, and its objections stand in the file", async () => {
    const file = `${topics()}ksql:\n${purchases()}${high(1)}${sql("bad", "CREATE STREAM bad AS SELECT nosuch FROM high;")}${sql("worse", "CREATE STREAM worse AS SELECT x FROM nowhere;")}${sql("after", "CREATE STREAM after AS SELECT * FROM bad;").replace("after:", '"`AFTER`":').replace("STREAM after", "STREAM `AFTER`")}`;
    const { changes, faults } = await cluster.plan(file);
    expect(changes).toHaveLength(6);
    expect(faults).toEqual([
      "KP2204 pipeline.yaml:10:44 SELECT column 'NOSUCH' cannot be resolved.",
      "KP2204 pipeline.yaml:11:18 NOWHERE does not exist.",
    ]);
    expect(cluster.executed).toEqual([]);
    expect((await cluster.clients.ksql?.read())?.sources).toEqual([]);
  });

  test("a topic that nobody makes is missed at the statement that wants it", async () => {
    expect((await cluster.plan(`ksql:\n${purchases()}`)).faults.join()).toMatch(
      /^KP2204 pipeline.yaml:\d+:\d+ Topic 'purchases' does not exist/,
    );
  });

  test("a name that the other sort of source has is refused", async () => {
    await cluster.apply(`${topics()}ksql:\n${purchases()}`);
    const table = `${topics()}ksql:\n  purchases: { table: { topic: purchases, valueFormat: JSON, columns: { id: INT PRIMARY KEY } } }\n`;
    expect((await cluster.plan(table)).faults).toEqual([
      "KP2205 pipeline.yaml:8:3 stream/PURCHASES is there, and ksqlDB has one of a name",
    ]);
  });

  test("a statement that kpipe doesn't understand is left as it is", async () => {
    await cluster.apply(`${topics()}ksql:\n${purchases()}${high(1)}`);
    const strange = `${topics()}ksql:\n${purchases()}${sql("high", "CREATE STREAM high AS SELECT * FROM purchases SOME HOW;")}`;
    expect(await cluster.plan(strange)).toMatchObject({
      changes: [],
      faults: [],
      remarks: ["unverifiable stream/HIGH: not compared: kpipe doesn't understand the statement"],
    });
  });

  test("without a server, what is declared has nowhere to go", async () => {
    const { clients } = cluster;
    const { readKsql } = await import("../../../src/providers/ksql/driver/read.ts");
    const { pipelineFrom } = await import("./on-recording.ts");
    const { desired } = pipelineFrom(`ksql:\n${purchases()}`);
    const scope = { declared: new Set(desired.keys()), claims: () => true, desired };
    await expect(readKsql(undefined, scope)).rejects.toThrow("KP2200");
    expect((await readKsql(clients.ksql, scope)).size).toBe(0);
  });
});

describe("properties of a query", () => {
  const file = (properties: string) =>
    `${topics()}ksql:\n${purchases()}${high(1, `, properties: { ${properties} }`)}`;

  test("are sent with its statement, and where it starts to read is no difference later", async () => {
    await cluster.apply(file("auto.offset.reset: earliest"));
    expect(cluster.executed.at(-1)).toMatch(/^\[auto.offset.reset=earliest\] CREATE STREAM high/);
    expect((await cluster.plan(file("auto.offset.reset: latest"))).changes).toEqual([]);
  });

  test("others are compared where the file names them", async () => {
    await cluster.apply(file("processing.guarantee: at_least_once"));
    expect((await cluster.plan(file("processing.guarantee: at_least_once"))).changes).toEqual([]);
    const other = file("processing.guarantee: exactly_once_v2");
    expect((await cluster.plan(other)).changes).toEqual(["~ stream/HIGH  in place, by CREATE OR REPLACE"]);
    await cluster.apply(other);
    expect((await cluster.plan(other)).changes).toEqual([]);
  });
});
