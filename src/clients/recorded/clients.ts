import type { Clients } from "../clients.ts";
import type { KafkaPort } from "../kafka.ts";
import { connectOf } from "./connect/port.ts";
import type { Recording } from "./document.ts";
import { Doubts } from "./doubts.ts";
import { fileStore } from "./file-store.ts";
import { kafkaOf } from "./kafka/port.ts";
import { ksqlOf } from "./ksql/port.ts";
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
    clients: clientsOf(store, serversOf(recording)),
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
  return clientsOf(store, await store.read((state) => serversOf(recordingOf(state))));
}

/** What a recording holds beside Kafka. */
interface Servers {
  readonly connect: readonly string[];
  readonly ksql: boolean;
}

function serversOf({ connect, ksql }: Recording): Servers {
  return { connect: Object.keys(connect ?? {}), ksql: ksql !== undefined };
}

function clientsOf(store: Store, { connect, ksql }: Servers): Clients {
  const doubts = new Doubts();
  return {
    kafka: kafkaOf(store, doubts),
    connect: new Map(connect.map((name) => [name, connectOf(store, name, doubts)])),
    ...(ksql && { ksql: ksqlOf(store, doubts) }),
    notChecked: () => doubts.list(),
    close: async () => {},
  };
}
