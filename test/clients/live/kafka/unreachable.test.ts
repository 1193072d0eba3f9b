import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { KafkaConnection } from "../../../../src/core/connections.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { pemFile } from "../../../replay/server.ts";
import { diagnosticsOf, failureOf, port, position, serving, shortly } from "./failing-servers.ts";
import { type listening, nobody } from "./tcp-servers.ts";

describe("a server that can't be used ends the operation with what was tried", () => {
  const silence = () => {};
  const garbage = Buffer.from("ffffffffffffffff", "hex");
  test.each<[string, Parameters<typeof listening>, Partial<KafkaConnection>, string, string]>([
    ["accepts and stays silent", [silence], {}, "KP3002", "no answer from kafka ADDRESS within 0.7 s"],
    [
      "accepts and stays silent where TLS is expected",
      [silence],
      { ssl: {} },
      "KP3002",
      "no answer from kafka ADDRESS within 0.7 s",
    ],
    [
      "closes at once",
      [(socket) => socket.end()],
      {},
      "KP3003",
      "kafka ADDRESS closes the connection without an answer",
    ],
    [
      "resets at once",
      [(socket) => socket.resetAndDestroy()],
      {},
      "KP3003",
      "kafka ADDRESS closes the connection without an answer",
    ],
    [
      "speaks HTTP",
      [(socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")],
      {},
      "KP3008",
      "kafka ADDRESS answers in HTTP, not in Kafka's protocol",
    ],
    [
      "answers nonsense",
      [(socket) => socket.write(garbage)],
      {},
      "KP3008",
      "kafka ADDRESS answers, and not in Kafka's protocol",
    ],
    [
      "answers with a frame that makes no sense",
      [(socket) => socket.write(Buffer.from("0000000800000000ffff7fff", "hex"))],
      {},
      "KP3008",
      "kafka ADDRESS answers, and not in Kafka's protocol",
    ],
    [
      "answers with a TLS alert",
      [(socket) => socket.end(Buffer.from("15030300020250", "hex"))],
      {},
      "KP3006",
      "kafka ADDRESS speaks TLS, and the file doesn't ask for it",
    ],
    [
      "closes in the TLS handshake",
      [(socket) => socket.end()],
      { ssl: {} },
      "KP3006",
      "kafka ADDRESS doesn't speak TLS: it closed the connection in the TLS handshake",
    ],
    [
      "answers the TLS handshake in another protocol",
      [(socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")],
      { ssl: {} },
      "KP3006",
      "kafka ADDRESS doesn't speak TLS: its answer is not TLS",
    ],
  ])("%s", async (_, server, connection, code, message) => {
    const { address } = await serving(...server);
    const diagnostics = await diagnosticsOf(port([address], connection, shortly).topics());
    expect(diagnostics).toMatchObject([{ code, message: message.replace("ADDRESS", address), position }]);
  });

  test("refuses", async () => {
    const address = await nobody();
    expect(await failureOf(port([address]).topics())).toEqual([
      ["KP3001", `kafka ${address} refuses connections`],
    ]);
  });

  test("has a name that nobody knows", async () => {
    expect(await failureOf(port(["kafka.invalid:9092"]).topics())).toEqual([
      [
        "KP3004",
        "the host name of kafka kafka.invalid:9092 can't be resolved: kafka.invalid is not known here",
      ],
    ]);
  });

  test.each([
    ["an unknown authority", {}, "KP3005", /is not trusted here/],
    [
      "another host",
      { ca: pemFile("ca"), serverName: "other.test" },
      "KP3005",
      /is for another host.*other\.test/,
    ],
  ])("has a certificate of %s", async (_, ssl, code, message) => {
    const { address } = await serving(() => {}, { cert: pem("server"), key: pem("server-key") });
    expect(await failureOf(port([address], { ssl }).topics())).toEqual([
      [code, expect.stringMatching(message)],
    ]);
  });
});

function pem(name: string): string {
  return readFileSync(pemFile(name), "utf8");
}

describe("several brokers", () => {
  test("each that fails is told, in the order of the file", async () => {
    const silent = await serving(() => {});
    const refusing = await nobody();
    expect(await failureOf(port([silent.address, refusing], {}, shortly).topics())).toEqual([
      ["KP3002", `no answer from kafka ${silent.address} within 0.7 s`],
      ["KP3001", `kafka ${refusing} refuses connections`],
    ]);
  });

  test("may stand in one variable, by which messages call them", async () => {
    const [one, other] = [await nobody(), await nobody()];
    const brokers = [Secret.of(`${one}, ${other}`, ["KAFKA_BROKERS"])];
    expect(await failureOf(port(brokers).topics())).toEqual([
      ["KP3001", "kafka ${env.KAFKA_BROKERS} refuses connections"],
      ["KP3001", "kafka ${env.KAFKA_BROKERS} refuses connections"],
    ]);
  });
});

test.each(["localhost", "localhost:", "localhost:0", "localhost:99999", "kafka://localhost:9092", ""])(
  "%j is not an address of a broker",
  async (broker) => {
    expect(await failureOf(port([broker]).topics())).toEqual([
      ["KP3014", `"${broker}" is not an address of a broker`],
    ]);
  },
);
