import { formatVersion, type Recording } from "./document.ts";
import { kafkaRecording, kafkaState } from "./kafka/section.ts";
import type { ClusterState } from "./state.ts";

/** A recording in memory, to be read and changed. */
export function stateOf(recording: Recording): ClusterState {
  return { kafka: kafkaState(recording.kafka) };
}

/** The state as a document again. */
export function recordingOf(state: ClusterState): Recording {
  return { kind: "Recording", formatVersion, kafka: kafkaRecording(state.kafka) };
}
