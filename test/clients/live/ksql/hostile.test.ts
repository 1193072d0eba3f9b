import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KsqlPort } from "../../../../src/clients/ksql.ts";
import { saidBy } from "../../../../src/clients/ksql-message.ts";
import { connectKsql } from "../../../../src/clients/live/ksql/index.ts";
import {
  expectCleanPrototype,
  hostileText,
  hostileTexts,
  mutated,
  survives,
} from "../../../builders/hostile.ts";
import { stepClock } from "../../../replay/clock.ts";
import { transcript } from "../../../replay/server.ts";
import { position, statement } from "./given.ts";

/** What the server answers to everything; changes from run to run. */
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

const create = "CREATE STREAM S (A INTEGER) WITH (KAFKA_TOPIC='s', VALUE_FORMAT='JSON');";

const operations: Readonly<Record<string, (port: KsqlPort) => Promise<unknown>>> = {
  server: (port) => port.server(),
  read: (port) => port.read(),
  check: (port) => port.check([statement(create, { "auto.offset.reset": "earliest" })]),
  execute: (port) => port.execute(statement(create), () => {}),
};

async function everyOperation(): Promise<void> {
  const { port: number } = server.address() as AddressInfo;
  const port = connectKsql(
    { url: `http://127.0.0.1:${number}`, auth: { type: "none" }, position },
    { timeoutMs: 10_000, patienceMs: 3_000, clock: stepClock() },
  );
  try {
    for (const [name, operation] of Object.entries(operations)) await survives(name, () => operation(port));
  } finally {
    await port.close();
  }
  expectCleanPrototype();
}

const recorded = [
  "000-info",
  "031-create-stream-with-partitions",
  "034-describe",
  "037-create-again-already-exists",
  "052-replace-csas-change-filter",
  "809-list-extended-one-request",
].map((name) => transcript(`ksql/${name}`).body);

const statuses = fc.constantFrom(200, 200, 200, 400, 403, 404, 500, 503);

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
const brackets = `${"[".repeat(deep)}${"]".repeat(deep)}`;
const described = (source: string) =>
  `[{"@type":"source_descriptions","sourceDescriptions":[${source}]},{"@type":"source_descriptions","sourceDescriptions":[]},{"@type":"query_descriptions","queryDescriptions":[{"id":"Q","statementText":"x","overriddenProperties":{"a":{"toString":1},"b":${brackets}}}]},{"@type":"type_list","types":{"constructor":{"type":"STRING"}}}]`;

test.each([
  ["nested without end", brackets],
  ["with properties that are no text", described("")],
  [
    "with a type without end",
    described(
      `{"name":"S","type":"STREAM","topic":"s","partitions":1,"replication":1,"statement":"x","fields":[{"name":"A","schema":${'{"type":"ARRAY","memberSchema":'.repeat(deep)}1${"}".repeat(deep)}}]}`,
    ),
  ],
  [
    "a huge error",
    JSON.stringify({ "@type": "generic_error", error_code: 50000, message: "a ".repeat(500_000) }),
  ],
])("an answer %s", { timeout: 60_000 }, async (_, body) => {
  for (const status of [200, 400]) {
    answer = { status, body };
    await everyOperation();
  }
});

const many = 300_000;
test.each([
  ["line ends", "\n".repeat(many)],
  ["blanks", " ".repeat(many)],
  ["causes", "\nCaused by: ".repeat(many / 10)],
  ["statements", "\nStatement: ".repeat(many / 10)],
  ["names of exceptions", "a.Exception".repeat(many / 10)],
  ["frames", "\tat a.b(".repeat(many / 10)],
  ["brackets", "Optional[".repeat(many / 10)],
  ["classes", "class a.".repeat(many / 10)],
])("a message of many %s is told shortly", (_, message) => {
  expect(saidBy(message).message.length).toBeLessThanOrEqual(2_003);
});
