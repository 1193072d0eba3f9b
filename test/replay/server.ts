import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

/** One request that is expected, and what a server once answered to it. */
export interface Exchange {
  readonly method: string;
  /** With the query, as the client sends it. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  /** JSON, or text as it is; `undefined` answers nothing at all and closes the connection. */
  readonly body: unknown;
}

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** Parsed, where it is JSON. */
  readonly body: unknown;
}

export interface ReplayServer {
  readonly url: string;
  /** Everything that was asked so far. */
  readonly received: readonly Received[];
  close(): Promise<void>;
}

interface Transcript {
  readonly request: { readonly method: string; readonly path: string };
  readonly response: { readonly status: number; readonly contentType: string; readonly body: unknown };
}

/** A recorded exchange with a real server, such as `connect/001-root`. */
export function transcript(name: string): Exchange {
  const file = new URL(`transcripts/${name}.json`, import.meta.url);
  const { request, response } = JSON.parse(readFileSync(file, "utf8")) as Transcript;
  return { ...request, ...response };
}

/** An exchange in the form of a recorded one. */
export function answer(method: string, path: string, status: number, body: unknown = ""): Exchange {
  return { method, path, status, contentType: "application/json", body };
}

/** What a worker that is starting answers: 404 and Jetty's page. */
export function startingPage(method: string, path: string): Exchange {
  return {
    method,
    path,
    status: 404,
    contentType: "text/html",
    body: "<html><body>HTTP ERROR 404</body></html>",
  };
}

/** The connection ends without an answer. */
export function dropped(method: string, path: string): Exchange {
  return { method, path, status: 0, contentType: "", body: undefined };
}

/**
 * A server that answers as recorded. Exchanges of the same request are played in order, and the last one
 * stays; what nobody recorded is a 404 as Connect gives it.
 */
export async function replay(
  exchanges: readonly Exchange[],
  tls: { readonly wantsClient: boolean } | undefined = undefined,
): Promise<ReplayServer> {
  const received: Received[] = [];
  const played = new Map<string, number>();
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      received.push({ method, path, headers, body: parsed(Buffer.concat(chunks).toString("utf8")) });
      const same = exchanges.filter((it) => it.method === method && it.path === path);
      const turn = played.get(`${method} ${path}`) ?? 0;
      played.set(`${method} ${path}`, turn + 1);
      const found = same[Math.min(turn, same.length - 1)] ?? notRecorded;
      if (found.body === undefined) {
        request.socket.destroy();
        return;
      }
      const text = typeof found.body === "string" ? found.body : JSON.stringify(found.body);
      response.writeHead(found.status, { "Content-Type": found.contentType });
      response.end(found.body === null || found.status === 204 ? "" : text);
    });
  };
  const server =
    tls === undefined
      ? createServer(listener)
      : https.createServer(
          {
            ca: pem("ca"),
            cert: pem("server"),
            key: pem("server-key"),
            requestCert: tls.wantsClient,
            rejectUnauthorized: tls.wantsClient,
          },
          listener,
        );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Where a test certificate lies. */
export function pemFile(name: string): string {
  return fileURLToPath(new URL(`tls/${name}.pem`, import.meta.url));
}

function pem(name: string): string {
  return readFileSync(pemFile(name), "utf8");
}

const notRecorded = answer("", "", 404, { error_code: 404, message: "HTTP 404 Not Found" });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" ? undefined : text;
  }
}
