import { readFile } from "node:fs/promises";
import kafkajs, { type KafkaConfig } from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SecuredKafka, startSecuredKafka, unsecuredToken } from "../../stack/secured.ts";

let kafka: SecuredKafka;
let ca: string;

beforeAll(async () => {
  kafka = await startSecuredKafka();
  ca = await readFile(kafka.certificates.ca, "utf8");
});
afterAll(() => kafka?.stop());

type Way = Pick<KafkaConfig, "ssl" | "sasl">;

async function createTopic(address: string, way: Way, topic: string): Promise<boolean> {
  const admin = new kafkajs.Kafka({
    brokers: [address],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 5_000,
    retry: { retries: 0 },
    ...way,
  }).admin();
  try {
    await admin.connect();
    return await admin.createTopics({ topics: [{ topic, replicationFactor: 1 }] });
  } finally {
    await admin.disconnect();
  }
}

const unauthorized = { errors: [{ type: "TOPIC_AUTHORIZATION_FAILED" }] };
const users = ["admin", "guest"] as const;
type User = (typeof users)[number];

const saslWays = {
  PLAIN: (user: User) => ({ mechanism: "plain", username: user, password: kafka.passwords[user] }),
  "SCRAM-SHA-256": (user: User) => ({
    mechanism: "scram-sha-256",
    username: user,
    password: kafka.passwords[user],
  }),
  "SCRAM-SHA-512": (user: User) => ({
    mechanism: "scram-sha-512",
    username: user,
    password: kafka.passwords[user],
  }),
  OAUTHBEARER: (user: User) => ({
    mechanism: "oauthbearer",
    oauthBearerProvider: async () => ({ value: unsecuredToken(user) }),
  }),
} satisfies Record<string, (user: User) => KafkaConfig["sasl"]>;

describe.each(Object.entries(saslWays))("SASL %s over TLS", (mechanism, sasl) => {
  test("admin may create a topic", async () => {
    expect(await createTopic(kafka.sasl, { ssl: { ca }, sasl: sasl("admin") }, `by-${mechanism}`)).toBe(true);
  });

  test("guest may not", async () => {
    const created = createTopic(kafka.sasl, { ssl: { ca }, sasl: sasl("guest") }, `not-by-${mechanism}`);
    await expect(created).rejects.toMatchObject(unauthorized);
  });
});

test("a wrong password is refused", async () => {
  const sasl = { mechanism: "plain", username: "admin", password: "wrong" } as const;
  await expect(createTopic(kafka.sasl, { ssl: { ca }, sasl }, "never")).rejects.toThrow(
    /[Aa]uthentication failed/,
  );
});

describe("a client certificate", () => {
  const certified = async (user: User): Promise<Way> => ({
    ssl: {
      ca,
      cert: await readFile(kafka.certificates[user].cert, "utf8"),
      key: await readFile(kafka.certificates[user].key, "utf8"),
    },
  });

  test("names the user: admin may create a topic, guest may not", async () => {
    expect(await createTopic(kafka.mtls, await certified("admin"), "by-certificate")).toBe(true);
    const created = createTopic(kafka.mtls, await certified("guest"), "not-by-certificate");
    await expect(created).rejects.toMatchObject(unauthorized);
  });

  test("is asked for where it is needed, and only there", async () => {
    await expect(createTopic(kafka.mtls, { ssl: { ca } }, "never")).rejects.toThrow();
    expect(await createTopic(kafka.tls, { ssl: { ca } }, "by-anyone")).toBe(true);
  });
});

test("an authority that the client doesn't know is refused", async () => {
  await expect(createTopic(kafka.tls, { ssl: true }, "never")).rejects.toThrow(
    /unable to verify the first certificate/,
  );
});

test("a certificate for another host is refused", async () => {
  const other = await startSecuredKafka({ certificateFor: ["kafka.example"] });
  try {
    const otherCa = await readFile(other.certificates.ca, "utf8");
    const created = createTopic(other.tls, { ssl: { ca: otherCa } }, "never");
    await expect(created).rejects.toThrow(/altnames/);
  } finally {
    await other.stop();
  }
});
