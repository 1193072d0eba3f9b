import type { KafkaRecording, Recording } from "../../../src/clients/recorded/document.ts";

/** A recording of one broker, with what the test is about. */
export function recording(kafka: Partial<KafkaRecording> = {}): Recording {
  return {
    kind: "Recording",
    formatVersion: 1,
    kafka: {
      clusterId: "MkU3OEVBNTcwNTJENDM2Qk",
      brokers: [{ id: 1, host: "broker-1", port: 9092 }],
      ...kafka,
    },
  };
}
