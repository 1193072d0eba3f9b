import type { Clients } from "../clients.ts";
import type { KafkaPort } from "../kafka.ts";
import { connectOf } from "./connect/port.ts";
import type { Recording } from "./document.ts";
import { Doubts } from "./doubts.ts";
import { fileStore } from "./file-store.ts";
import { kafkaOf } from "./kafka/port.ts";
import { recordingOf } from "./section.ts";
import { memoryStore, type Store } from "./store.ts";

/** A recorded cluster in memory: the recording itself stays as it is, `recording` gives what became of it. */
export interface RecordedCluster {
  readonly clients: Clients;
  recording(): Promise<Recording>;
}

/** A copy of a recording in memory, to plan on or to rehearse an apply. */
export function recordedCluster(recording: Recording): RecordedCluster {
  const store = memoryStore(recording);
  return {
    clients: clientsOf(store, Object.keys(recording.connect ?? {})),
    recording: () => store.read(recordingOf),
  };
}

/** Only the Kafka of a recording, in memory. */
export function recordedKafka(recording: Recording): KafkaPort {
  return kafkaOf(memoryStore(recording), new Doubts());
}

/**
 * The cluster in a file: each batch that is executed is written back before it is answered, and other
 * processes may do the same meanwhile. Throws a KpipeError if the file can't be read or is no recording.
 */
export async function openRecording(path: string): Promise<Clients> {
  const store = fileStore(path);
  return clientsOf(store, await store.read(({ connect }) => [...connect.keys()]));
}

function clientsOf(store: Store, connect: readonly string[]): Clients {
  const doubts = new Doubts();
  return {
    kafka: kafkaOf(store, doubts),
    connect: new Map(connect.map((name) => [name, connectOf(store, name, doubts)])),
    notChecked: () => doubts.list(),
    close: async () => {},
  };
}
