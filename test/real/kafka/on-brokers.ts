import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, inject } from "vitest";
import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { connectKafka, type KafkaOptions } from "../../../src/clients/live/kafka/index.ts";
import type { KafkaConnection } from "../../../src/core/connections.ts";
import { type KafkaCluster, startKafka } from "../../../stack/cluster.ts";

/** Where every connection of these tests stands in its file. */
export const position = { file: "pipeline.yaml", line: 6, column: 14, length: 9 };

/** A broker to talk to, and names that nothing else on it has. */
export interface OnBroker {
  readonly version: "4.3.1" | "3.9.2";
  bootstrap(): string;
  /** A new connection, closed after the tests. */
  kafka(connection?: Partial<KafkaConnection>, options?: Partial<KafkaOptions>): KafkaPort;
  name(suffix: string): string;
}

/** The same tests on the shared broker of Kafka 4.3.1 and on one of 3.9.2. */
export function onBrokers(tests: (on: OnBroker) => void): void {
  describe.each(["4.3.1", "3.9.2"] as const)("Kafka %s", (version) => {
    const run = randomUUID().slice(0, 8);
    const open: KafkaPort[] = [];
    let own: KafkaCluster | undefined;
    let bootstrap = "";
    beforeAll(async () => {
      if (version === "3.9.2") own = await startKafka({ version });
      bootstrap = (own ?? inject("kafka")).bootstrap[0] ?? "";
    });
    afterAll(async () => {
      for (const port of open) await port.close();
      await own?.stop();
    });
    tests({
      version,
      bootstrap: () => bootstrap,
      kafka: (connection, options) => {
        const port = connectKafka(
          { brokers: [bootstrap], position, ...connection },
          { timeoutMs: 20_000, clientId: "kpipe-test", ...options },
        );
        open.push(port);
        return port;
      },
      name: (suffix) => `${run}.${suffix}`,
    });
  });
}
