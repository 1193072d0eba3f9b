import type { ConnectionOptions } from "node:tls";
import { type Deadline, within } from "./deadline.ts";
import { exchange, kafkajsBroker } from "./kafkajs.ts";
import type { Request } from "./protocol/request.ts";
import { saslHandshake } from "./protocol/sasl-handshake.ts";
import type { SaslOptions } from "./sasl.ts";
import { readTrouble } from "./symptoms.ts";
import { KafkaTrouble, type Stage } from "./trouble.ts";
import { watchedSocket } from "./watched-socket.ts";

/** How to open a connection to any broker of the cluster. */
export interface LinkSettings {
  readonly clientId: string;
  readonly timeoutMs: number;
  readonly tls: ConnectionOptions | undefined;
  readonly sasl: SaslOptions | undefined;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** An open, authenticated connection to one broker. */
export interface Link {
  readonly address: string;
  readonly endpoint: Endpoint;
  /** Whether it still stands, as far as is known. */
  alive(): boolean;
  /** The highest version of a request that both sides speak; undefined: none. */
  version(request: Pick<Request<never, unknown>, "key" | "versions">): number | undefined;
  /** Throws KafkaTrouble; a link that was silent until the deadline is closed. */
  send<Args, Answer>(request: Request<Args, Answer>, args: Args, deadline: Deadline): Promise<Answer>;
  close(): void;
}

/** `host:port`, an IPv6 host in brackets. */
export function addressOf({ host, port }: Endpoint): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Connects, agrees on versions and authenticates, or throws KafkaTrouble. Aborting cuts it short. */
export async function openLink(
  endpoint: Endpoint,
  settings: LinkSettings,
  deadline: Deadline,
  signal: AbortSignal,
): Promise<Link> {
  try {
    return await open(endpoint, settings, deadline, signal);
  } catch (error) {
    if (!(error instanceof KafkaTrouble) || error.trouble.type !== "mechanism") throw error;
    const offered = await mechanisms(endpoint, settings, deadline, signal).catch(() => []);
    throw new KafkaTrouble({ ...error.trouble, offered }, error.address, error);
  }
}

/** What a listener offers instead, asked for on a connection that doesn't authenticate. */
async function mechanisms(
  endpoint: Endpoint,
  settings: LinkSettings,
  deadline: Deadline,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const link = await open(endpoint, { ...settings, sasl: undefined }, deadline, signal);
  try {
    return await link.send(saslHandshake, "PLAIN", deadline);
  } finally {
    link.close();
  }
}

async function open(
  endpoint: Endpoint,
  settings: LinkSettings,
  deadline: Deadline,
  signal: AbortSignal,
): Promise<Link> {
  const address = addressOf(endpoint);
  const { factory, facts, destroy } = watchedSocket(settings.tls);
  const broker = await kafkajsBroker({
    ...endpoint,
    clientId: settings.clientId,
    sasl: settings.sasl,
    socketFactory: factory,
    timeoutMs: settings.timeoutMs,
  });
  let stage: Stage = "handshake";
  const trouble = (error: unknown, request?: string) => {
    if (error instanceof KafkaTrouble) return error;
    const circumstances = {
      facts,
      host: endpoint.host,
      encrypted: settings.tls !== undefined,
      mechanism: settings.sasl?.mechanism,
      request,
      stage,
    };
    return new KafkaTrouble(readTrouble(error, circumstances), address, error);
  };
  const silent = (request: string | undefined) => () => {
    const why = new KafkaTrouble(
      facts.accepted ? { type: "silent", request } : { type: "unreachable", code: "ETIMEDOUT" },
      address,
    );
    destroy(why);
    return why;
  };
  const cut = () => destroy(new Error("closed"));
  signal.addEventListener("abort", cut, { once: true });
  try {
    signal.throwIfAborted();
    await within(deadline, broker.connect(), silent(undefined));
    signal.throwIfAborted();
  } catch (error) {
    cut();
    throw trouble(error);
  } finally {
    signal.removeEventListener("abort", cut);
  }
  stage = "first";
  const version: Link["version"] = ({ key, versions: [lowest, highest] }) => {
    const offered = broker.versions?.[key];
    if (offered === undefined) return undefined;
    const common = Math.min(highest, offered.maxVersion);
    return common < Math.max(lowest, offered.minVersion) ? undefined : common;
  };
  return {
    address,
    endpoint,
    alive: () => !facts.closed && facts.error === undefined,
    version,
    send: async (request, args, deadline) => {
      const common = version(request);
      if (common === undefined)
        throw new KafkaTrouble({ type: "too-old", request: request.name, since: request.since }, address);
      if (facts.closed) throw new KafkaTrouble({ type: "lost", request: request.name, stage }, address);
      try {
        const answer = await within(deadline, exchange(broker, request, args, common), silent(request.name));
        stage = "later";
        return answer;
      } catch (error) {
        throw trouble(error, request.name);
      }
    },
    close: cut,
  };
}
