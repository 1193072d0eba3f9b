import { connectRecording, connectState } from "./connect/section.ts";
import { formatVersion, type Recording } from "./document.ts";
import { kafkaRecording, kafkaState } from "./kafka/section.ts";
import { ksqlRecording, ksqlState } from "./ksql/section.ts";
import { mapOf, namedOf } from "./named.ts";
import type { ClusterState } from "./state.ts";

/** A recording in memory, to be read and changed. */
export function stateOf({ kafka, connect, ksql }: Recording): ClusterState {
  return {
    kafka: kafkaState(kafka),
    connect: mapOf(connect, (cluster) => connectState(cluster, kafka.clusterId)),
    ksql: ksql && ksqlState(ksql, kafka.clusterId),
  };
}

/** The state as a document again. */
export function recordingOf({ kafka, connect, ksql }: ClusterState): Recording {
  return {
    kind: "Recording",
    formatVersion,
    kafka: kafkaRecording(kafka),
    ...(connect.size > 0 && {
      connect: namedOf(connect, (cluster) => connectRecording(cluster, kafka.clusterId)),
    }),
    ...(ksql && { ksql: ksqlRecording(ksql, kafka.clusterId) }),
  };
}
