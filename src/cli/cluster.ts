import type { Clients } from "../clients/clients.ts";
import type { Recording } from "../clients/recorded/document.ts";
import { groupBy } from "../core/group-by.ts";
import type { Driver, Kind, Scope } from "../core/kind.ts";
import { type Address, type ClusterIdentity, kindOf } from "../core/model.ts";
import type { Pipeline } from "../core/pipeline.ts";
import { Secret } from "../core/secret.ts";
import { providers } from "../providers/registry.ts";
import { identify } from "./identify.ts";

/** An open cluster with a driver for every kind. */
export interface Cluster {
  readonly identity: ClusterIdentity;
  readonly drivers: readonly Driver[];
  driverOf(address: Address): Driver;
  /** What was asked so far that a recorded cluster could not judge. */
  notChecked(): readonly string[];
  /** The same items, apart by the driver that is in charge of them. */
  byDriver<T extends { readonly address: Address }>(items: readonly T[]): ReadonlyMap<Driver, readonly T[]>;
  /** What it holds within a scope, in memory: nothing that is done to the copy reaches the cluster. */
  copy(scope: Scope): Promise<Cluster>;
}

export const kinds: ReadonlyMap<string, Kind> = new Map(
  providers.flatMap((provider) => provider.kinds.map((kind) => [kind.name, kind])),
);

/** Which cluster, and how long to wait in milliseconds: for an answer, and for what passes by itself. */
export interface Where {
  /** A recording instead of the servers that the file names. */
  readonly cluster?: string;
  readonly timeout: number;
  readonly wait: number;
}

/** Opens the servers that the pipeline runs on, hands them to `use`, and closes them whatever happens. */
export async function withClients<T>(
  pipeline: Pipeline,
  where: Where,
  use: (clients: Clients) => Promise<T>,
): Promise<T> {
  const clients = await open(pipeline, where);
  try {
    return await use(clients);
  } finally {
    await clients.close();
  }
}

/** The same with drivers, and with every server's word on who it is. */
export async function withCluster<T>(
  pipeline: Pipeline,
  where: Where,
  use: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const { cluster } = where;
  return withClients(pipeline, where, async (clients) => {
    const record = async (scope: Scope): Promise<Recording> => {
      if (cluster === undefined) return recordWithin(clients, scope);
      const { readRecording } = await import("../clients/recorded/read.ts");
      return readRecording(cluster);
    };
    return use(clusterOf(clients, await identify(clients), record));
  });
}

/** What the servers hold within a scope, and what touches that, as a recording. */
export async function recordWithin(clients: Clients, scope: Scope): Promise<Recording> {
  const { capture } = await import("../clients/recorded/capture/index.ts");
  const now = Date.now();
  const times = [...(scope.desired?.values() ?? [])].flatMap(
    ({ address, spec }) => kinds.get(kindOf(address))?.times?.(spec, now) ?? [],
  );
  return capture(clients, {
    within: (address) => scope.declared.has(address) || scope.claims(address),
    isSecret: (address, key) => {
      const config = scope.desired?.get(address)?.spec.config;
      const isMap = typeof config === "object" && config !== null && !(config instanceof Secret);
      return isMap && Reflect.get(config, key) instanceof Secret;
    },
    times: [...new Set(times)],
  });
}

function clusterOf(
  clients: Clients,
  identity: ClusterIdentity,
  record: (scope: Scope) => Promise<Recording>,
): Cluster {
  const driverOfKind = new Map<string, Driver>();
  const drivers = providers.map((provider) => {
    const driver = provider.connect(clients);
    for (const { name } of provider.kinds) driverOfKind.set(name, driver);
    return driver;
  });
  const driverOf = (address: Address): Driver => {
    const driver = driverOfKind.get(kindOf(address));
    if (driver === undefined) throw new Error(`no driver for ${address}`);
    return driver;
  };
  return {
    identity,
    drivers,
    driverOf,
    notChecked: clients.notChecked,
    byDriver: (items) => groupBy(items, ({ address }) => driverOf(address)),
    async copy(scope) {
      const { recordedCluster } = await import("../clients/recorded/clients.ts");
      const copied = recordedCluster(await record(scope));
      return clusterOf(copied.clients, identity, copied.recording);
    },
  };
}

async function open({ connections }: Pipeline, { cluster, timeout, wait }: Where): Promise<Clients> {
  // Loaded when needed: a recording has no use for kafkajs and axios, which take longer than the plan.
  if (cluster !== undefined) {
    const { openRecording } = await import("../clients/recorded/clients.ts");
    return openRecording(cluster);
  }
  const { liveClients } = await import("../clients/live/clients.ts");
  return liveClients(connections, { timeoutMs: timeout, patienceMs: wait });
}
