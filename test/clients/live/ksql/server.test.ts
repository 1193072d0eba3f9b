import { afterEach, describe, expect, test } from "vitest";
import { answer, dropped, type Exchange, transcript } from "../../../replay/server.ts";
import { against, closeAll, failureOf, genericError } from "./given.ts";

afterEach(closeAll);

const info = (fields: object) =>
  answer("GET", "/info", 200, { KsqlServerInfo: { version: "7.9.0", kafkaClusterId: "K", ...fields } });
const notReady = answer("GET", "/info", 503, genericError(50302, "KSQL is not yet ready to serve requests."));

test("who answers", async () => {
  const { port } = await against([transcript("ksql/000-info")]);
  expect(await port.server()).toEqual({
    version: "7.9.0",
    kafkaClusterId: "MkU3OEVBNTcwNTJENDM2Qk",
    serviceId: "ksql_local_",
  });
});

test("a server that starts is waited for", async () => {
  const { port } = await against([notReady, notReady, transcript("ksql/000-info")]);
  expect((await port.server()).version).toBe("7.9.0");
});

test("so is one that has not reached its state, and one that tells no state is taken as it is", async () => {
  const { port } = await against([info({ serverStatus: "INITIALIZING" }), info({ serverStatus: "RUNNING" })]);
  expect((await port.server()).version).toBe("7.9.0");
  const { port: older } = await against([info({})]);
  expect(await older.server()).toEqual({ version: "7.9.0", kafkaClusterId: "K", serviceId: "" });
});

describe("who doesn't answer as ksqlDB does", () => {
  test.each<[string, Exchange, string, string]>([
    [
      "a server that never gets ready",
      notReady,
      "KP3051",
      "http://HOST is not ready: KSQL is not yet ready to serve requests.",
    ],
    ["a degraded one", info({ serverStatus: "DEGRADED" }), "KP3058", "http://HOST says of itself: DEGRADED"],
    [
      "a load balancer without servers",
      answer("GET", "/info", 503, ""),
      "KP3051",
      "http://HOST is not ready: HTTP 503",
    ],
    [
      "a web page",
      { ...answer("GET", "/info", 200, "<html>hello</html>"), contentType: "text/html" },
      "KP3050",
      "http://HOST answers with a web page: is this ksqlDB?",
    ],
    [
      "a web page for what isn't found",
      { ...transcript("ksql/006-not-found"), path: "/info" },
      "KP3050",
      "http://HOST answers with a web page: is this ksqlDB?",
    ],
    [
      "a Connect worker",
      answer("GET", "/info", 404, { error_code: 404, message: "HTTP 404 Not Found" }),
      "KP3050",
      "http://HOST answers with HTTP 404: is this ksqlDB?",
    ],
    [
      "another server's JSON",
      answer("GET", "/info", 200, { version: "1" }),
      "KP3050",
      "http://HOST answers as another server does: is this ksqlDB?",
    ],
    [
      "nobody's JSON",
      answer("GET", "/info", 200, "null"),
      "KP3050",
      "http://HOST answers as another server does: is this ksqlDB?",
    ],
    ["missing credentials", transcript("ksql/700-auth-none-info"), "KP3026", "http://HOST wants credentials"],
    [
      "a role that may not",
      answer("GET", "/info", 403, transcript("ksql/704-auth-wrong-role").body),
      "KP3026",
      "http://HOST doesn't allow this with the given credentials",
    ],
    [
      "a dropped connection",
      dropped("GET", "/info"),
      "KP3025",
      "HOST closed the connection before it answered",
    ],
  ])("%s", async (_, exchange, code, message) => {
    const { port } = await against([exchange]);
    expect(await failureOf(port.server())).toEqual([[code, message]]);
  });

  test("nobody at all", async () => {
    const { port, server } = await against([]);
    await server.close();
    expect(await failureOf(port.server())).toEqual([["KP3021", "nothing listens on HOST"]]);
  });
});

test("basic credentials go along, and wrong ones are told apart from none", async () => {
  const auth = { type: "basic", username: "kpipe", password: "secret" } as const;
  const { port, server } = await against([transcript("ksql/000-info")], { auth });
  await port.server();
  expect(server.received[0]?.headers.authorization).toBe(`Basic ${btoa("kpipe:secret")}`);
  const { port: refused } = await against([transcript("ksql/700-auth-none-info")], { auth });
  expect(await failureOf(refused.server())).toEqual([
    ["KP3026", "http://HOST doesn't accept the credentials"],
  ]);
});
