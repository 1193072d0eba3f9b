import { expect, test } from "vitest";
import { Secret } from "../../src/core/secret.ts";
import { lines, loadBody } from "./loading.ts";

const environment = { ID: "abc", P: "hunter2" };

function kafka(settings: string) {
  return loadBody(`connections: { kafka: { brokers: ["a:9092"], ${settings} } }\n`, { environment });
}

test.each([
  ["a cluster id from the environment pins like any", 'clusterId: "${env.ID}"', { clusterId: "abc" }],
  ["ssl: true is TLS with the system's authorities", "ssl: true", { ssl: {} }],
  [
    "PEM files stay as written: the client knows where the file lies",
    "ssl: { ca: ca.pem }",
    { ssl: { ca: "ca.pem" } },
  ],
  [
    "a mechanism may be spelt as Kafka does",
    "sasl: { mechanism: PLAIN, username: u, password: p }",
    { sasl: { mechanism: "plain" } },
  ],
  [
    "a command gives a token",
    "sasl: { mechanism: oauthbearer, token: { command: [./token, -v] } }",
    { sasl: { mechanism: "oauthbearer", token: { command: ["./token", "-v"] } } },
  ],
])("%s", (_, settings, expected) => {
  const { pipeline, diagnostics } = kafka(settings);
  expect(diagnostics).toEqual([]);
  expect(pipeline?.connections.kafka).toMatchObject(expected);
});

test("no ssl is none", () => {
  expect(kafka("ssl: false").pipeline?.connections.kafka).not.toHaveProperty("ssl");
});

test("a password in clear text is a secret all the same", () => {
  const sasl = kafka("sasl: { mechanism: plain, username: u, password: p }").pipeline?.connections.kafka
    ?.sasl;
  const password = sasl && "password" in sasl ? sasl.password : undefined;
  expect(password).toBeInstanceOf(Secret);
  expect(password instanceof Secret && password.reveal()).toBe("p");
});

test("a secret can't be an argument of a command", () => {
  const result = kafka('sasl: { mechanism: oauthbearer, token: { command: [./token, "${env.P}"] } }');
  expect(result.pipeline).toBeUndefined();
  expect(lines(result)[0]).toContain('KP1202 ["${env.P}"] a secret can\'t be an argument');
});
