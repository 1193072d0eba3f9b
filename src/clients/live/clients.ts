import type { Connections } from "../../core/connections.ts";
import { error, KpipeError } from "../../core/errors.ts";
import type { Clients } from "../clients.ts";
import { connectCluster } from "./connect/index.ts";
import { connectKafka } from "./kafka/index.ts";
import { connectKsql } from "./ksql/index.ts";

export interface LiveOptions {
  /** Milliseconds that a server may take to answer. */
  readonly timeoutMs: number;
  /** Milliseconds to wait for what passes by itself: a rebalance, a start, tasks that come up. */
  readonly patienceMs: number;
}

/** The servers that the file names. Nothing is sent before the first question. */
export function liveClients(connections: Connections, options: LiveOptions): Clients {
  if (connections.kafka === undefined) {
    throw new KpipeError(error("KP3040", "there is no cluster to look at"));
  }
  const kafka = connectKafka(connections.kafka, { timeoutMs: options.timeoutMs, clientId: "kpipe" });
  const connect = new Map(
    [...(connections.connect ?? [])].map(([name, it]) => [name, connectCluster(it, options)]),
  );
  const ksql = connections.ksql && connectKsql(connections.ksql, options);
  return {
    kafka,
    connect,
    ...(ksql && { ksql }),
    notChecked: () => [],
    close: async () => {
      await Promise.all([kafka.close(), ...[...connect.values()].map((it) => it.close()), ksql?.close()]);
    },
  };
}
