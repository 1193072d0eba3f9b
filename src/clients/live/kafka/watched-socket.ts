import { connect as connectTcp, isIP, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import type { ISocketFactory } from "kafkajs";

/** What happened on the connection to one broker, as far as the client library doesn't say. */
export interface SocketFacts {
  /** The TCP connection stands, or stood. */
  accepted: boolean;
  /** It has ended, or is about to. */
  closed: boolean;
  /** The first error, as Node gave it. */
  error: (Error & { readonly code?: string | undefined }) | undefined;
  /** What it speaks if it isn't Kafka, by the first bytes. */
  foreign: "tls" | "http" | "unknown" | undefined;
}

export interface WatchedSocket {
  readonly factory: ISocketFactory;
  readonly facts: SocketFacts;
  /** Ends every connection at once, with an error for whoever waits on it. */
  destroy(why: Error): void;
}

/** Makes connections that tell what happens to them and can be cut. */
export function watchedSocket(tls: ConnectionOptions | undefined): WatchedSocket {
  const facts: SocketFacts = { accepted: false, closed: false, error: undefined, foreign: undefined };
  const sockets = new Set<Socket>();
  const factory: ISocketFactory = ({ host, port, onConnect }) => {
    const socket = tls
      ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...tls }, onConnect)
      : connectTcp({ host, port }, onConnect);
    sockets.add(socket);
    socket.setKeepAlive(true, 60_000);
    socket.setNoDelay(true);
    socket.once("connect", () => {
      facts.accepted = true;
    });
    socket.once("error", (error) => {
      facts.error ??= error;
    });
    socket.once("end", () => {
      facts.closed = true;
    });
    socket.once("close", () => {
      facts.closed = true;
      sockets.delete(socket);
    });
    guardData(socket, facts);
    return socket;
  };
  return {
    factory,
    facts,
    destroy: (why) => {
      for (const socket of sockets) socket.destroy(why);
    },
  };
}

/** The first answer, of ApiVersions, takes less than a kilobyte. */
const longestFirstAnswer = 1 << 20;

/**
 * kafkajs reads the length that a frame claims and waits for so many bytes; of a negative length it throws in
 * the event handler, which would end the process. Whoever isn't Kafka is told by the first bytes.
 */
function guardData(socket: Socket, facts: SocketFacts): void {
  let first = true;
  const listen = socket.on.bind(socket);
  const guarded = (event: string, listener: (...args: unknown[]) => void) =>
    listen(
      event,
      event !== "data"
        ? listener
        : (...args: unknown[]) => {
            const [chunk] = args;
            if (first && Buffer.isBuffer(chunk)) facts.foreign = foreigner(chunk);
            first = false;
            try {
              if (facts.foreign === undefined) return listener(...args);
            } catch {
              facts.foreign = "unknown";
            }
            socket.destroy(new Error("not an answer of Kafka"));
          },
    );
  Object.assign(socket, { on: guarded });
}

function foreigner(chunk: Buffer): SocketFacts["foreign"] {
  if (chunk.length < 4) return undefined;
  // A TLS alert record: 0x15, then the version 3.x.
  if (chunk[0] === 0x15 && chunk[1] === 3) return "tls";
  if (chunk.toString("latin1", 0, 4) === "HTTP") return "http";
  const length = chunk.readInt32BE(0);
  return length < 4 || length > longestFirstAnswer ? "unknown" : undefined;
}
