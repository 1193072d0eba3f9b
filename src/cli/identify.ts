import type { Clients } from "../clients/clients.ts";
import type { KsqlPort, KsqlServer } from "../clients/ksql.ts";
import { error, KpipeError } from "../core/errors.ts";
import type { ClusterIdentity } from "../core/model.ts";

/**
 * Asks every server who it is, at once: an unreachable one ends the command before anything is read, and so
 * does a ksqlDB of another Kafka (KP3059).
 */
export async function identify({ kafka, connect, ksql }: Clients): Promise<ClusterIdentity> {
  const [{ clusterId, brokers }, workers, ksqlServer] = await Promise.all([
    kafka.cluster(),
    Promise.all([...connect].map(async ([name, port]) => ({ name, worker: await port.worker() }))),
    ksql?.server(),
  ]);
  if (ksql && ksqlServer) onSameKafka(ksql, ksqlServer, clusterId);
  const count = brokers.length === 1 ? "1 broker" : `${brokers.length} brokers`;
  return {
    clusterId,
    servers: [
      { name: "kafka", detail: `${clusterId} (${count})` },
      ...workers.map(({ name, worker }) => ({
        name: name === "default" ? "connect" : `connect ${name}`,
        detail: worker.version,
      })),
      ...(ksqlServer ? [{ name: "ksqlDB", detail: ksqlServer.version }] : []),
    ],
  };
}

function onSameKafka({ position }: KsqlPort, { kafkaClusterId }: KsqlServer, clusterId: string): void {
  if (kafkaClusterId === clusterId) return;
  throw new KpipeError(
    error("KP3059", `ksqlDB works on Kafka ${kafkaClusterId}, and connections.kafka is ${clusterId}`, {
      position,
    }),
  );
}
