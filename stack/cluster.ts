import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KafkaVersion, Layout, Properties } from "./kafka/properties.ts";
import { kafkaServers, randomClusterId } from "./kafka/servers.ts";
import { freePorts, host, requireFree } from "./ports.ts";
import type { Life, Running } from "./process.ts";
import { awaitReady, launchServer, type ServerSpec, startServers } from "./server.ts";
import { StackError } from "./stack-error.ts";

export interface KafkaOptions {
  /** 4.3.1 unless told. */
  readonly version?: KafkaVersion;
  /** 3 for replication factors and reassignments; 1 unless told. */
  readonly brokers?: 1 | 3;
  /** Kept by `stop()`; a temporary folder that goes away otherwise. */
  readonly dir?: string;
  /** One a broker; free ones unless told. */
  readonly ports?: readonly number[];
  /** Lines of server.properties, for every broker; they win over the stack's own. */
  readonly properties?: Properties;
  readonly clusterId?: string;
  readonly progress?: (line: string) => void;
}

/** A real Kafka cluster. Brokers are counted from 0 here; broker 0 has node id 1. */
export interface KafkaCluster {
  readonly version: KafkaVersion;
  readonly clusterId: string;
  /** One `host:port` a broker. */
  readonly bootstrap: readonly string[];
  /** Ends a broker at once, as `kill -9` does. */
  kill(broker: number): Promise<void>;
  /** Starts a killed broker on its port and its data; returns when it answers. */
  restart(broker: number): Promise<void>;
  /** Freezes a broker: its port accepts, and nothing answers. */
  pause(broker: number): void;
  resume(broker: number): void;
  /** Everything a broker has logged. */
  logs(broker: number): Promise<string>;
  /** Ends all brokers and removes a temporary folder. */
  stop(): Promise<void>;
}

/**
 * Starts Kafka on loopback and returns when every broker answers and lists all others. The brokers end with this
 * process, however it ends. Throws a StackError with the end of the log of a broker that dies.
 */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaCluster> {
  if (options.ports !== undefined) return startOn(await layoutOn(options.ports, options), options);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(await layoutOn(await freePorts(options.brokers ?? 1), options), options);
    } catch (error) {
      // Between the choice of a free port and its use another program may take it.
      if (attempt === 3 || !String(error).includes("Address already in use")) throw error;
    }
  }
}

async function layoutOn(ports: readonly number[], { brokers = 1 }: KafkaOptions): Promise<Layout> {
  if (ports.length !== brokers)
    throw new StackError(`${brokers} brokers need ${brokers} ports, not ${ports.length}.`);
  const controllers = await freePorts(ports.length);
  return ports.map((broker, index) => ({ broker, controller: controllers[index] ?? 0 }));
}

async function startOn(layout: Layout, options: KafkaOptions): Promise<KafkaCluster> {
  const { version = "4.3.1", clusterId = randomClusterId(), progress } = options;
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), "kpipe-kafka-")));
  await mkdir(dir, { recursive: true });
  const alive = new Set(layout.map((_, index) => index));
  const specs = kafkaServers({
    version,
    clusterId: () => clusterId,
    layout,
    dir,
    expected: () => [...alive].map((index) => index + 1),
    ...(options.properties && { properties: options.properties }),
    ...(progress && { progress }),
  });
  const removeTemporary = () =>
    options.dir === undefined ? rm(dir, { recursive: true, force: true, maxRetries: 3 }) : Promise.resolve();
  const life: Life = { ends: "with its owner", ...(options.dir === undefined && { temporary: dir }) };
  try {
    await requireFree(
      specs.flatMap(({ ports }) => ports),
      "Stop that program, or choose other ports.",
    );
    const running = [...(await startServers(specs, { life, ...(progress && { progress }) }))];
    return cluster(specs, running, alive, { version, clusterId, layout, life, removeTemporary });
  } catch (error) {
    await removeTemporary();
    throw error;
  }
}

interface Facts {
  readonly version: KafkaVersion;
  readonly clusterId: string;
  readonly layout: Layout;
  readonly life: Life;
  readonly removeTemporary: () => Promise<void>;
}

function cluster(
  specs: readonly ServerSpec[],
  running: Running[],
  alive: Set<number>,
  facts: Facts,
): KafkaCluster {
  const spec = (broker: number) => present(specs[broker], broker);
  const server = (broker: number) => present(running[broker], broker);
  const kill = async (broker: number) => {
    alive.delete(broker);
    server(broker).signal("SIGKILL");
    await server(broker).ended;
  };
  return {
    version: facts.version,
    clusterId: facts.clusterId,
    bootstrap: facts.layout.map((ports) => `${host}:${ports.broker}`),
    kill,
    restart: async (broker) => {
      if (server(broker).exit() === undefined) await kill(broker);
      running[broker] = await launchServer(spec(broker), facts.life);
      alive.add(broker);
      await awaitReady(spec(broker), server(broker));
    },
    pause: (broker) => server(broker).signalServer("SIGSTOP"),
    resume: (broker) => server(broker).signalServer("SIGCONT"),
    logs: (broker) => readFile(spec(broker).log, "utf8"),
    stop: async () => {
      await Promise.all(specs.map((_, broker) => kill(broker)));
      await facts.removeTemporary();
    },
  };
}

function present<T>(value: T | undefined, broker: number): T {
  if (value === undefined) throw new RangeError(`There is no broker ${broker}`);
  return value;
}
