import { createRequire } from "node:module";
import type { ISocketFactory } from "kafkajs";
import RequestQueue from "kafkajs/src/network/requestQueue/index.js";
import type { Request } from "./protocol/request.ts";
import { Reader, Writer } from "./protocol/wire.ts";
import type { SaslOptions } from "./sasl.ts";

/** The version whose private parts this file knows. */
const knownVersion = "2.2.4";

/** A connection to one broker as kafkajs makes it: sockets, SASL and the matching of answers to requests. */
export interface KafkajsBroker {
  /** By API key; undefined before `connect` is done. */
  readonly versions: Readonly<Record<number, { minVersion: number; maxVersion: number }>> | null;
  /** Opens the connection, asks for the API versions, and authenticates. */
  connect(): Promise<void>;
  readonly connectionPool: {
    send<T>(exchange: {
      request: { apiKey: number; apiVersion: number; apiName: string; encode(): Promise<unknown> };
      response: { decode(bytes: Buffer): Promise<{ answer: T }>; parse(read: { answer: T }): Promise<T> };
    }): Promise<T>;
  };
}

interface KafkajsCluster {
  readonly connectionPoolBuilder: { build(at: { host: string; port: number }): Promise<unknown> };
  readonly brokerPool: { createBroker(parts: { connectionPool: unknown; logger: unknown }): KafkajsBroker };
}

export interface BrokerSettings {
  readonly host: string;
  readonly port: number;
  readonly clientId: string;
  readonly sasl: SaslOptions | undefined;
  readonly socketFactory: ISocketFactory;
  readonly timeoutMs: number;
}

/**
 * A broker of kafkajs without its cluster: that one retries for minutes and hides which address failed. kafkajs
 * neither logs here nor limits time; whoever waits does both.
 */
export async function kafkajsBroker({
  host,
  port,
  timeoutMs,
  ...settings
}: BrokerSettings): Promise<KafkajsBroker> {
  // Loading it takes as long as starting Node; commands that meet no broker don't wait for it. Node finds no
  // named exports in it.
  const { default: kafkajs } = await import("kafkajs");
  const kafka = new kafkajs.Kafka({
    clientId: settings.clientId,
    brokers: [`${host}:${port}`],
    socketFactory: settings.socketFactory,
    ...(settings.sasl && { sasl: settings.sasl }),
    connectionTimeout: timeoutMs,
    authenticationTimeout: timeoutMs,
    enforceRequestTimeout: false,
    logCreator: () => () => {},
  });
  const cluster = clusterOf(kafka);
  const connectionPool = await cluster.connectionPoolBuilder.build({ host, port });
  return cluster.brokerPool.createBroker({ connectionPool, logger: kafka.logger() });
}

function clusterOf(kafka: object): KafkajsCluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === "private:Kafka:createCluster",
  );
  const create: unknown = symbol && Reflect.get(kafka, symbol);
  if (installedVersion() !== knownVersion || typeof create !== "function")
    throw new Error(
      `kpipe needs kafkajs ${knownVersion} exactly, and ${installedVersion()} is installed; reinstall kpipe.`,
    );
  return create({ allowAutoTopicCreation: false });
}

function installedVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)("kafkajs/package.json");
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest && manifest.version;
  return typeof version === "string" ? version : "no version";
}

/** Sends a request in one of its versions. */
export function exchange<Args, Answer>(
  broker: KafkajsBroker,
  request: Request<Args, Answer>,
  args: Args,
  version: number,
): Promise<Answer> {
  const flexible = version >= request.flexibleFrom;
  return broker.connectionPool.send<Answer>({
    request: {
      apiKey: request.key,
      apiVersion: version,
      apiName: request.name,
      encode: async () => {
        const out = new Writer(flexible);
        out.end(); // of the header, which kafkajs writes in its old form
        request.write(out, args, version);
        return out.encoder;
      },
    },
    response: {
      decode: async (bytes) => {
        const from = new Reader(bytes, flexible);
        from.end(); // of the header
        return { answer: request.read(from, version) };
      },
      parse: async ({ answer }) => answer,
    },
  });
}

const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;
// With nothing pending kafkajs arms a timer of about minus now, which Node 24 warns of on every request.
RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0) schedule.call(this);
};
