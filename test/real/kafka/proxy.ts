import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/**
 * What happens to the answer to a request that the broker gets: a reset comes instead of it, or after half of it,
 * or it never comes and the connection stays open.
 */
export type Fault = "lose" | "cut" | "silence";

/** Passes on what clients and a broker say, and spoils answers when told to. */
export interface FaultyProxy {
  readonly address: string;
  /** Spoils the answer to a request with this API key, after `passing` of them; once, or until the next `heal`. */
  spoil(api: number, fault: Fault, how?: { readonly passing?: number; readonly always?: true }): void;
  heal(): void;
  /** How many answers were spoiled. */
  spoiled(): number;
  /** The next answer to a request with this API key has gone to the client. */
  answered(api: number): Promise<void>;
  /** The broker doesn't know the topic yet, as far as it is asked: only what creates topics reaches it. */
  hide(topic: string): void;
  show(): void;
  close(): Promise<void>;
}

const createTopics = 19;

/** `clientId`: only connections of this client are listened to, where servers use the proxy too. */
export async function startProxy(targetPort: number, clientId: string): Promise<FaultyProxy> {
  const sockets = new Set<Socket>();
  let armed: { api: number; fault: Fault; passing: number; always: boolean } | undefined;
  let spoiled = 0;
  let hidden: { readonly name: Buffer; readonly alias: Buffer } | undefined;
  let waiting: { readonly api: number; readonly tell: () => void }[] = [];

  const faultOf = (api: number): Fault | undefined => {
    if (armed?.api !== api) return undefined;
    if (armed.passing > 0) {
      armed.passing -= 1;
      return undefined;
    }
    const { fault, always } = armed;
    if (!always) armed = undefined;
    return fault;
  };

  const server = createServer((client) => {
    const broker = connect({ host: "127.0.0.1", port: targetPort });
    // By correlation id; of other clients nothing is kept.
    const asked = new Map<number, { readonly api: number; readonly fault: Fault | undefined }>();
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    }
    const fromClient = eachFrame((frame) => {
      const { api, correlation, sender } = headerOf(frame);
      if (sender !== clientId) return void broker.write(frame);
      asked.set(correlation, { api, fault: faultOf(api) });
      const said = hidden && api !== createTopics ? renamed(frame, hidden.name, hidden.alias) : frame;
      broker.write(said);
    });
    const fromBroker = eachFrame((frame) => {
      const correlation = frame.readInt32BE(4);
      const request = asked.get(correlation);
      asked.delete(correlation);
      if (request?.fault !== undefined) {
        spoiled += 1;
        if (request.fault === "silence") return;
        broker.destroy();
        if (request.fault === "lose") return void client.resetAndDestroy();
        client.write(frame.subarray(0, frame.length >> 1));
        // Later, so that what was sent has been read: a reset overtakes it.
        setTimeout(() => client.resetAndDestroy(), 50);
        return;
      }
      const hides = request !== undefined && request.api !== createTopics;
      client.write(hidden && hides ? renamed(frame, hidden.alias, hidden.name) : frame);
      for (const { tell } of waiting.filter(({ api }) => api === request?.api)) tell();
      waiting = waiting.filter(({ api }) => api !== request?.api);
    });
    client.on("data", fromClient);
    broker.on("data", fromBroker);
    client.on("close", () => broker.destroy());
    broker.on("close", () => {
      if (![...asked.values()].some(({ fault }) => fault === "silence")) client.destroySoon();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("not bound");
  return {
    address: `127.0.0.1:${bound.port}`,
    spoil: (api, fault, { passing = 0, always = false } = {}) => {
      armed = { api, fault, passing, always };
    },
    heal: () => {
      armed = undefined;
    },
    spoiled: () => spoiled,
    answered: (api) => new Promise((tell) => waiting.push({ api, tell })),
    hide: (topic) => {
      // As long as the name, so that no length around it changes.
      hidden = { name: Buffer.from(topic), alias: Buffer.from(topic.replace(/^./, "_")) };
    },
    show: () => {
      hidden = undefined;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Frames of Kafka's protocol, length included, out of what arrives. */
function eachFrame(take: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      take(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}

/** https://kafka.apache.org/protocol#protocol_messages: the header is the same in versions 1 and 2 so far. */
function headerOf(frame: Buffer) {
  const length = frame.readInt16BE(12);
  return {
    api: frame.readInt16BE(4),
    correlation: frame.readInt32BE(8),
    sender: length < 0 ? undefined : frame.toString("utf8", 14, 14 + length),
  };
}

function renamed(frame: Buffer, from: Buffer, to: Buffer): Buffer {
  const copy = Buffer.from(frame);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + from.length)) to.copy(copy, at);
  return copy;
}
