import http from "node:http";
import https from "node:https";
import axios, { AxiosError, type AxiosInstance } from "axios";
import type { RestConnection } from "../../core/connections.ts";
import { error, KpipeError } from "../../core/errors.ts";
import type { Position } from "../../core/model.ts";
import { Secret, scrub } from "../../core/secret.ts";
import { restFailure } from "./rest-failure.ts";
import { settingText, tlsOptions } from "./tls.ts";

/** One server's REST API: any HTTP status is an answer, and silence is a KpipeError. */
export interface RestClient {
  /** `http://host:port/path` without credentials, for messages. */
  readonly url: string;
  send(request: RestRequest): Promise<RestAnswer>;
  close(): void;
}

export interface RestRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** After the connection's URL, with the query; starts with `/`. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Milliseconds for this request, where it isn't the client's. */
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RestAnswer {
  readonly status: number;
  readonly text: string;
  /** The body, where it is JSON: servers that are starting and proxies answer in HTML. */
  readonly json: unknown;
}

export interface RestOptions {
  /** What should answer, for messages: `Connect worker`, `ksqlDB server`. */
  readonly server: string;
  /** Milliseconds without an answer. */
  readonly timeoutMs: number;
  /** Whether a 403 is an answer like others: ksqlDB says with it what Kafka's ACLs deny. */
  readonly explainsForbidden?: boolean;
}

/** No answer that kpipe needs is near this: all of 1,000 connectors with their traces is a tenth. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/** Opens nothing yet: the first request connects. */
export function restClient(connection: RestConnection, options: RestOptions): RestClient {
  const { position } = connection;
  const baseURL = settingText(connection.url, position).replace(/\/+$/, "");
  const url = withoutCredentials(baseURL);
  const secrets = credentialsOf(connection, baseURL);
  const tls = connection.ssl && tlsOptions(connection.ssl, position);
  const agents = {
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true, ...tls }),
  };
  const instance: AxiosInstance = axios.create({
    ...agents,
    baseURL,
    timeout: options.timeoutMs,
    // A proxy from the environment would see every password of every connector.
    proxy: false,
    // A redirect would take the credentials along, and turns a PUT into a GET.
    maxRedirects: 0,
    maxContentLength: LARGEST_ANSWER,
    maxBodyLength: LARGEST_ANSWER,
    validateStatus: () => true,
    responseType: "text",
    transformResponse: (body: unknown) => body,
    headers: { Accept: "application/json", ...authorization(connection) },
  });

  return {
    url,
    close() {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
    async send({ method, path, body, timeoutMs, headers }) {
      const answer = await instance
        .request<unknown>({
          method,
          url: path,
          ...(body !== undefined && { data: JSON.stringify(body) }),
          ...(timeoutMs !== undefined && { timeout: timeoutMs }),
          // Without a body too: axios would call it a form then, which Connect refuses with 415.
          headers: { ...(method !== "GET" && { "Content-Type": "application/json" }), ...headers },
        })
        .catch((cause: unknown) => {
          throw restFailure(cause instanceof AxiosError ? cause : undefined, {
            ...options,
            timeoutMs: timeoutMs ?? options.timeoutMs,
            url,
            position,
          });
        });
      const { status } = answer;
      const text = typeof answer.data === "string" ? answer.data : "";
      const refused = refusal(connection, options, url, status);
      if (refused !== undefined) throw refused;
      // A proxy may repeat the request in what it refuses. Other answers hold what is compared.
      const said = status >= 400 ? (it: string) => scrub(it, secrets) : (it: string) => it;
      return { status, text: said(text), json: parsed(text, said) };
    },
  };
}

function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return "the given url";
  const parsed = new URL(url);
  return parsed.username === "" && parsed.password === "" ? url : parsed.origin;
}

function authorization({ auth, position }: RestConnection): Readonly<Record<string, string>> {
  switch (auth.type) {
    case "none":
      return {};
    case "basic": {
      const pair = `${settingText(auth.username, position)}:${settingText(auth.password, position)}`;
      return { Authorization: `Basic ${base64(pair)}` };
    }
    case "bearer":
      return { Authorization: `Bearer ${settingText(auth.token, position)}` };
  }
}

/** What of the connection no message may repeat, in the forms in which it is sent. */
function credentialsOf({ auth, position }: RestConnection, url: string): readonly Secret[] {
  const { username, password } = URL.canParse(url) ? new URL(url) : { username: "", password: "" };
  return [...(password === "" ? [] : pairForms(decoded(username), decoded(password))), ...authForms()];

  function authForms(): readonly Secret[] {
    switch (auth.type) {
      case "none":
        return [];
      case "basic":
        return pairForms(settingText(auth.username, position), settingText(auth.password, position));
      case "bearer":
        return [Secret.of(settingText(auth.token, position))];
    }
  }
}

function pairForms(username: string, password: string): readonly Secret[] {
  return [base64(`${username}:${password}`), password].map((it) => Secret.of(it));
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refusal(
  { auth, position }: RestConnection,
  { server, explainsForbidden = false }: RestOptions,
  url: string,
  status: number,
): KpipeError | undefined {
  switch (status) {
    case 401:
      return new KpipeError(
        error(
          "KP3026",
          auth.type === "none" ? `${url} wants credentials` : `${url} doesn't accept the credentials`,
          { position },
        ),
      );
    case 403:
      return explainsForbidden ? undefined : forbidden(url, position);
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return new KpipeError(
        error("KP3027", `${url} redirects to another address`, {
          position,
          next: `Give the address of the ${server} itself.`,
        }),
      );
    default:
      return undefined;
  }
}

/** A 403 that says no more. */
export function forbidden(url: string, position: Position): KpipeError {
  return new KpipeError(
    error("KP3026", `${url} doesn't allow this with the given credentials`, { position }),
  );
}

/** `said` is done to every string: escapes in JSON would hide a secret. */
function parsed(text: string, said: (text: string) => string): unknown {
  try {
    return JSON.parse(text, (_, it: unknown) => (typeof it === "string" ? said(it) : it));
  } catch {
    return undefined;
  }
}
