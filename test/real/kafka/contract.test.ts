import { inject } from "vitest";
import { connectKafka } from "../../../src/clients/live/kafka/index.ts";
import { kafkaContract } from "../../contract/kafka.ts";
import type { KafkaUnderTest } from "../../contract/kafka-bench.ts";
import { applicationsOn } from "./applications.ts";
import { position } from "./on-brokers.ts";

async function open(): Promise<KafkaUnderTest> {
  const { bootstrap, clusterId } = inject("kafka");
  const options = { timeoutMs: 20_000, clientId: "kpipe-contract" };
  const kafka = connectKafka({ brokers: bootstrap, position }, options);
  return {
    ...applicationsOn(bootstrap),
    kafka,
    clusterId,
    splitsBatches: true,
    close: () => kafka.close(),
  };
}

kafkaContract("Kafka 4.3.1", open);
