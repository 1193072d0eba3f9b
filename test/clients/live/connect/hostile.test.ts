import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConnectPort, WrittenConfig } from "../../../../src/clients/connect.ts";
import { connectCluster } from "../../../../src/clients/live/connect/index.ts";
import { captureConnect } from "../../../../src/clients/recorded/capture/connect.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { liveFrom } from "../../../../src/providers/connectors/driver/read.ts";
import {
  expectCleanPrototype,
  hostileText,
  hostileTexts,
  mutated,
  survives,
} from "../../../builders/hostile.ts";
import { stepClock } from "../../../replay/clock.ts";
import { transcript } from "../../../replay/server.ts";

/** What the worker answers to everything; changes from run to run. */
let answer: { readonly status: number; readonly body: string };
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(answer.status, { "Content-Type": "application/json" }).end(answer.body);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function worker(): ConnectPort {
  const { port } = server.address() as AddressInfo;
  return connectCluster(
    {
      url: `http://127.0.0.1:${port}`,
      auth: { type: "none" },
      position: { file: "p.yaml", line: 1, column: 1, length: 1 },
    },
    { timeoutMs: 10_000, patienceMs: 3_000, clock: stepClock() },
  );
}

const config: WrittenConfig = new Map<string, string | Secret>([
  ["name", "orders"],
  ["connector.class", "a.Sink"],
  ["password", Secret.of("zq7x-secret-zq7x")],
]);

/** Every question and every write, each of which meets the same answer. */
const operations: Readonly<Record<string, (port: ConnectPort) => Promise<unknown>>> = {
  worker: (port) => port.worker(),
  plugins: (port) => port.plugins(),
  definitions: (port) => port.definitions("a.Sink"),
  connectors: async (port) => {
    const found = await port.connectors();
    return [...found.values()].map((it) => liveFrom("default", it, () => false));
  },
  connector: (port) => port.connector("orders"),
  activeTopics: (port) => port.activeTopics("orders"),
  validate: (port) => port.validate(config),
  create: (port) => port.create("orders", config, "paused"),
  putConfig: (port) => port.putConfig("orders", config),
  setState: (port) => port.setState("orders", "stopped"),
  restartFailed: (port) => port.restartFailed("orders"),
  delete: (port) => port.delete("orders"),
  settle: (port) => all(port.settle("orders", "running", new AbortController().signal)),
  capture: (port) => captureConnect(port, { within: () => true, times: [] }),
};

async function all<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

const recorded = [
  "001-root",
  "003-plugins",
  "005-plugin-config-source",
  "013-connectors-expand-both",
  "016-connector-get",
  "022-topics",
  "033-create-invalid-config-400",
  "043-validate-invalid-value",
  "075-status-failed-task",
].map((name) => transcript(`connect/${name}`).body);

async function everyOperation(): Promise<void> {
  const port = worker();
  try {
    for (const [name, operation] of Object.entries(operations)) {
      const result = await survives(name, () => operation(port));
      expect(
        JSON.stringify(result, (_, it) => (typeof it === "function" ? "a function" : it)) ?? "",
      ).not.toContain("a function");
    }
  } finally {
    await port.close();
  }
  expectCleanPrototype();
}

const statuses = fc.constantFrom(200, 200, 200, 201, 204, 400, 404, 409, 422, 500, 503);

test("answers with parts of the wrong shape, in hostile words", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(statuses, mutated(recorded), async (status, body) => {
      answer = { status, body: JSON.stringify(body) };
      await everyOperation();
    }),
    { numRuns: 120 },
  );
});

test("answers that are no JSON", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(statuses, hostileText, async (status, body) => {
      answer = { status, body };
      await everyOperation();
    }),
    { numRuns: 40, examples: hostileTexts.map((text) => [500, text]) },
  );
});

const deep = 100_000;
test.each([
  ["nested without end", `${"[".repeat(deep)}${"]".repeat(deep)}`],
  ["nested in a config", `{"a":{"info":{"config":{"k":${"[".repeat(deep)}${"]".repeat(deep)}}}}}`],
  ["nested objects", `${'{"message":'.repeat(deep)}1${"}".repeat(deep)}`],
  ["huge", JSON.stringify({ message: "a ".repeat(500_000) })],
  [
    "of twenty thousand connectors",
    JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, it) => [`c${it}`, { info: {} }]))),
  ],
  ["in words that every object knows", '[{"name":"k","type":"constructor"}]'],
  [
    "a state that every object knows",
    '{"a":{"info":{"config":{"k":{"toString":1}}},"status":{"connector":{"state":"constructor"},"tasks":[{"id":0,"state":"toString"}]}}}',
  ],
  ["cut off", '{"a": {"info": {"config": {"k": "v'],
])("an answer that is %s", { timeout: 60_000 }, async (_, body) => {
  for (const status of [200, 400]) {
    answer = { status, body };
    await everyOperation();
  }
});
