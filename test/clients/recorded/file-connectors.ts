import type { ConnectRecording } from "../../../src/clients/recorded/document.ts";

const common = {
  name: { type: "string", required: true },
  "connector.class": { type: "string", required: true },
  "tasks.max": { type: "int" },
  file: { type: "string" },
} as const;

/** A worker of Kafka 4.3.1 with its two file connectors. */
export const fileConnectors: ConnectRecording = {
  version: "4.3.1",
  plugins: {
    "org.apache.kafka.connect.file.FileStreamSourceConnector": {
      type: "source",
      version: "4.3.1",
      definitions: { ...common, topic: { type: "string", required: true }, "batch.size": { type: "int" } },
    },
    "org.apache.kafka.connect.file.FileStreamSinkConnector": {
      type: "sink",
      version: "4.3.1",
      definitions: { ...common, topics: { type: "list" }, "topics.regex": { type: "string" } },
    },
  },
};
