import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectServer } from "./connect/servers.ts";
import { kafkaServers, randomClusterId } from "./kafka/servers.ts";
import { stateDir } from "./paths.ts";
import { host } from "./ports.ts";
import { credentials } from "./postgres/query.ts";
import { postgresServer } from "./postgres/servers.ts";
import { certificateFolder, securedServer, usualPasswords } from "./secured/servers.ts";
import type { ServerSpec } from "./server.ts";
import type { Settings } from "./settings.ts";
import { StackError } from "./stack-error.ts";

/** What `up` and `down` take, in the order in which they start. */
export const serviceNames = ["kafka", "kafka-secured", "postgres", "connect"] as const;
export type ServiceName = (typeof serviceNames)[number];

/** One server, or several that belong together. */
export interface Service {
  readonly name: ServiceName;
  /** What runs, for people; a service that runs as something else must go down first. */
  readonly description: string;
  readonly servers: readonly ServerSpec[];
}

/** What `up` starts when it is given no name. */
export const usualNames: readonly ServiceName[] = ["kafka", "postgres", "connect"];

/** Names as typed, in the order in which they start; `unnamed` when there are none. */
export function parseNames(
  names: readonly string[],
  unnamed: readonly ServiceName[] = serviceNames,
): readonly ServiceName[] {
  const unknown = names.filter((name) => !serviceNames.some((each) => each === name));
  if (unknown.length > 0) {
    throw new StackError(
      `There is no ${unknown.join(", ")} in the stack. It has: ${serviceNames.join(", ")}.`,
    );
  }
  return names.length === 0 ? unnamed : serviceNames.filter((each) => names.includes(each));
}

/** The servers of a service under these settings, with their data in the state folder. */
export function serviceOf(name: ServiceName, settings: Settings, progress: (line: string) => void): Service {
  switch (name) {
    case "kafka":
      return kafka(settings, progress);
    case "kafka-secured":
      return securedKafka(settings, progress);
    case "postgres":
      return postgres(settings);
    case "connect":
      return connect(settings, progress);
  }
}

function kafka({ version, brokers, ports }: Settings, progress: (line: string) => void): Service {
  const layout = ports.brokers
    .slice(0, brokers)
    .map((broker, index) => ({ broker, controller: ports.controllers[index] ?? 0 }));
  // The data of one version or number of brokers is none for another.
  const dir = join(dataDir("kafka"), `${version}-x${brokers}`);
  return {
    name: "kafka",
    description: `Kafka ${version}, ${brokers === 1 ? "1 broker" : `${brokers} brokers`}, port ${ports.brokers[0]}`,
    servers: kafkaServers({ version, clusterId: () => keptClusterId(dir), layout, dir, progress }),
  };
}

function securedKafka({ version, ports }: Settings, progress: (line: string) => void): Service {
  const dir = join(dataDir("kafka-secured"), version);
  const { sasl, tls, mtls } = ports.secured;
  const server = securedServer({
    version,
    clusterId: () => keptClusterId(dir),
    ports: ports.secured,
    dir,
    passwords: usualPasswords,
    certificateFor: [host, "localhost"],
    progress,
  });
  return {
    name: "kafka-secured",
    description: `Kafka ${version}, SASL_SSL on ${sasl}, TLS on ${tls}, mTLS on ${mtls}, certificates in ${certificateFolder(dir)}`,
    servers: [server],
  };
}

function postgres({ ports }: Settings): Service {
  const { user, password } = credentials;
  return {
    name: "postgres",
    description: `PostgreSQL, port ${ports.postgres}, databases shop and warehouse, user ${user}, password ${password}`,
    servers: [postgresServer({ port: ports.postgres, dir: dataDir("postgres") })],
  };
}

function connect({ ports, brokers, plugins }: Settings, progress: (line: string) => void): Service {
  const bootstrap = ports.brokers.slice(0, brokers).map((port) => `${host}:${port}`);
  const more = plugins.length === 0 ? "" : `, plugins of ${plugins.join(" and ")}`;
  return {
    name: "connect",
    description: `Connect 4.3.1, port ${ports.connect}${more}`,
    servers: [
      connectServer({
        group: "kpipe",
        bootstrap: () => bootstrap,
        port: ports.connect,
        dir: dataDir("connect"),
        plugins,
        progress,
      }),
    ],
  };
}

/** Removes what the servers of a service have stored. */
export function wipe(name: ServiceName): void {
  rmSync(dataDir(name), { recursive: true, force: true });
}

function dataDir(name: ServiceName): string {
  // Root runs PostgreSQL as another user, who may not enter the folders above this one.
  if (name !== "postgres" || process.getuid?.() !== 0) return join(stateDir(), name);
  const checkout = createHash("sha256").update(stateDir()).digest("hex").slice(0, 12);
  return join(tmpdir(), `kpipe-stack-${name}-${checkout}`);
}

function keptClusterId(dir: string): string {
  const file = join(dir, "cluster-id");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const id = randomClusterId();
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, `${id}\n`);
  return id;
}
