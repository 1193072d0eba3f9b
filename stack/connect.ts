import { randomBytes } from "node:crypto";
import { connectServer } from "./connect/servers.ts";
import type { Properties } from "./kafka/properties.ts";
import { type OwnedOptions, type OwnedServer, only, startOwned } from "./owned.ts";
import { host } from "./ports.ts";

export interface ConnectOptions extends OwnedOptions {
  /** The brokers' addresses. */
  readonly bootstrap: readonly string[];
  /** A free one unless told. */
  readonly port?: number;
  /** Worker group, and suffix of its internal topics; a random one unless told. */
  readonly group?: string;
  /** Folders of further plugin folders; the worker then takes 10 to 20 s longer to start. */
  readonly plugins?: readonly string[];
  /** Lines of the worker's properties; they win over the stack's own. */
  readonly properties?: Properties;
}

/** A real Kafka Connect worker, distributed, with a REST API at `url`. */
export interface ConnectWorker extends OwnedServer {
  readonly url: string;
  readonly group: string;
}

/** Starts a worker on loopback and returns when it is a ready member of its group. See `startOwned`. */
export async function startConnect(options: ConnectOptions): Promise<ConnectWorker> {
  const {
    bootstrap,
    group = `kpipe-${randomBytes(4).toString("hex")}`,
    plugins,
    properties,
    progress,
  } = options;
  const wanted = options.port === undefined ? { count: 1 } : { exactly: [options.port] };
  let url = "";
  const servers = await startOwned("connect", wanted, options, ({ dir, ports: [port = 0] }) => {
    url = `http://${host}:${port}`;
    return [
      connectServer({
        group,
        bootstrap: () => bootstrap,
        port,
        dir,
        ...(plugins && { plugins }),
        ...(properties && { properties }),
        ...(progress && { progress }),
      }),
    ];
  });
  return {
    url,
    group,
    ...only(servers),
  };
}
