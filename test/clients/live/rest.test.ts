import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { restClient } from "../../../src/clients/live/rest.ts";
import type { RestAuth, RestConnection } from "../../../src/core/connections.ts";
import { KpipeError } from "../../../src/core/errors.ts";
import { Secret } from "../../../src/core/secret.ts";
import {
  answer,
  dropped,
  type Exchange,
  pemFile,
  type ReplayServer,
  replay,
  transcript,
} from "../../replay/server.ts";

const position = { file: "pipeline.yaml", line: 7, column: 12, length: 3 };
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

function clientOf(url: string, over: Partial<RestConnection> = {}, timeoutMs = 2_000) {
  const client = restClient(
    { url, auth: { type: "none" }, position, ...over },
    { server: "Connect worker", timeoutMs },
  );
  open.push(client);
  return client;
}

async function serving(...exchanges: readonly Exchange[]): Promise<ReplayServer> {
  const server = await replay(exchanges);
  open.push(server);
  return server;
}

async function failureOf(sending: Promise<unknown>): Promise<KpipeError> {
  const cause = await sending.then(
    () => undefined,
    (it: unknown) => it,
  );
  if (cause instanceof KpipeError) return cause;
  throw new Error(`expected a KpipeError, not ${String(cause)}`);
}

describe("an answer", () => {
  test("is status, text and JSON, whatever the status", async () => {
    const { url } = await serving(transcript("connect/018-connector-404"));
    expect(await clientOf(url).send({ method: "GET", path: "/connectors/nope" })).toMatchObject({
      status: 404,
      json: { message: "Connector nope not found" },
    });
  });

  test("has no JSON where it is a page", async () => {
    const { url } = await serving(answer("GET", "/", 404, "<html>"));
    expect(await clientOf(url).send({ method: "GET", path: "/" })).toEqual({
      status: 404,
      text: "<html>",
      json: undefined,
    });
  });

  test("comes from below the path of the address", async () => {
    const { url } = await serving(answer("GET", "/connect/x", 200, {}));
    expect(await clientOf(`${url}/connect/`).send({ method: "GET", path: "/x" })).toMatchObject({
      status: 200,
    });
  });
});

describe("credentials", () => {
  test.each<[string, RestAuth, string | undefined]>([
    ["none", { type: "none" }, undefined],
    ["basic", { type: "basic", username: "app", password: Secret.of("pä:ss") }, "Basic YXBwOnDDpDpzcw=="],
    ["bearer", { type: "bearer", token: Secret.of("t0ken") }, "Bearer t0ken"],
  ])("%s", async (_case, auth, header) => {
    const server = await serving(answer("GET", "/", 200, {}));
    await clientOf(server.url, { auth }).send({ method: "GET", path: "/" });
    expect(server.received[0]?.headers.authorization).toBe(header);
  });

  test.each<[number, RestAuth, RegExp]>([
    [401, { type: "none" }, /wants credentials/],
    [401, { type: "bearer", token: "x" }, /doesn't accept the credentials/],
    [403, { type: "bearer", token: "x" }, /doesn't allow this/],
  ])("HTTP %d is an error of the connection", async (status, auth, message) => {
    const { url } = await serving(answer("GET", "/", status, {}));
    const { diagnostics } = await failureOf(clientOf(url, { auth }).send({ method: "GET", path: "/" }));
    expect(diagnostics).toMatchObject([
      { code: "KP3026", message: expect.stringMatching(message), position },
    ]);
  });

  test("a variable that isn't set is named", () => {
    const auth: RestAuth = { type: "bearer", token: Secret.unresolved(["CONNECT_TOKEN"]) };
    expect(() => clientOf("http://127.0.0.1:1", { auth })).toThrow("KP3029 CONNECT_TOKEN is not set");
  });

  const pair = "YXBwOnMzY3JldCI/";
  test.each<[string, RestAuth, string]>([
    ["a basic header", { type: "basic", username: "app", password: 's3cret"?' }, `Basic ${pair}`],
    ["a password", { type: "basic", username: "app", password: 's3cret"?' }, 's3cret"?'],
    ["a token", { type: "bearer", token: Secret.of("t0ken-of-a-bearer") }, "Bearer t0ken-of-a-bearer"],
  ])("%s that a refusal repeats is hidden", async (_case, auth, said) => {
    const header = Buffer.from('app:s3cret"?').toString("base64");
    const message = said.replace(pair, header);
    const { url } = await serving(answer("GET", "/", 400, { message: `bad: ${message}` }));
    const { text, json } = await clientOf(url, { auth }).send({ method: "GET", path: "/" });
    expect(json).toEqual({ message: expect.stringMatching(/^bad: (Basic |Bearer )?\(secret\)$/) });
    expect(text).not.toMatch(/t0ken-of|YXBw/);
  });

  test("of the address are hidden in a page", async () => {
    const { url } = await serving(answer("GET", "/", 400, "<p>Basic YXBwOnMzY3JldC1sb25n s3cret-long"));
    const withUser = url.replace("//", "//app:s3cret-long@");
    const { text } = await clientOf(withUser).send({ method: "GET", path: "/" });
    expect(text).toBe("<p>Basic (secret) (secret)");
  });

  test("an answer that is no refusal is as it came: its values are compared", async () => {
    const auth: RestAuth = { type: "bearer", token: "t0ken-of-a-bearer" };
    const { url } = await serving(answer("GET", "/", 200, { key: "t0ken-of-a-bearer" }));
    const { json } = await clientOf(url, { auth }).send({ method: "GET", path: "/" });
    expect(json).toEqual({ key: "t0ken-of-a-bearer" });
  });

  test("are never followed to another address", async () => {
    const { url } = await serving(answer("GET", "/", 307, {}));
    const { diagnostics } = await failureOf(clientOf(url).send({ method: "GET", path: "/" }));
    expect(diagnostics).toMatchObject([{ code: "KP3027", message: expect.stringContaining("redirects") }]);
  });
});

describe("TLS", () => {
  const ssl = { ca: pemFile("ca") };
  const client = { cert: pemFile("client"), key: pemFile("client-key") };

  async function secure(wantsClient: boolean) {
    const server = await replay([answer("GET", "/", 200, {})], { wantsClient });
    open.push(server);
    return server.url;
  }

  test("an authority that the file names is trusted", async () => {
    const url = await secure(false);
    expect(await clientOf(url, { ssl }).send({ method: "GET", path: "/" })).toMatchObject({ status: 200 });
  });

  test("the client shows its certificate", async () => {
    const url = await secure(true);
    expect(
      await clientOf(url, { ssl: { ...ssl, ...client } }).send({ method: "GET", path: "/" }),
    ).toMatchObject({
      status: 200,
    });
  });

  test("an authority that isn't trusted is told", async () => {
    const url = await secure(false);
    const { diagnostics } = await failureOf(clientOf(url).send({ method: "GET", path: "/" }));
    expect(diagnostics).toMatchObject([
      { code: "KP3024", message: expect.stringContaining("isn't trusted here") },
    ]);
  });

  test("a missing client certificate is told", async () => {
    const url = await secure(true);
    const { diagnostics } = await failureOf(clientOf(url, { ssl }).send({ method: "GET", path: "/" }));
    expect(diagnostics).toMatchObject([
      { code: "KP3024", message: expect.stringContaining("wants a certificate of the client") },
    ]);
  });

  test("a path of a certificate that isn't there is told", () => {
    expect(() => clientOf("https://127.0.0.1:1", { ssl: { ca: "no-such-ca.pem" } })).toThrow(
      "KP3028 no-such-ca.pem can't be read",
    );
  });
});

describe("no answer", () => {
  test("nothing listens", async () => {
    const { diagnostics } = await failureOf(
      clientOf("http://127.0.0.1:1").send({ method: "GET", path: "/" }),
    );
    expect(diagnostics).toMatchObject([
      { code: "KP3021", message: "nothing listens on 127.0.0.1:1", position },
    ]);
  });

  test("an unknown host", async () => {
    const { diagnostics } = await failureOf(
      clientOf("http://no-such-host.invalid:8083").send({ method: "GET", path: "/" }),
    );
    expect(diagnostics).toMatchObject([{ code: "KP3023" }]);
  });

  test("silence, told with the time that was waited", async () => {
    const server = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    open.push({ close: () => server.close() });
    const { port } = server.address() as { port: number };
    const client = clientOf(`http://127.0.0.1:${port}`, {}, 50);
    const { diagnostics } = await failureOf(client.send({ method: "GET", path: "/" }));
    expect(diagnostics).toMatchObject([
      { code: "KP3022", message: `no answer from 127.0.0.1:${port} within 0.05 s` },
    ]);
  });

  test("a connection that breaks off", async () => {
    const { url } = await serving(dropped("GET", "/"));
    const { diagnostics } = await failureOf(clientOf(url).send({ method: "GET", path: "/" }));
    expect(diagnostics).toMatchObject([{ code: "KP3025" }]);
  });

  test("https to a server without TLS", async () => {
    const { url } = await serving(answer("GET", "/", 200, {}));
    const client = clientOf(url.replace("http:", "https:"));
    const { diagnostics } = await failureOf(client.send({ method: "GET", path: "/" }));
    expect(diagnostics).toMatchObject([{ code: "KP3024", message: expect.stringContaining("speak TLS") }]);
  });

  test("a server that doesn't speak HTTP", async () => {
    const server = createServer((socket) => socket.end("\u0015\u0003\u0003\u0000\u0002")).listen(
      0,
      "127.0.0.1",
    );
    await new Promise((resolve) => server.once("listening", resolve));
    open.push({ close: () => server.close() });
    const { port } = server.address() as { port: number };
    const { diagnostics } = await failureOf(
      clientOf(`http://127.0.0.1:${port}`).send({ method: "GET", path: "/" }),
    );
    expect(diagnostics).toMatchObject([{ code: "KP3027", message: expect.stringContaining("speak HTTP") }]);
  });

  test("neither body nor credentials are in the error, however it is printed", async () => {
    const { url } = await serving(dropped("PUT", "/x"));
    const auth: RestAuth = { type: "basic", username: "app", password: "hunter2" };
    const failure = await failureOf(
      clientOf(url, { auth }).send({ method: "PUT", path: "/x", body: { "connection.password": "hunter3" } }),
    );
    const { inspect } = await import("node:util");
    const printed = inspect(failure, { depth: 20, showHidden: true });
    expect(printed).not.toMatch(/hunter|YXBw/);
  });

  test("nor are credentials that the address holds", async () => {
    const { url } = await serving(answer("GET", "/", 403, {}));
    const client = clientOf(url.replace("http://", "http://app:hunter2@"));
    const failure = await failureOf(client.send({ method: "GET", path: "/" }));
    expect(failure.message).not.toContain("hunter2");
  });
});
