import { describe, expect, test } from "vitest";
import {
  groupConfigKeys,
  topicConfigKeys,
  topicConfigKeysBefore4,
} from "../../../src/clients/kafka-config-keys.ts";
import { type CaptureScope, capture } from "../../../src/clients/recorded/capture/index.ts";
import { recordedCluster } from "../../../src/clients/recorded/clients.ts";
import type { Recording } from "../../../src/clients/recorded/document.ts";
import { parseRecording } from "../../../src/clients/recorded/parse.ts";
import { printRecording } from "../../../src/clients/recorded/print.ts";
import { matchesAny } from "../../../src/core/claim.ts";
import { fileConnectors } from "./file-connectors.ts";
import { recording } from "./recordings.ts";

const everything: CaptureScope = { within: () => true, times: [] };
const only = (...globs: readonly string[]): CaptureScope => ({
  within: (address) => matchesAny(globs, address),
  times: [],
});
const captured = (document: Recording, scope = everything) =>
  capture(recordedCluster(document).clients, scope);

const topic = { partitions: [{ replicas: [1] }] };
const source = "org.apache.kafka.connect.file.FileStreamSourceConnector";
const sink = "org.apache.kafka.connect.file.FileStreamSinkConnector";
const idle = (...topics: readonly string[]) => ({
  committed: Object.fromEntries(topics.map((name) => [name, { "0": "3" }])),
});

const shop: Recording = {
  ...recording({
    topics: {
      orders: {
        partitions: [
          { replicas: [1], earliest: "2", latest: "9", bytes: 700 },
          { replicas: [1], leader: -1, inSync: [] },
        ],
        config: { "retention.ms": "1000" },
      },
      payments: topic,
      __consumer_offsets: { ...topic, internal: true },
    },
    groups: {
      billing: {
        members: [{ clientId: "billing-1", host: "/10.0.0.1", topics: ["orders"] }],
        ...idle("orders"),
      },
      audit: { protocol: "consumer", ...idle("orders", "payments") },
    },
    topicConfigKeys,
    groupConfigKeys,
    groupConfigs: { audit: { "consumer.session.timeout.ms": "46000" } },
  }),
  connect: {
    default: {
      ...fileConnectors,
      connectors: {
        "orders-in": {
          config: { "connector.class": source, topic: "orders", file: "/in" },
          tasks: [{ worker: "w:8083" }],
          topics: ["orders"],
        },
        "payments-out": { config: { "connector.class": sink, topics: "payments", file: "/out" } },
      },
    },
  },
};

const ordersQuery = {
  text: "CREATE STREAM BIG WITH (KAFKA_TOPIC='BIG') AS SELECT *\nFROM ORDERS ORDERS\nEMIT CHANGES;",
  sources: ["ORDERS"],
  sinks: ["BIG"],
};
const withKsql: Recording = {
  ...shop,
  ksql: {
    version: "7.9.0",
    serviceId: "default_",
    sources: {
      ORDERS: {
        type: "stream",
        topic: "orders",
        keyFormat: "KAFKA",
        valueFormat: "JSON",
        fields: [
          { name: "ID", type: "INTEGER", role: "key" },
          { name: "TAGS", type: { type: "ARRAY", member: "STRING" } },
          { name: "AT", type: { type: "STRUCT", fields: [{ name: "CITY", type: "STRING" }] } },
        ],
        statement: "CREATE STREAM ORDERS ...;",
      },
      BIG: {
        type: "stream",
        topic: "gone",
        keyFormat: "KAFKA",
        valueFormat: "JSON",
        fields: [{ name: "H", type: "BYTES", role: "header", headerKey: "h" }],
        statement: ordersQuery.text,
        from: ["ORDERS"],
      },
    },
    queries: {
      CSAS_BIG_3: {
        ...ordersQuery,
        state: "error",
        errors: [{ timestamp: 5, message: "no topic", type: "USER" }],
        properties: { "auto.offset.reset": "earliest" },
      },
    },
    types: { MONEY: { type: "DECIMAL", precision: 10, scale: 2 } },
    sequence: 4,
  },
};

test.each([
  ["Kafka and Connect", shop],
  ["ksqlDB too", withKsql],
])("what is captured of a recorded cluster is its recording: %s", async (_, document) => {
  expect(printRecording(await captured(document))).toBe(printRecording(document));
});

test("a capture is a recording that can be read", async () => {
  const text = printRecording(await captured(withKsql));
  expect(printRecording(parseRecording(text, "shop.json"))).toBe(text);
});

describe("within a scope", () => {
  test.each<[what: string, globs: readonly string[], topics: readonly string[]]>([
    ["the topics that are claimed", ["topic/pay*"], ["payments"]],
    ["the topics that a claimed group reads", ["group/billing"], ["orders"]],
    ["the topics that a claimed connector names", ["connector/payments-out"], ["payments"]],
    ["nothing, if nothing is", [], []],
  ])("are %s", async (_, globs, topics) => {
    const { kafka } = await captured(shop, only(...globs));
    expect(Object.keys(kafka.topics ?? {})).toEqual(topics);
  });

  test("are the topics of streams and tables", async () => {
    const { kafka, ksql } = await captured(withKsql, only());
    expect(Object.keys(kafka.topics ?? {})).toEqual(["orders"]);
    expect(ksql?.sources).toEqual(withKsql.ksql?.sources);
  });

  test("are topics that the broker takes for the same name", async () => {
    const document = recording({ topics: { a_b: topic, "x.y": topic, other: topic } });
    const { kafka } = await captured(document, only("topic/a.b", "topic/x_y"));
    expect(Object.keys(kafka.topics ?? {}).sort()).toEqual(["a_b", "x.y"]);
  });

  test("are groups that read a claimed topic, with that and nothing else", async () => {
    const { kafka } = await captured(shop, only("topic/payments"));
    expect(kafka.groups).toEqual({ audit: { protocol: "consumer", ...idle("payments") } });
  });

  test("are connectors that name a claimed topic, without what isn't about topics", async () => {
    const { connect } = await captured(shop, only("topic/payments"));
    expect(connect?.default?.connectors).toEqual({
      "payments-out": { config: { "connector.class": sink, topics: "payments" } },
    });
  });
});

test("records are dated by the points in time that were asked for", async () => {
  const document = recording({
    topics: {
      dated: {
        partitions: [
          {
            replicas: [1],
            latest: "9",
            times: [
              [1_000, "3"],
              [2_000, "9"],
            ],
          },
        ],
      },
      empty: topic,
    },
  });
  const { kafka } = await captured(document, { ...everything, times: [2_500, 500, 1_500] });
  expect(kafka.topics).toEqual({
    dated: {
      partitions: [
        {
          replicas: [1],
          latest: "9",
          times: [
            [500, "0"],
            [1_500, "3"],
            [2_500, "9"],
          ],
        },
      ],
    },
    empty: topic,
  });
});

describe("what brokers know of topic configs", () => {
  test("has the values that their version takes", async () => {
    const document = recording({ topics: { t: topic }, topicConfigKeys: topicConfigKeysBefore4 });
    expect((await captured(document)).kafka.topicConfigKeys).toEqual(topicConfigKeysBefore4);
  });

  test("has Kafka's default where the topic that was asked overrides it", async () => {
    const document = recording({
      topics: { t: { ...topic, config: { "retention.ms": "5" } } },
      topicConfigKeys,
    });
    expect((await captured(document)).kafka.topicConfigKeys?.["retention.ms"]?.default).toBe("604800000");
  });

  test("is left out where there is no topic to ask of", async () => {
    expect((await captured(recording())).kafka).not.toHaveProperty("topicConfigKeys");
  });
});

test("a property of a query that is secret is left out", async () => {
  const properties = { "sasl.jaas.config": "s3cr3t" };
  const document: Recording = {
    ...recording(),
    ksql: {
      version: "7.9.0",
      serviceId: "default_",
      queries: { CSAS_BIG_3: { ...ordersQuery, properties } },
      sequence: 4,
    },
  };
  expect(printRecording(await captured(document))).not.toContain("s3cr3t");
});

describe("secrets", () => {
  const config = {
    "connector.class": source,
    topic: "orders",
    "database.password": "s3cr3t",
    "connection.url": "jdbc:postgresql://app:pa55word@db/shop",
  };
  const trace = "PSQLException: jdbc:postgresql://app:pa55word@db/shop refused s3cr3t for pa55word";
  const document: Recording = {
    ...recording(),
    connect: {
      default: {
        ...fileConnectors,
        connectors: { leaky: { config, tasks: [{ state: "failed", trace }] } },
      },
    },
  };

  test("are left out of configs and of stack traces", async () => {
    const { connect } = await captured(document);
    expect(connect?.default?.connectors?.leaky).toEqual({
      config: { ...config, "database.password": "[hidden]", "connection.url": "[hidden]" },
      tasks: [{ state: "failed", trace: "PSQLException: (secret) refused (secret) for (secret)" }],
    });
  });
});

test("what the file takes from the environment is hidden under every key, and in traces that quote it", async () => {
  const document: Recording = {
    ...recording(),
    connect: {
      default: {
        version: "4.3.1",
        plugins: { [source]: { type: "source", version: "4.3.1" } },
        connectors: {
          a: {
            config: { "connector.class": source, header: "Bearer hunter-two" },
            tasks: [{ state: "failed", trace: "refused: Bearer hunter-two" }],
          },
        },
      },
    },
  };
  const isSecret = (address: string, key: string) => address === "connector/a" && key === "header";
  const text = printRecording(await captured(document, { ...everything, isSecret }));
  expect(text).not.toContain("hunter-two");
  expect(text).toContain('"header": "[hidden]"');
});
