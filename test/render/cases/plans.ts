import { warning } from "../../../src/core/errors.ts";
import type { Create, Plan, Value } from "../../../src/core/model.ts";
import { Secret } from "../../../src/core/secret.ts";
import {
  at,
  clusterOf,
  create,
  diagnosticOf,
  field,
  liveOf,
  orphan,
  planOf,
  remark,
  remove,
  update,
} from "../../builders/plan.ts";

const servers = [
  { name: "kafka", detail: "MkU3OEVBNTcwNTJENDM2Qk (3 brokers)" },
  { name: "connect", detail: "4.3.1" },
  { name: "ksqlDB", detail: "7.9.0" },
];
const everyServer = clusterOf({ servers });
const longName = "payments.".repeat(27).concat("orders");

const purchases = update("topic/purchases", {
  at: 18,
  fields: [
    field("partitions", 3, 6),
    field("config.retention.ms", "604800000", "86400000"),
    field("config.cleanup.policy", undefined, "delete"),
  ],
  risks: [
    "keys move: records with the same key go to another partition from now on",
    "about 1.2 GiB in 3 partitions is older than 1d and becomes deletable",
  ],
});
const sink = create(
  "connector/purchases-sink",
  {
    class: "io.debezium.connector.jdbc.JdbcSinkConnector",
    config: {
      topics: "purchases",
      "connection.url": "jdbc:postgresql://warehouse:5432/dwh",
      "connection.password": Secret.of("hunter2"),
      "tasks.max": "2",
    },
  },
  { at: 31 },
);
const highValue = update("stream/PURCHASES_HIGH_VALUE", {
  at: at(3, 1, 1, "sql/high_value.sql"),
  manner: "in place, by CREATE OR REPLACE",
  fields: [field("sql", statement(100000), statement(200000))],
  risks: ["applies to new records only; what is in the sink topic stays"],
});
const restart = update("connector/purchases-source", {
  action: "operate",
  manner: "restart task 0, it failed",
  health: [
    {
      path: ["task", "0"],
      message: 'org.postgresql.util.PSQLException: password authentication failed for user "kafka"',
    },
  ],
  live: { config: { mode: "incrementing" } },
  desired: { config: { mode: "incrementing" } },
  fields: [],
});

/** Plans by what they show. */
export const plans: Readonly<Record<string, Plan>> = {
  "every-section": planOf({
    cluster: everyServer,
    changes: [purchases, sink, highValue, restart],
    remarks: [
      remark(
        "topic/purchases",
        "config.segment.bytes",
        "1048576 is set on the topic and not in the file; left alone",
      ),
    ],
    orphans: [orphan("topic/purchases.tmp", "12,040 records", "no readers")],
    basis: { "topic/purchases": "b1", "connector/purchases-source": "a7" },
  }),

  empty: planOf({
    cluster: everyServer,
    unchanged: [
      ...Array.from({ length: 14 }, (_, n) => `topic/purchases.${n}` as const),
      ...Array.from({ length: 3 }, (_, n) => `connector/purchases-${n}` as const),
      ...Array.from({ length: 4 }, (_, n) => `stream/PURCHASES_${n}` as const),
      "table/PURCHASES_BY_USER",
      "group/purchases-billing",
      "group/purchases-search",
    ],
  }),

  "empty-with-one": planOf({ unchanged: ["topic/purchases"] }),

  "empty-with-one-ksqldb-object": planOf({ unchanged: ["topic/purchases", "table/PURCHASES_BY_USER"] }),

  "nothing-declared": planOf(),

  "unmanaged-only": planOf({
    unchanged: ["topic/purchases", "topic/refunds", "connector/purchases-sink"],
    remarks: [
      remark(
        "topic/purchases",
        "config.segment.bytes",
        "1048576 is set on the topic and not in the file; left alone",
        { position: at(18) },
      ),
      remark(
        "topic/purchases",
        "config.flush.ms",
        "1000 is set on the topic and not in the file; left alone",
      ),
      remark(
        "connector/purchases-sink",
        "config.connection.password",
        "the worker masks it; whether it is as declared can't be told",
        { type: "unverifiable", position: at(40) },
      ),
      remark("topic/refunds", "", "no group has ever read it", { type: "note" }),
    ],
  }),

  create: planOf({
    changes: [
      create(
        "topic/purchases",
        { partitions: 3, replicationFactor: 3, config: { "retention.ms": "604800000" } },
        { at: 18 },
      ),
      create("group/purchases-billing", {}, { at: 50 }),
    ],
  }),

  vanished: planOf({
    changes: [
      create(
        "topic/purchases",
        { partitions: 3 },
        { at: 18, vanished: true, risks: ["its records are gone, and the new topic is empty"] },
      ),
    ],
  }),

  replace: planOf({
    changes: [
      update("table/PURCHASES_BY_USER", {
        action: "replace",
        at: 44,
        manner: "DROP and CREATE",
        fields: [
          field("keyFormat", "KAFKA", "AVRO", {
            effect: "replace",
            reason: "ksqlDB can't change the key format of a table that exists",
          }),
          field("valueFormat", "JSON", "AVRO", { effect: "replace" }),
          field("config.note", " padded ", ""),
        ],
        risks: ["the table is built again from what its source topic still holds"],
      }),
    ],
  }),

  delete: planOf({
    changes: [
      remove(
        "topic/purchases.tmp",
        { partitions: 3, replicationFactor: 1, config: { "retention.ms": "86400000" } },
        {
          risks: [
            "12,040 records (3.1 MiB) are lost",
            "still read by group/purchases-billing, which is active, and connector/warehouse-sink, which is not declared",
          ],
        },
      ),
      remove("connector/old-sink", { config: { password: Secret.of("hunter2") } }, { by: "removed", at: 71 }),
    ],
  }),

  operate: planOf({
    changes: [
      update("connector/purchases-source", {
        action: "operate",
        at: 31,
        manner: "pause",
        fields: [field("state", "running", "paused", { effect: "operate" })],
      }),
      update("connector/purchases-sink", {
        action: "operate",
        at: 40,
        manner: "restart tasks 0 and 2, they failed",
        fields: [],
        health: [
          { path: ["task", "0"], message: trace(3) },
          { path: ["task", "2"], message: trace(40) },
        ],
      }),
    ],
  }),

  secrets: planOf({
    changes: [
      update("connector/purchases-sink", {
        at: 31,
        fields: [
          field("config.connection.password", "in-clear-on-the-worker", Secret.of("hunter2")),
          field("config.ssl.key.password", undefined, Secret.of("hunter3", ["KEY_PASSWORD"])),
          field("config.old.token", Secret.of("hunter4"), undefined),
          field("config.connection.url", "jdbc:pg://old?password=hunter5", partly("hunter6")),
          field("config.backup.url", partly("hunter7"), partly("hunter8")),
          field("config.key", Secret.of("hunter9"), "now-in-the-file"),
          field(
            "options",
            { user: "kafka", token: "in-clear-too" },
            { user: "kafka2", token: Secret.of("hunter5") },
          ),
        ],
      }),
    ],
  }),

  "sql-long": planOf({
    changes: [
      update("stream/PURCHASES_WIDE", {
        at: at(1, 1, 1, "sql/wide.sql"),
        fields: [
          field("sql", wideStatement("VARCHAR", 5), wideStatement("DECIMAL(10, 2)", 7)),
          field("config.ksql.streams.num.standby.replicas", "0", "1"),
        ],
      }),
      create("stream/PURCHASES_HIGH_VALUE", { sql: `${statement(100000)}\n` }, { at: 60 }),
      update("stream/PURCHASES_COMMENT", { fields: [field("sql", "SELECT 1", "-- why\r\nSELECT\t1")] }),
    ],
  }),

  "long-values": planOf({
    changes: [
      update("connector/purchases-sink", {
        at: 31,
        fields: [
          field("config.topics", names(6), names(9)),
          field("config.transforms", "route", "route,mask"),
          field(
            "config.transforms.mask.a-name-so-long-that-no-column-should-have-to-be-as-wide-as-it-is",
            "x".repeat(150),
            "y".repeat(30),
          ),
        ],
      }),
      create("connector/purchases-source", { config: { query: `SELECT ${names(12)} FROM purchases` } }),
    ],
  }),

  "long-names": planOf({
    changes: [
      create(`topic/${longName}`, { partitions: 3 }, { at: 18 }),
      update("stream/A_STREAM_WITH_A_NAME_OF_FIFTY_CHARACTERS_IN_ALL_OK", {
        at: at(120, 1, 1, "pipelines/payments/ksql/streams.yaml"),
        manner: "in place, by CREATE OR REPLACE, as every query of this shape",
        fields: [field("partitions", 3, 6)],
      }),
    ],
    orphans: [orphan(`topic/${longName}.tmp`, "12,040 records", "no readers")],
  }),

  hostile: planOf({
    pipeline: "pay\u001b[2Jments",
    cluster: clusterOf({ servers: [{ name: "kafka", detail: "id\u0007\u009b31m" }] }),
    changes: [
      update("topic/pay\u001b]0;owned\u0007ments", {
        at: at(1, 1, 1, "pipe\u001b[31mline.yaml"),
        manner: "in\rplace",
        fields: [
          field("config.a\u202eb", "x\u001b[1A\u001b[2K", "zero\u200bwidth\u00a0blank"),
          field("sql", "SELECT\n\u001b[31m1", "SELECT\n\u2028\u0000 2"),
        ],
        risks: ["gone\u001b[8m\nand a second line"],
      }),
    ],
    remarks: [remark("topic/other", "key\n", "\u001bc")],
    orphans: [orphan("topic/\u001b[5mblink", "\u0008\u0008")],
    notChecked: ["\u001b[31mred"],
  }),

  wide: planOf({
    pipeline: "購買",
    changes: [
      update("connector/購買-sink", {
        at: 31,
        fields: [
          field("config.表", "注文,返品", "注文"),
          field("config.note", "家族は👨‍👩‍👧です", "cafe\u0301"),
          field("config.list", "購".repeat(60), "short"),
        ],
      }),
    ],
  }),

  guards: planOf({
    changes: [
      remove("topic/purchases", { partitions: 3 }, { by: "removed", at: 6, risks: ["1 record is lost"] }),
    ],
    guards: [
      {
        rule: "protect",
        address: "topic/purchases",
        message: "topic/purchases is protected by claim.protect.topics and would be deleted",
        next: "Take the protection away in a change of its own, if it is really to go.",
        position: at(6, 5, 15),
      },
      {
        rule: "budget",
        address: "topic/purchases",
        message: "deletes 1 (topic/purchases) where policies.deletes.topic allows 0",
        next: "Set policies.deletes.topic: 1 in the file, if all of them are really to go.",
      },
    ],
  }),

  errors: planOf({
    changes: [purchases],
    diagnostics: [
      diagnosticOf({
        message: "the topic has 3, and Kafka can't remove partitions",
        next: "Declare 3, or declare a new topic and move the data.",
        position: at(5, 17, 1),
      }),
      diagnosticOf({
        code: "KP3001",
        message: "no answer from kafka broker-2:9092 within 10 s",
        next: "The port is open and nobody speaks Kafka on it. A TLS listener reached without `ssl: true` looks like this.",
        position: at(2, 14, 16),
      }),
    ],
  }),

  warnings: planOf({
    changes: [sink],
    diagnostics: [
      warning("KP2003", "the connector writes to a topic that nothing declares", {
        position: at(5, 5, 10),
        next: "Declare the topic, or let the connector create it.",
      }),
    ],
  }),

  orphans: planOf({
    unchanged: ["topic/purchases"],
    orphans: [
      orphan("topic/purchases.tmp", "12,040 records", "no readers"),
      orphan("topic/purchases.2019", "empty", "still read by group/purchases-archive"),
      orphan("stream/PURCHASES_OLD"),
    ],
  }),

  "orphans-many": planOf({
    orphans: Array.from({ length: 140 }, (_, n) => orphan(`topic/purchases.${n}`, "empty")),
  }),

  "not-checked": planOf({
    changes: [create("topic/purchases", { partitions: 3 }, { at: 18 })],
    notChecked: [
      "connector/purchases-sink: a recorded cluster has no plugins to ask",
      "min.insync.replicas of topic/purchases: no broker was asked",
    ],
  }),

  "not-checked-once": planOf({
    notChecked: ["replication factors: a recorded cluster doesn't say its racks"],
  }),

  "thousand-creates": planOf({
    changes: [
      ...Array.from({ length: 997 }, (_, n) => topicNumber(n)),
      create(
        "topic/with.a.name.that.is.longer.than.the.column.of.names",
        { partitions: 12, replicationFactor: 3, config: { "retention.ms": "604800000", a: names(3) } },
        { at: 4000 },
      ),
      update("topic/purchases", { at: 4010, fields: [field("partitions", 3, 6)] }),
      purchases,
    ],
  }),

  "many-remarks": planOf({
    unchanged: Array.from({ length: 100 }, (_, n) => `topic/purchases.${n}` as const),
    remarks: Array.from({ length: 100 }, (_, n) =>
      remark(`topic/purchases.${n}`, "config.segment.bytes", "1048576 is set and not in the file", {
        position: at(n + 10),
      }),
    ),
  }),

  "operate-unsaid": planOf({
    changes: [
      {
        ...restart,
        live: liveOf("connector/purchases-source", {}),
        fields: [field("task.0", undefined, undefined, { effect: "operate", reason: "it failed" })],
      },
    ],
  }),
};

/** The file that positions of the plans point into. */
export const pipelineFile = [
  "connections:",
  '  kafka: { brokers: ["broker-2:9092"] }',
  "topics:",
  "  purchases:",
  "    partitions: 2",
  "removed: [ topic/purchases ]",
  "",
].join("\n");

function partly(password: string): Secret {
  return Secret.within(`jdbc:pg://new?password=${password}`, "jdbc:pg://new?password=(secret)", [password]);
}

function statement(limit: number): string {
  return `CREATE STREAM PURCHASES_HIGH_VALUE AS\nSELECT * FROM PURCHASES\nWHERE AMOUNT > ${limit}`;
}

function wideStatement(type: string, replicas: number): string {
  const columns = Array.from({ length: 30 }, (_, n) => `  COLUMN_${n} ${n === 15 ? type : "VARCHAR"},`);
  return [
    "CREATE STREAM PURCHASES_WIDE (",
    ...columns,
    `) WITH (KAFKA_TOPIC='purchases', VALUE_FORMAT='JSON', PARTITIONS=3, REPLICAS=${replicas}, WRAP_SINGLE_VALUE=false)`,
  ].join("\n");
}

function trace(lines: number): string {
  const frames = Array.from({ length: lines - 1 }, (_, n) => `\tat org.postgresql.Driver.connect:${n}`);
  return ["org.postgresql.util.PSQLException: connection refused", ...frames].join("\n");
}

function names(count: number): string {
  return Array.from({ length: count }, (_, n) => `purchases.region-${n}`).join(",");
}

function topicNumber(n: number): Create {
  const config: Readonly<Record<string, Value>> = n % 3 === 0 ? { "retention.ms": "86400000" } : {};
  return create(`topic/orders.${n}`, { partitions: 3, replicationFactor: 1, config }, { at: n * 4 + 10 });
}
