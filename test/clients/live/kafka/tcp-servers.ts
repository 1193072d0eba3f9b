import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** Something that listens on a port of loopback. */
export interface TcpServer {
  readonly port: number;
  readonly address: string;
  /** How many connections came. */
  connections(): number;
  close(): Promise<void>;
}

/** Listens on a free port and does to each connection as told. */
export async function listening(
  onConnection: (socket: Socket) => void,
  tls?: TlsOptions,
): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const take = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  };
  const server = tls ? createTlsServer(tls, take) : createServer(take);
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("not bound");
  return {
    port: bound.port,
    address: `127.0.0.1:${bound.port}`,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A port that nothing listens on: one that was free a moment ago. */
export async function nobody(): Promise<string> {
  const server = await listening(() => {});
  await server.close();
  return server.address;
}
