import type { KafkaVersion, Properties } from "./kafka/properties.ts";
import { kafkaServers, randomClusterId } from "./kafka/servers.ts";
import { type OwnedOptions, type OwnedServers, startOwned } from "./owned.ts";
import { freePorts, host } from "./ports.ts";
import { StackError } from "./stack-error.ts";

export interface KafkaOptions extends OwnedOptions {
  /** 4.3.1 unless told. */
  readonly version?: KafkaVersion;
  /** 3 for replication factors and reassignments; 1 unless told. */
  readonly brokers?: 1 | 3;
  /** One a broker; free ones unless told. */
  readonly ports?: readonly number[];
  /** Lines of server.properties, for every broker; they win over the stack's own. */
  readonly properties?: Properties;
  readonly clusterId?: string;
}

/** A real Kafka cluster. Brokers are counted from 0 here; broker 0 has node id 1. */
export interface KafkaCluster extends OwnedServers {
  readonly version: KafkaVersion;
  readonly clusterId: string;
  /** One `host:port` a broker. */
  readonly bootstrap: readonly string[];
}

/** Starts Kafka on loopback and returns when every broker answers and lists all others. See `startOwned`. */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaCluster> {
  const { version = "4.3.1", brokers = 1, clusterId = randomClusterId(), properties, progress } = options;
  if (options.ports !== undefined && options.ports.length !== brokers) {
    throw new StackError(`${brokers} brokers need ${brokers} ports, not ${options.ports.length}.`);
  }
  const wanted =
    options.ports === undefined
      ? { count: 2 * brokers }
      : { exactly: [...options.ports, ...(await freePorts(brokers))] };
  let bootstrap: readonly string[] = [];
  const servers = await startOwned("kafka", wanted, options, ({ dir, ports, alive }) => {
    const layout = ports.slice(0, brokers).map((broker, index) => ({
      broker,
      controller: ports[brokers + index] ?? 0,
    }));
    bootstrap = layout.map(({ broker }) => `${host}:${broker}`);
    return kafkaServers({
      version,
      clusterId: () => clusterId,
      layout,
      dir,
      expected: () => alive().map((index) => index + 1),
      ...(properties && { properties }),
      ...(progress && { progress }),
    });
  });
  return { ...servers, version, clusterId, bootstrap };
}
