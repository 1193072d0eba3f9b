import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { connectKafka } from "../../../src/clients/live/kafka/index.ts";
import type { KafkaConnection, Sasl } from "../../../src/core/connections.ts";
import { KpipeError } from "../../../src/core/errors.ts";
import { Secret } from "../../../src/core/secret.ts";
import { type SecuredKafka, startSecuredKafka, unsecuredToken } from "../../../stack/secured.ts";
import { position } from "./on-brokers.ts";

const topic = { name: "orders", partitions: 1, replicationFactor: 1, config: new Map<string, string>() };

let secured: SecuredKafka;
const open: KafkaPort[] = [];
beforeAll(async () => {
  secured = await startSecuredKafka();
});
afterAll(async () => {
  for (const port of open) await port.close();
  await secured?.stop();
});

function port(broker: string, connection: Partial<KafkaConnection>, timeoutMs = 10_000): KafkaPort {
  const kafka = connectKafka(
    { brokers: [broker], position, ...connection },
    { timeoutMs, clientId: "kpipe-test" },
  );
  open.push(kafka);
  return kafka;
}

const ssl = () => ({ ca: secured.certificates.ca });
const sasl = (mechanism: "plain" | "scram-sha-256" | "scram-sha-512", user: "admin" | "guest"): Sasl => ({
  mechanism,
  username: user,
  password: Secret.of(secured.passwords[user]),
});
const bearer = (user: string): Sasl => ({
  mechanism: "oauthbearer",
  token: { command: [process.execPath, "-p", JSON.stringify(unsecuredToken(user))] },
});

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const thrown = await work.catch((error: unknown) => error);
  if (!(thrown instanceof KpipeError)) throw new Error(`expected a KpipeError, not ${String(thrown)}`);
  const text = JSON.stringify(thrown.diagnostics) + thrown.message;
  for (const password of Object.values(secured.passwords)) expect(text).not.toContain(password);
  return thrown.diagnostics.map(({ code, message }) => [code, message]);
}

describe("who is let in", () => {
  test.each<[string, () => KafkaPort]>([
    ["TLS", () => port(secured.tls, { ssl: ssl() })],
    ["mutual TLS", () => port(secured.mtls, { ssl: { ...ssl(), ...secured.certificates.admin } })],
    ["PLAIN", () => port(secured.sasl, { ssl: ssl(), sasl: sasl("plain", "admin") })],
    ["SCRAM-SHA-256", () => port(secured.sasl, { ssl: ssl(), sasl: sasl("scram-sha-256", "admin") })],
    ["SCRAM-SHA-512", () => port(secured.sasl, { ssl: ssl(), sasl: sasl("scram-sha-512", "admin") })],
    ["OAUTHBEARER", () => port(secured.sasl, { ssl: ssl(), sasl: bearer("admin") })],
  ])("%s", async (_, connect) => {
    expect((await connect().cluster()).clusterId).toBe(secured.clusterId);
    expect((await connect().createTopics([topic], "validate")).get("orders")).toEqual({ ok: true });
  });
});

describe("who is not, and why", () => {
  test("a wrong password", async () => {
    const wrong: Sasl = { mechanism: "scram-sha-512", username: "admin", password: "wrong" };
    expect(await failureOf(port(secured.sasl, { ssl: ssl(), sasl: wrong }).topics())).toEqual([
      [
        "KP3009",
        expect.stringMatching(/doesn't accept the credentials by SCRAM-SHA-512: .*invalid credentials/),
      ],
    ]);
  });

  test("a token that has expired", async () => {
    const command = [process.execPath, "-p", JSON.stringify(unsecuredToken("admin", -60))];
    const expired: Sasl = { mechanism: "oauthbearer", token: { command } };
    expect(await failureOf(port(secured.sasl, { ssl: ssl(), sasl: expired }).topics())).toEqual([
      ["KP3009", expect.stringMatching(/doesn't accept the credentials by OAUTHBEARER: .*invalid_token/)],
    ]);
  });

  test("no SASL where it is wanted", async () => {
    expect(await failureOf(port(secured.sasl, { ssl: ssl() }).topics())).toEqual([
      ["KP3010", `kafka ${secured.sasl} closes the connection at the first request`],
    ]);
  });

  test("SASL where there is none", async () => {
    const connection = { ssl: ssl(), sasl: sasl("plain", "admin") };
    expect(await failureOf(port(secured.tls, connection).topics())).toEqual([
      ["KP3010", `kafka ${secured.tls} doesn't use SASL on this port`],
    ]);
  });

  test("no TLS where it is wanted", async () => {
    expect(await failureOf(port(secured.tls, {}, 3_000).topics())).toEqual([
      ["KP3006", `kafka ${secured.tls} speaks TLS, and the file doesn't ask for it`],
    ]);
  });

  test("no client certificate where one is wanted", async () => {
    expect(await failureOf(port(secured.mtls, { ssl: ssl() }).topics())).toEqual([
      ["KP3007", expect.stringMatching(/doesn't agree to the TLS connection: .*certificate/)],
    ]);
  });

  test("an authority that is not trusted", async () => {
    expect(await failureOf(port(secured.tls, { ssl: {} }).topics())).toEqual([
      ["KP3005", expect.stringMatching(/^the certificate of kafka .* is not trusted here: /)],
    ]);
  });

  test("a certificate for another host", async () => {
    expect(
      await failureOf(port(secured.tls, { ssl: { ...ssl(), serverName: "broker.test" } }).topics()),
    ).toEqual([["KP3005", expect.stringMatching(/^the certificate of kafka .* is for another host: /)]]);
  });
});

describe("a principal without rights", () => {
  const guest = () => port(secured.sasl, { ssl: ssl(), sasl: sasl("plain", "guest") });
  const denied = (code: number, name: string, right: string) => ({
    ok: false,
    error: { code, name, message: `not allowed: it needs ${right}` },
  });
  beforeAll(async () => {
    await port(secured.tls, { ssl: ssl() }).createTopics([topic], "execute");
  });

  test("sees no topics and no groups", async () => {
    expect(await guest().topics()).toEqual([]);
    expect(await guest().groups()).toEqual([]);
  });

  test("may read nothing", async () => {
    const kafka = guest();
    const reading = { "the configs of topic orders": kafka.topicOverrides(["orders"]) };
    for (const [what, work] of Object.entries(reading))
      expect(await failureOf(work)).toEqual([
        ["KP3011", expect.stringContaining(`not allowed to read ${what}: the principal needs `)],
      ]);
    expect(await failureOf(kafka.offsets(["orders"]))).toEqual([
      ["KP3011", "not allowed to read topic orders: the principal needs Describe on topic orders"],
    ]);
    expect(await failureOf(kafka.describeGroups(["billing"]))).toEqual([
      ["KP3011", "not allowed to read group billing: the principal needs Describe on group billing"],
    ]);
  });

  test("may change nothing, and is told the right that it lacks", async () => {
    const kafka = guest();
    const create = denied(29, "TOPIC_AUTHORIZATION_FAILED", "Create on topic orders or on the cluster");
    expect((await kafka.createTopics([topic], "validate")).get("orders")).toEqual(create);
    const change = { name: "orders", set: new Map([["retention.ms", "1"]]), reset: [] };
    expect((await kafka.alterTopicConfigs([change], "validate")).get("orders")).toEqual(
      denied(29, "TOPIC_AUTHORIZATION_FAILED", "AlterConfigs on topic orders"),
    );
    expect((await kafka.deleteTopics(["orders"])).get("orders")).toMatchObject({ ok: false });
    expect(
      (await kafka.commit("billing", [{ topic: "orders", partition: 0, offset: 0n }])).get("orders-0"),
    ).toEqual(denied(30, "GROUP_AUTHORIZATION_FAILED", "Read on group billing"));
    expect((await kafka.deleteGroups(["billing"])).get("billing")).toEqual(
      denied(30, "GROUP_AUTHORIZATION_FAILED", "Delete on group billing"),
    );
    const moves = [{ topic: "orders", partition: 0, replicas: [1] }];
    expect((await kafka.reassign(moves)).get("orders-0")).toEqual(
      denied(31, "CLUSTER_AUTHORIZATION_FAILED", "Alter on the cluster"),
    );
  });
});
