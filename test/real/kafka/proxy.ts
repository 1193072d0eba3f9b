import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Passes on what clients and a broker say, and loses an answer when told to. */
export interface LossyProxy {
  readonly address: string;
  /** The next answer to a request with this API key: the broker gets the request, the client a reset. */
  loseAnswerTo(api: number): void;
  /** How many answers were lost. */
  lost(): number;
  close(): Promise<void>;
}

export async function startProxy(targetPort: number): Promise<LossyProxy> {
  const sockets = new Set<Socket>();
  let armed: number | undefined;
  let lost = 0;

  const server = createServer((client) => {
    const broker = connect({ host: "127.0.0.1", port: targetPort });
    let cutAtAnswer = false;
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    client.on("data", (chunk: Buffer) => {
      // Clients of these tests write a request at once, so that a chunk starts with a frame.
      if (armed !== undefined && chunk.length > 6 && chunk.readInt16BE(4) === armed) {
        armed = undefined;
        cutAtAnswer = true;
      }
      broker.write(chunk);
    });
    broker.on("data", (chunk: Buffer) => {
      if (!cutAtAnswer) return void client.write(chunk);
      lost += 1;
      client.resetAndDestroy();
      broker.destroy();
    });
    client.on("close", () => broker.destroy());
    broker.on("close", () => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("not bound");
  return {
    address: `127.0.0.1:${bound.port}`,
    loseAnswerTo: (api) => {
      armed = api;
    },
    lost: () => lost,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
