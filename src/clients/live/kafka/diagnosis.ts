import { type Diagnostic, type ErrorCode, error, KpipeError } from "../../../core/errors.ts";
import type { Position } from "../../../core/model.ts";
import { KafkaTrouble, type Trouble } from "./trouble.ts";

/** What an error about the connection may tell besides what happened. */
export interface ConnectionFacts {
  /** The line of `brokers`. */
  readonly position: Position;
  readonly timeoutMs: number;
  readonly encrypted: boolean;
  readonly authenticated: boolean;
  /** By address, how the file calls it: itself, or the variable that it comes from. */
  readonly labels: ReadonlyMap<string, string>;
}

interface Told {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next?: string;
}

/** The error that ends the command. What is no trouble with a server is thrown as it is. */
export function explain(thrown: unknown, facts: ConnectionFacts): unknown {
  if (!(thrown instanceof KafkaTrouble)) return thrown;
  const diagnostics = [thrown, ...thrown.others].map((it) => diagnose(it, facts));
  return new KpipeError(diagnostics, thrown);
}

/** What an entry of a batch that no server answered says; null if there was no trouble. */
export function inWords(trouble: KafkaTrouble | undefined, facts: ConnectionFacts): string | null {
  return trouble === undefined ? null : diagnose(trouble, facts).message;
}

function diagnose({ trouble, address }: KafkaTrouble, facts: ConnectionFacts): Diagnostic {
  const label = facts.labels.get(address);
  const server = `kafka ${label ?? address}`;
  const told = tell(trouble, server, facts);
  const hidden = label !== undefined && label !== address;
  const host = address.slice(0, address.lastIndexOf(":"));
  const message = hidden ? told.message.replaceAll(host, label) : told.message;
  const next = label === undefined && aboutAddress(trouble) ? advertised(server, facts) : told.next;
  return error(told.code, message, { next, position: facts.position });
}

/** What a wrong address looks like. */
function aboutAddress(trouble: Trouble): boolean {
  if (trouble.type === "certificate") return trouble.reason === "host";
  return trouble.type === "unreachable" || trouble.type === "unknown-host";
}

function advertised(server: string, { labels }: ConnectionFacts): string {
  const named = [...new Set(labels.values())].join(", ");
  return `The file doesn't name this address: ${named} answered and sends clients there. Check the advertised.listeners of ${server}, or run kpipe where that address can be reached.`;
}

function tell(trouble: Trouble, server: string, facts: ConnectionFacts): Told {
  switch (trouble.type) {
    case "unreachable":
      return unreachable(trouble.code, server, seconds(facts));
    case "unknown-host":
      return {
        code: "KP3004",
        message: `the host name of ${server} can't be resolved: ${trouble.host} is not known here`,
      };
    case "silent":
      return silent(trouble.request, server, facts);
    case "lost":
      return lost(trouble, server, facts);
    case "absent":
      return {
        code: "KP3003",
        message:
          trouble.broker === undefined
            ? `${server} knows of no controller`
            : `${server} knows of no broker ${trouble.broker} any more`,
        next: "A broker is down or starting. Run the command again when the cluster is complete.",
      };
    case "wrong-cluster":
      return {
        code: "KP3012",
        message: `${server} belongs to cluster ${trouble.found}, and clusterId asks for ${trouble.expected}`,
      };
    case "certificate":
      return certificate(trouble.reason, trouble.detail, server);
    case "tls":
      return tls(trouble.reason, trouble.detail, server);
    case "not-kafka":
      return {
        code: "KP3008",
        message:
          trouble.speaks === "http"
            ? `${server} answers in HTTP, not in Kafka's protocol`
            : `${server} answers, and not in Kafka's protocol`,
      };
    case "garbled":
      return {
        code: "KP3008",
        message: `the answer of ${server} to ${trouble.request} can't be read`,
        next: "Something between here and the broker may change what it says. If not, report it as a bug of kpipe with the broker's version.",
      };
    case "denied":
      return {
        code: "KP3009",
        message: `${server} doesn't accept the credentials by ${trouble.mechanism.toUpperCase()}: ${trouble.detail}`,
      };
    case "mechanism":
      return {
        code: "KP3010",
        message: `${server} doesn't offer the SASL mechanism ${trouble.mechanism.toUpperCase()}${offers(trouble.offered)}`,
      };
    case "no-sasl":
      return {
        code: "KP3010",
        message: `${server} doesn't use SASL on this port`,
        next: "Remove `sasl`, or use the port of a listener that authenticates.",
      };
    case "too-old":
      return {
        code: "KP3013",
        message: `${server} doesn't know the request ${trouble.request}, which came with Kafka ${trouble.since}`,
      };
    case "token":
      return { code: "KP3015", message: trouble.detail, ...(trouble.next && { next: trouble.next }) };
  }
}

function seconds({ timeoutMs }: ConnectionFacts): string {
  return `${Number((timeoutMs / 1000).toPrecision(3))} s`;
}

function unreachable(code: string, server: string, within: string): Told {
  switch (code) {
    case "ECONNREFUSED":
      return {
        code: "KP3001",
        message: `${server} refuses connections`,
        next: "Nothing listens there. Check the address, and that the broker is up.",
      };
    case "ETIMEDOUT":
      return {
        code: "KP3001",
        message: `no connection to ${server} within ${within}`,
        next: "Nothing came back at all: check the address, and whether a firewall drops the packets.",
      };
    default:
      return { code: "KP3001", message: `${server} can't be reached: ${code}` };
  }
}

function silent(request: string | undefined, server: string, facts: ConnectionFacts): Told {
  if (request === undefined)
    return {
      code: "KP3002",
      message: `no answer from ${server} within ${seconds(facts)}`,
      next: facts.encrypted
        ? "The port is open, and nobody answers the TLS handshake or Kafka's. A broker that hangs looks like this."
        : "The port is open and nobody speaks Kafka on it. A TLS listener reached without `ssl: true` looks like this.",
    };
  return {
    code: "KP3002",
    message: `no answer from ${server} to ${request} within ${seconds(facts)}`,
    next: "The broker answered before and says nothing now: it hangs or has too much to do. Look at its log, or give it longer with `--timeout`.",
  };
}

function lost(trouble: Trouble & { type: "lost" }, server: string, facts: ConnectionFacts): Told {
  const { request, stage, after } = trouble;
  if (stage === "handshake")
    return {
      code: "KP3003",
      message: `${server} closes the connection without an answer`,
      next: facts.encrypted
        ? "It took the TLS connection, so the certificates are not it. Its log may tell."
        : "A TLS listener reached without `ssl: true` looks like this, and a proxy whose server is down.",
    };
  if (stage === "first" && after === undefined && !facts.authenticated)
    return {
      code: "KP3010",
      message: `${server} closes the connection at the first request`,
      next: "A listener that wants SASL does this to clients without `sasl`. If it wants none, its log may tell.",
    };
  const since =
    after === undefined
      ? ""
      : after.type === "unreachable" && after.code === "ECONNREFUSED"
        ? ", and refuses connections since"
        : ", and doesn't answer since";
  return {
    code: "KP3003",
    message: `${server} broke off during ${request ?? "the handshake"}${since}`,
  };
}

function certificate(
  reason: (Trouble & { type: "certificate" })["reason"],
  detail: string,
  server: string,
): Told {
  switch (reason) {
    case "untrusted":
      return {
        code: "KP3005",
        message: `the certificate of ${server} is not trusted here: ${detail}`,
        next: "Give the certificate of the authority that signed it as `ssl.ca`.",
      };
    case "expired":
      return {
        code: "KP3005",
        message: `the certificate of ${server} is not valid now: ${detail}`,
        next: "Renew the broker's certificate; if it is in order, check this machine's clock.",
      };
    case "host":
      return {
        code: "KP3005",
        message: `the certificate of ${server} is for another host: ${detail}`,
        next: "Use the name that the certificate has, or give that name as `ssl.serverName`.",
      };
  }
}

function tls(reason: (Trouble & { type: "tls" })["reason"], detail: string, server: string): Told {
  switch (reason) {
    case "not-spoken":
      return {
        code: "KP3006",
        message: `${server} doesn't speak TLS: ${detail}`,
        next: "Remove `ssl`, or use the port of a TLS listener.",
      };
    case "needed":
      return {
        code: "KP3006",
        message: `${server} speaks TLS, and the file doesn't ask for it`,
        next: "Write `ssl: true`, or `ssl` with the authority's certificate as `ca`.",
      };
    case "failed":
      return {
        code: "KP3007",
        message: `${server} doesn't agree to the TLS connection: ${detail}`,
      };
  }
}

function offers(mechanisms: readonly string[]): string {
  return mechanisms.length === 0 ? "" : `; it offers ${mechanisms.join(", ")}`;
}
