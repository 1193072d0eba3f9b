import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import { buffer } from "node:stream/consumers";
import type { Fault } from "../../kafka/proxy.ts";

/** `POST /connectors`, with `*` for one part of a path. */
export type Asked = `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;

/** Passes on what kpipe and a Connect worker say, and spoils answers when told to. */
export interface ConnectProxy {
  readonly url: string;
  readonly address: string;
  /** Spoils the answer to such a request, which the worker gets; once, or until the next `heal`. */
  spoil(asked: Asked, fault: Fault, how?: { readonly always?: true }): void;
  heal(): void;
  /** How many answers were spoiled. */
  spoiled(): number;
  /** What reached the worker and wasn't a question, such as `POST /connectors a` or `PUT /connectors/a/config`. */
  written(): readonly string[];
  close(): Promise<void>;
}

export async function startConnectProxy(target: string): Promise<ConnectProxy> {
  let armed: { readonly asked: Asked; readonly fault: Fault; readonly always: boolean } | undefined;
  let spoiled = 0;
  const written: string[] = [];

  const faultOf = (asked: string): Fault | undefined => {
    if (armed === undefined || !matches(armed.asked, asked)) return undefined;
    const { fault, always } = armed;
    if (!always) armed = undefined;
    spoiled += 1;
    return fault;
  };

  const pass = async (from: IncomingMessage, to: ServerResponse) => {
    const { method = "", url = "" } = from;
    const body = await buffer(from);
    const path = url.replace(/\?.*/, "");
    const fault = faultOf(`${method} ${path}`);
    if (method !== "GET" && !path.endsWith("/validate")) {
      const name = path === "/connectors" ? ` ${nameIn(body)}` : "";
      written.push(`${method} ${path}${name}`);
    }
    const answer = await answerOf(`${target}${url}`, method, from, body);
    if (fault === "silence") return;
    if (fault === "lose") return void from.socket.resetAndDestroy();
    if (fault === "cut") return cut(from, to, answer);
    to.writeHead(answer.status, answer.headers).end(answer.body);
  };

  const server = createServer((from, to) => {
    pass(from, to).catch(() => from.socket.resetAndDestroy());
  });
  const address = await listening(server);
  return {
    url: `http://${address}`,
    address,
    spoil: (asked, fault, { always = false } = {}) => {
      armed = { asked, fault, always };
    },
    heal: () => {
      armed = undefined;
    },
    spoiled: () => spoiled,
    written: () => written,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Half of a body, or half of the head where there is none. */
function cut({ socket }: IncomingMessage, to: ServerResponse, { status, headers, body }: Answer): void {
  // Later, so that what was sent has been read: a reset overtakes it.
  const reset = () => setTimeout(() => socket.resetAndDestroy(), 50);
  if (body.length === 0) return void socket.write(`HTTP/1.1 ${status} `, reset);
  to.writeHead(status, { ...headers, "content-length": body.length });
  to.write(body.subarray(0, body.length >> 1), reset);
}

function matches(wanted: Asked, asked: string): boolean {
  const parts = wanted.split("/");
  const others = asked.split("/");
  return parts.length === others.length && parts.every((part, at) => part === "*" || part === others[at]);
}

function nameIn(body: Buffer): string {
  const { name } = JSON.parse(body.toString()) as { readonly name?: string };
  return name ?? "";
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

async function answerOf(
  url: string,
  method: string,
  { headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { "transfer-encoding": _, ...sent } = headers;
    const length = body.length > 0 ? { "content-length": body.length } : {};
    request(url, { method, headers: { ...sent, ...length, connection: "close" } }, resolve)
      .on("error", reject)
      .end(body);
  });
  const { "transfer-encoding": _, connection: __, ...told } = answer.headers;
  return { status: answer.statusCode ?? 502, headers: told, body: await buffer(answer) };
}

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("not bound");
  return `127.0.0.1:${bound.port}`;
}
