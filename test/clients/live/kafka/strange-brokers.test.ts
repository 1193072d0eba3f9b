import { describe, expect, test } from "vitest";
import { Secret } from "../../../../src/core/secret.ts";
import { broker, diagnosticsOf, failureOf, port, serving, shortly } from "./failing-servers.ts";
import {
  api,
  type FakeBroker,
  metadata,
  overrides,
  type Reply,
  type Script,
  versions,
} from "./fake-broker.ts";
import { nobody } from "./tcp-servers.ts";

const alone = (it: () => FakeBroker, topics = {}): Script => ({
  [api.metadata]: () => metadata({ brokers: [{ id: 1, port: it().port }], topics }),
});

describe("a broker that can't be used", () => {
  test("is of another cluster than the file pins", async () => {
    const fake: FakeBroker = await broker(alone(() => fake));
    const kafka = port([fake.address], { clusterId: "mine" });
    const failure = [
      "KP3012",
      `kafka ${fake.address} belongs to cluster fake-cluster, and clusterId asks for mine`,
    ];
    expect(await failureOf(kafka.topics())).toEqual([failure]);
    expect(fake.received).toEqual([api.apiVersions, api.metadata]);
    expect(await failureOf(kafka.deleteTopics(["orders"]))).toEqual([failure]);
    expect(fake.count(api.deleteTopics)).toBe(0);
  });

  test("says nothing after the handshake", async () => {
    const fake = await broker({ [api.metadata]: () => "silence" });
    expect(await failureOf(port([fake.address], {}, shortly).topics())).toEqual([
      ["KP3002", `no answer from kafka ${fake.address} to Metadata within 0.7 s`],
    ]);
  });

  test("hangs later on", async () => {
    const fake: FakeBroker = await broker({
      ...alone(() => fake, { orders: [1] }),
      [api.describeConfigs]: () => "silence",
    });
    const kafka = port([fake.address], {}, shortly);
    await kafka.topics();
    expect(await failureOf(kafka.topicOverrides(["orders"]))).toEqual([
      ["KP3002", `no answer from kafka ${fake.address} to DescribeConfigs within 0.7 s`],
    ]);
  });

  test.each<[string, Reply]>([
    ["too short", (out) => out.int32(0)],
    [
      "with more brokers than it has bytes",
      (out) => {
        out.int32(0);
        out.int32(0x7fff_ffff);
      },
    ],
    [
      "with a name longer than the answer",
      (out) => {
        out.int32(0);
        out.int32(1);
        out.int32(1);
        out.int16(0x7fff);
      },
    ],
  ])("gives an answer %s", async (_, reply) => {
    const fake = await broker({ [api.metadata]: () => reply });
    expect(await failureOf(port([fake.address]).topics())).toEqual([
      ["KP3008", `the answer of kafka ${fake.address} to Metadata can't be read`],
    ]);
  });

  test("is too old for a request", async () => {
    const fake: FakeBroker = await broker({
      ...alone(() => fake),
      [api.apiVersions]: () => versions({ [api.metadata]: 7, [api.createTopics]: 3 }),
    });
    const topic = { name: "orders", partitions: 1, replicationFactor: 1, config: new Map() };
    expect(await failureOf(port([fake.address]).createTopics([topic], "validate"))).toEqual([
      ["KP3013", `kafka ${fake.address} doesn't know the request CreateTopics, which came with Kafka 2.4`],
    ]);
  });

  test("denies the configs of topics", async () => {
    const fake: FakeBroker = await broker({
      ...alone(() => fake),
      [api.describeConfigs]: () => overrides({ orders: 29, clicks: {}, carts: 29 }),
    });
    expect(await failureOf(port([fake.address]).topicOverrides(["orders", "clicks", "carts"]))).toEqual([
      [
        "KP3011",
        "not allowed to read the configs of topic orders, carts: the principal needs DescribeConfigs on topic orders, carts",
      ],
    ]);
  });

  test("sends clients on to where none can follow", async () => {
    const elsewhere = await nobody();
    const fake = await broker({
      [api.metadata]: () => metadata({ brokers: [{ id: 1, port: Number(elsewhere.split(":")[1]) }] }),
    });
    const [diagnostic] = await diagnosticsOf(port([fake.address], {}, shortly).deleteTopics(["orders"]));
    expect(diagnostic).toMatchObject({
      code: "KP3001",
      message: `kafka ${elsewhere} refuses connections`,
      next: expect.stringContaining(`${fake.address} answered and sends clients there`),
    });
  });

  test("has no controller", async () => {
    const fake: FakeBroker = await broker({
      [api.metadata]: () => metadata({ brokers: [{ id: 1, port: fake.port }], controller: -1 }),
    });
    expect(await failureOf(port([fake.address], {}, shortly).deleteTopics(["orders"]))).toEqual([
      ["KP3003", `kafka ${fake.address} knows of no controller`],
    ]);
  });
});

describe("SASL", () => {
  const password = Secret.of("hunter2", ["KAFKA_PASSWORD"]);
  const sasl = { mechanism: "scram-sha-256", username: "alice", password } as const;
  const handshake =
    (code: number, ...mechanisms: readonly string[]): Reply =>
    (out) => {
      out.int16(code);
      out.strings(mechanisms);
    };
  const refused: Reply = (out) => {
    out.int16(58);
    out.string("Authentication failed during authentication due to invalid credentials");
    out.int32(0); // auth_bytes
    out.int64(0n);
  };

  test("the mechanism is not offered: those that are", async () => {
    const fake = await broker({ [api.saslHandshake]: () => handshake(33, "PLAIN", "GSSAPI") });
    expect(await failureOf(port([fake.address], { sasl }).topics())).toEqual([
      [
        "KP3010",
        `kafka ${fake.address} doesn't offer the SASL mechanism SCRAM-SHA-256; it offers PLAIN, GSSAPI`,
      ],
    ]);
  });

  test("the listener wants none", async () => {
    const fake = await broker({ [api.saslHandshake]: () => handshake(34) });
    expect(await failureOf(port([fake.address], { sasl }).topics())).toEqual([
      ["KP3010", `kafka ${fake.address} doesn't use SASL on this port`],
    ]);
  });

  test("the password is wrong, and only one broker is asked", async () => {
    const script = {
      [api.saslHandshake]: () => handshake(0, "SCRAM-SHA-256"),
      [api.saslAuthenticate]: () => refused,
    };
    const [fake, other] = [await broker(script), await broker(script)];
    expect(await failureOf(port([fake.address, other.address], { sasl }).topics())).toEqual([
      [
        "KP3009",
        `kafka ${fake.address} doesn't accept the credentials by SCRAM-SHA-256: Authentication failed during authentication due to invalid credentials`,
      ],
    ]);
    expect(other.connections()).toBe(0);
  });

  test("the listener wants it and the file has none", async () => {
    const fake = await broker({ [api.metadata]: () => "close" });
    expect(await failureOf(port([fake.address]).topics())).toEqual([
      ["KP3010", `kafka ${fake.address} closes the connection at the first request`],
    ]);
  });
});

describe("several brokers", () => {
  test("a silent one doesn't keep those that answer", async () => {
    const silent = await broker({ [api.apiVersions]: () => "silence" });
    const fake: FakeBroker = await broker(alone(() => fake));
    expect(await port([silent.address, fake.address], {}, 3_000).topics()).toEqual([]);
  });

  test("closing ends the search for one that answers", async () => {
    const silent = [await broker({ [api.apiVersions]: () => "silence" }), await serving(() => {})];
    const kafka = port(silent.map(({ address }) => address));
    const asked = kafka.topics();
    setTimeout(() => kafka.close(), 50);
    await expect(asked).rejects.toThrow();
  });

  test("an address is connected to once, by whichever name it goes", async () => {
    const fake: FakeBroker = await broker(alone(() => fake));
    const kafka = port([fake.address]);
    await Promise.all([kafka.topics(), kafka.cluster(), kafka.topics()]);
    expect(fake.connections()).toBe(1);
  });
});

test("a partition without a leader has no offsets, and the others have", async () => {
  const fake: FakeBroker = await broker({
    ...alone(() => fake, { orders: [1, -1], gone: 3 }),
    [api.listOffsets]: () => (out) => {
      out.int32(0);
      out.array(["orders"], (topic) => {
        out.string(topic);
        out.array([0], (partition) => {
          out.int32(partition);
          out.int16(0);
          out.int64(-1n);
          out.int64(4n);
        });
      });
    },
  });
  expect([...(await port([fake.address], {}, shortly).offsets(["orders", "gone"]))]).toEqual([
    ["orders", [{ partition: 0, earliest: 4n, latest: 4n }]],
  ]);
});
