import { connectKafka } from "../../../../src/clients/live/kafka/index.ts";

// A program that asks a broker, whatever comes of it, closes and ends by itself.
const [address = "", closing] = process.argv.slice(2);
const position = { file: "pipeline.yaml", line: 1, column: 1, length: 1 };
const kafka = connectKafka({ brokers: [address], position }, { timeoutMs: 700, clientId: "kpipe-test" });
const asked = kafka.topics().then(
  () => "answered",
  (error: unknown) => (error instanceof Error ? error.name : "unknown"),
);
if (closing === "at-once") setTimeout(() => kafka.close(), 200);
process.stdout.write(`${await asked}\n`);
await kafka.close();
