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
  /** The statements of a request to ksqlDB, which all have one path; any, where it isn't told. */
  readonly ksql?: string | RegExp;
  readonly status: number;
  readonly contentType: string;
  /** JSON, or text as it is; `undefined` answers nothing at all and closes the connection. */
  readonly body: unknown;
  /** The connection ends after so many bytes of the body. */
  readonly cutAfter?: number;
  /** The answer, where it depends on what is asked. */
  respond?(body: unknown): { readonly status: number; readonly body: unknown };
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
  readonly request: { readonly method: string; readonly path: string; readonly body?: unknown };
  readonly response: {
    readonly status: number;
    readonly contentType?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** A recorded exchange with a real server, such as `connect/001-root`. */
export function transcript(name: string): Exchange {
  const file = new URL(`transcripts/${name}.json`, import.meta.url);
  const { request, response } = JSON.parse(readFileSync(file, "utf8")) as Transcript;
  const { method, path } = request;
  const { status, body, contentType = response.headers?.["content-type"] ?? "" } = response;
  const ksql = ksqlOf(request.body);
  return { method, path, status, body, contentType, ...(ksql !== undefined && { ksql }) };
}

/** The statements of a request to ksqlDB. */
export function ksqlOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("ksql" in body)) return undefined;
  return typeof body.ksql === "string" ? body.ksql : undefined;
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
  port = 0,
): Promise<ReplayServer> {
  const received: Received[] = [];
  const played = new Map<Exchange | undefined, number>();
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const body = parsed(Buffer.concat(chunks).toString("utf8"));
      received.push({ method, path, headers, body });
      const same = exchanges.filter(
        (it) => it.method === method && it.path === path && asksThis(it.ksql, ksqlOf(body)),
      );
      const turn = played.get(same[0]) ?? 0;
      played.set(same[0], turn + 1);
      const found = same[Math.min(turn, same.length - 1)] ?? notRecorded;
      const given = found.respond?.(body) ?? found;
      if (given.body === undefined) {
        request.socket.destroy();
        return;
      }
      const text = typeof given.body === "string" ? given.body : JSON.stringify(given.body);
      if (found.cutAfter !== undefined) {
        response.writeHead(given.status, { "Content-Length": Buffer.byteLength(text) });
        response.write(text.slice(0, found.cutAfter), () => request.socket.destroy());
        return;
      }
      response.writeHead(given.status, { "Content-Type": found.contentType });
      response.end(given.body === null || given.status === 204 ? "" : text);
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
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${address.port}`,
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

function asksThis(wanted: string | RegExp | undefined, ksql: string | undefined): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === "string" ? ksql === wanted : wanted.test(ksql ?? "");
}

const notRecorded = answer("", "", 404, { error_code: 404, message: "HTTP 404 Not Found" });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" ? undefined : text;
  }
}
