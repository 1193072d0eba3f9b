import type { Clients } from "../clients.ts";
import type { KafkaPort } from "../kafka.ts";
import type { Recording } from "./document.ts";
import { kafkaOf } from "./kafka/port.ts";
import { recordingOf } from "./section.ts";
import { memoryStore, type Store } from "./store.ts";

/** A recorded cluster in memory: the recording itself stays as it is, `recording` gives what became of it. */
export interface RecordedCluster {
  readonly clients: Clients;
  recording(): Promise<Recording>;
}

export function recordedCluster(recording: Recording): RecordedCluster {
  const store = memoryStore(recording);
  return { clients: clientsOf(store), recording: () => store.read(recordingOf) };
}

/** Only the Kafka of a recording, in memory. */
export function recordedKafka(recording: Recording): KafkaPort {
  return kafkaOf(memoryStore(recording));
}

export function clientsOf(store: Store): Clients {
  return { kafka: kafkaOf(store), connect: new Map(), close: async () => {} };
}
