import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { tokens } from "../../../../src/clients/live/kafka/token.ts";
import { KafkaTrouble } from "../../../../src/clients/live/kafka/trouble.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { position } from "./failing-servers.ts";

const printing = (text: string) => ({ command: [process.execPath, "-p", JSON.stringify(text)] });
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;

async function detailOf(work: Promise<unknown>): Promise<string> {
  const thrown = await work.catch((error: unknown) => error);
  if (thrown instanceof KafkaTrouble && thrown.trouble.type === "token") return thrown.trouble.detail;
  throw new Error(`expected no token, not ${String(thrown)}`);
}

describe("a token by a command", () => {
  test.each([
    ["the token alone", "abc.def.ghi\n", "abc.def.ghi"],
    ["JSON as an endpoint gives it", '{"access_token":"abc","expires_in":60}', "abc"],
  ])("that prints %s", async (_, printed, token) => {
    expect(await tokens(printing(printed), position, 10_000)()).toBe(token);
  });

  test.each<[string, readonly string[], string]>([
    ["nothing", [process.execPath, "-e", ""], `the command ${process.execPath} printed no token`],
    ["more than a token", ["echo", "two words"], "the command echo printed no token"],
    ["JSON without a token", ["echo", "{}"], "the command echo printed no token"],
  ])("that prints %s is an error", async (_, command, detail) => {
    expect(await detailOf(tokens({ command }, position, 10_000)())).toBe(detail);
  });

  test("that fails is an error that shows nothing of what it printed", async () => {
    const script = "console.log('s3cret'); console.error('s3cret'); process.exit(3)";
    const asked = tokens({ command: [process.execPath, "-e", script] }, position, 10_000)();
    expect(await detailOf(asked)).toBe(`the command ${process.execPath} gave no token: it ended with code 3`);
    expect(inspect(await asked.catch((error: unknown) => error), { depth: 9 })).not.toContain("s3cret");
  });

  test("that isn't there or never ends is an error", async () => {
    expect(await detailOf(tokens({ command: ["no-such-program"] }, position, 10_000)())).toBe(
      "the command no-such-program gave no token: there is no such program",
    );
    const endless = { command: [process.execPath, "-e", "setInterval(() => {}, 1000)"] };
    expect(await detailOf(tokens(endless, position, 200)())).toBe(
      `the command ${process.execPath} gave no token: it ran longer than 0.2 s`,
    );
  });
});

describe("a token by an endpoint", () => {
  const asked: { readonly authorization: string | undefined; readonly body: string }[] = [];
  let answer: RequestListener;
  let endpoint: string;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked.push({ authorization: request.headers.authorization, body: String(Buffer.concat(chunks)) });
      answer(request, response);
    });
  });
  beforeEach(async () => {
    asked.length = 0;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  });
  afterEach(() => {
    vi.useRealTimers();
    server.closeAllConnections();
    server.close();
  });
  const source = () => ({ endpoint, clientId: "app", clientSecret: Secret.of("p:ä ss"), scope: "kafka" });
  const saying =
    (status: number, body: object): RequestListener =>
    (_, response) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

  test("is asked for as RFC 6749 has it", async () => {
    answer = saying(200, { access_token: "abc" });
    expect(await tokens(source(), position, 10_000)()).toBe("abc");
    const credentials = Buffer.from("app:p%3A%C3%A4+ss").toString("base64");
    expect(asked).toEqual([
      { authorization: `Basic ${credentials}`, body: "grant_type=client_credentials&scope=kafka" },
    ]);
  });

  test.each([
    ["in expires_in", () => ({ access_token: "abc", expires_in: 100 })],
    ["in its claims", () => ({ access_token: jwt({ exp: Date.now() / 1000 + 100 }) })],
  ])("is used again until a fifth of the life that it tells %s is left", async (_, body) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    answer = saying(200, body());
    const token = tokens(source(), position, 10_000);
    await Promise.all([token(), token()]);
    vi.setSystemTime(Date.now() + 79_000);
    await token();
    expect(asked).toHaveLength(1);
    vi.setSystemTime(Date.now() + 2_000);
    await Promise.all([token(), token()]);
    expect(asked).toHaveLength(2);
  });

  test("that failed once is asked again", async () => {
    answer = saying(503, {});
    const token = tokens(source(), position, 10_000);
    expect(await detailOf(token())).toMatch(/^the token endpoint 127\.0\.0\.1:\d+ answers 503$/);
    answer = saying(200, { access_token: "abc" });
    expect(await token()).toBe("abc");
  });

  test.each<[string, RequestListener, RegExp]>([
    ["refuses", saying(401, { error: "invalid_client" }), /answers 401: invalid_client$/],
    ["gives no token", saying(200, {}), /answers without an access_token$/],
    ["redirects", (_, response) => response.writeHead(302, { location: "/" }).end(), /does not answer: /],
    ["breaks off", (request) => request.socket.destroy(), /does not answer: /],
    ["says nothing", () => {}, /does not answer: nothing within 0\.3 s$/],
  ])("that %s is an error", async (_, listener, detail) => {
    answer = listener;
    expect(await detailOf(tokens(source(), position, 300)())).toMatch(detail);
  });

  test("whose secret is not set is an error at once", () => {
    const unset = { ...source(), clientSecret: Secret.unresolved(["KAFKA_SECRET"]) };
    expect(() => tokens(unset, position, 300)).toThrow("KP3029 KAFKA_SECRET is not set");
  });
});
