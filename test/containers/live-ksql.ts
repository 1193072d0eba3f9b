import { connectKafka } from "../../src/clients/live/kafka/index.ts";
import { connectKsql } from "../../src/clients/live/ksql/index.ts";
import type { KsqlUnderTest } from "../contract/ksql.ts";

const position = { file: "environment", line: 1, column: 1, length: 1 };

/** A running ksqlDB with the Kafka that it works on; the topics of the run go with it. */
export async function openKsql(url: string, brokers: readonly string[], run: string): Promise<KsqlUnderTest> {
  const ksql = connectKsql(
    { url, auth: { type: "none" }, position },
    // A second replace of a query within a minute takes 40 s.
    { timeoutMs: 30_000, patienceMs: 240_000 },
  );
  const kafka = connectKafka({ brokers, position }, { timeoutMs: 30_000, clientId: "kpipe-test" });
  const { clusterId } = await kafka.cluster();
  return {
    ksql,
    kafkaClusterId: clusterId,
    async close() {
      const names = (await kafka.topics()).map(({ name }) => name).filter((name) => name.startsWith(run));
      await kafka.deleteTopics(names);
      await ksql.close();
      await kafka.close();
    },
  };
}
