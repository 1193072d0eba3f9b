import type { Clients } from "../../clients.ts";
import type { Recording } from "../document.ts";
import { recordingOf } from "../section.ts";
import type { ConnectState } from "../state.ts";
import { captureConnect, topicsOf } from "./connect.ts";
import { captureKafka } from "./kafka.ts";
import { captureKsql } from "./ksql.ts";
import type { CaptureScope } from "./scope.ts";

export type { CaptureScope } from "./scope.ts";

/** Everything that kpipe reads of a cluster within a scope, without any secret, as a document. */
export async function capture(clients: Clients, scope: CaptureScope): Promise<Recording> {
  const connect = new Map<string, ConnectState>();
  for (const [name, port] of clients.connect) connect.set(name, await captureConnect(port, scope));
  const ksql = clients.ksql && (await captureKsql(clients.ksql));
  const touched = new Set([
    ...[...connect.values()].flatMap(topicsOf),
    ...[...(ksql?.sources.values() ?? [])].map(({ topic }) => topic),
  ]);
  return recordingOf({ kafka: await captureKafka(clients.kafka, scope, touched), connect, ksql });
}
