// Loading it is part of the first connection; here that would take from the time that tests give.
import "kafkajs";
import { afterEach } from "vitest";
import type { KafkaPort } from "../../../../src/clients/kafka.ts";
import { connectKafka } from "../../../../src/clients/live/kafka/index.ts";
import type { KafkaConnection } from "../../../../src/core/connections.ts";
import { type Diagnostic, KpipeError } from "../../../../src/core/errors.ts";
import { type FakeBroker, fakeBroker, type Script } from "./fake-broker.ts";
import { listening, type TcpServer } from "./tcp-servers.ts";

export const position = { file: "pipeline.yaml", line: 6, column: 14, length: 9 };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

/** Little patience, for tests that wait until it ends. */
export const shortly = 700;

/** A port that is closed after the test, as everything here. */
export function port(
  brokers: KafkaConnection["brokers"],
  more: Partial<KafkaConnection> = {},
  timeoutMs = 5_000,
): KafkaPort {
  const kafka = connectKafka({ brokers, position, ...more }, { timeoutMs, clientId: "kpipe-test" });
  open.push(kafka);
  return kafka;
}

export async function serving(...args: Parameters<typeof listening>): Promise<TcpServer> {
  const server = await listening(...args);
  open.push(server);
  return server;
}

export async function broker(script: Script): Promise<FakeBroker> {
  const server = await fakeBroker(script);
  open.push(server);
  return server;
}

/** The diagnostics that the work fails with. */
export async function diagnosticsOf(work: Promise<unknown>): Promise<readonly Diagnostic[]> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof KpipeError) return thrown.diagnostics;
  throw new Error(`expected a KpipeError, not ${String(thrown)}`, { cause: thrown });
}

/** Code and message of each diagnostic that the work fails with. */
export async function failureOf(work: Promise<unknown>): Promise<readonly (readonly string[])[]> {
  return (await diagnosticsOf(work)).map(({ code, message }) => [code, message]);
}
