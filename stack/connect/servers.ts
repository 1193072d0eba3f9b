import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type ArtifactSet, fetchArtifacts } from "../artifacts.ts";
import { javaCommand } from "../java.ts";
import { type Properties, renderProperties } from "../kafka/properties.ts";
import { host } from "../ports.ts";
import { defaultSignals, type ServerSpec } from "../server.ts";
import { probeWorker } from "./probe.ts";

export const connectArtifacts: ArtifactSet = "connect-4.3.1";

/** FileStream source and sink, Debezium's PostgreSQL source, Debezium's JDBC sink. */
export const bundledPlugins: readonly ArtifactSet[] = [
  "connect-file",
  "debezium-postgres",
  "debezium-jdbc-sink",
];

export interface ConnectPlan {
  /** Names the group, and by it the three internal topics. */
  readonly group: string;
  readonly bootstrap: () => readonly string[];
  readonly port: number;
  readonly dir: string;
  /** Folders of plugin folders, as `plugin.path` takes them. */
  readonly plugins?: readonly string[];
  readonly properties?: Properties;
  readonly progress?: (line: string) => void;
}

/** One distributed worker, as a server named `connect`. */
export function connectServer(plan: ConnectPlan): ServerSpec {
  const { dir, port } = plan;
  return {
    name: "connect",
    dir,
    log: join(dir, "connect.log"),
    ports: [{ owner: "connect", port }],
    signals: defaultSignals,
    prepare: async () => {
      const [jars, ...plugins] = await Promise.all([
        fetchArtifacts(connectArtifacts, plan.progress),
        ...bundledPlugins.map((set) => fetchArtifacts(set, plan.progress)),
      ]);
      const bundle = await linkPlugins(join(dir, "plugins"), plugins);
      const file = join(dir, "worker.properties");
      await writeFile(file, renderProperties(workerProperties(plan, bundle)));
      return javaCommand(jars, "org.apache.kafka.connect.cli.ConnectDistributed", [file]);
    },
    probe: () => probeWorker(`http://${host}:${port}`),
  };
}

async function linkPlugins(folder: string, plugins: readonly string[]): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all(plugins.map((plugin) => symlink(plugin, join(folder, basename(plugin)), "dir")));
  return folder;
}

/** The worker's properties; `plan.properties` win. */
function workerProperties(plan: ConnectPlan, bundle: string): Properties {
  const more = (plan.plugins ?? []).map((folder) => resolve(folder));
  const json = "org.apache.kafka.connect.json.JsonConverter";
  return {
    "bootstrap.servers": plan.bootstrap().join(","),
    "group.id": plan.group,
    "config.storage.topic": `connect-configs-${plan.group}`,
    "offset.storage.topic": `connect-offsets-${plan.group}`,
    "status.storage.topic": `connect-status-${plan.group}`,
    "config.storage.replication.factor": "1",
    "offset.storage.replication.factor": "1",
    "status.storage.replication.factor": "1",
    "offset.storage.partitions": "1",
    "status.storage.partitions": "1",
    "key.converter": json,
    "value.converter": json,
    listeners: `http://${host}:${plan.port}`,
    "rest.advertised.host.name": host,
    "plugin.path": [bundle, ...more].join(","),
    // Scanning all classes takes 26 s instead of 4; only plugins that don't announce themselves need it.
    "plugin.discovery": more.length === 0 ? "service_load" : "hybrid_warn",
    "scheduled.rebalance.max.delay.ms": "1000",
    "offset.flush.interval.ms": "1000",
    "connector.client.config.override.policy": "All",
    "config.providers": "file",
    "config.providers.file.class": "org.apache.kafka.common.config.provider.FileConfigProvider",
    ...plan.properties,
  };
}
