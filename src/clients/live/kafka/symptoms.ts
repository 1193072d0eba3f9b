import { KafkaTrouble, type Stage, type Trouble } from "./trouble.ts";
import type { SocketFacts } from "./watched-socket.ts";

interface Circumstances {
  readonly facts: SocketFacts;
  readonly host: string;
  readonly encrypted: boolean;
  readonly mechanism: string | undefined;
  /** What was asked; undefined: the handshake. */
  readonly request: string | undefined;
  readonly stage: Stage;
}

/** What an error of the socket or of kafkajs says of the server. */
export function readTrouble(error: unknown, at: Circumstances): Trouble {
  if (error instanceof KafkaTrouble) return error.trouble;
  if (at.facts.foreign === "tls") return { type: "tls", reason: "needed", detail: "it answers with TLS" };
  if (at.facts.foreign !== undefined) return { type: "not-kafka", speaks: at.facts.foreign };
  return fromSocket(at) ?? fromKafkajs(error, at);
}

const unresolved = ["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA"];
const expired = ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"];
const untrusted = [
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "CERT_REVOKED",
  "INVALID_CA",
];

function fromSocket({ facts, host, encrypted, request, stage }: Circumstances): Trouble | undefined {
  const { error } = facts;
  if (error === undefined) return undefined;
  if (error instanceof KafkaTrouble) return error.trouble;
  const code = error.code ?? "";
  if (unresolved.includes(code)) return { type: "unknown-host", host };
  if (!facts.accepted && code !== "ECONNRESET") return { type: "unreachable", code };
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return { type: "certificate", reason: "host", detail: error.message };
  if (expired.includes(code)) return { type: "certificate", reason: "expired", detail: error.message };
  if (untrusted.includes(code)) return { type: "certificate", reason: "untrusted", detail: error.message };
  if (
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(
      code + error.message.replaceAll(" ", "_").toUpperCase(),
    )
  )
    return { type: "tls", reason: "not-spoken", detail: "its answer is not TLS" };
  if (code.startsWith("ERR_SSL") || code === "EPROTO")
    return { type: "tls", reason: "failed", detail: opensslReason(error.message) };
  // Node's words for a connection that ended during the TLS handshake.
  if (encrypted && stage === "handshake" && error.message.includes("before secure TLS connection"))
    return { type: "tls", reason: "not-spoken", detail: "it closed the connection in the TLS handshake" };
  return { type: "lost", request, stage };
}

/** `...:tlsv13 alert certificate required:../deps/openssl/...` to the part that says something. */
function opensslReason(message: string): string {
  const parts = message.split(":");
  return (
    parts.find((part) => /alert|unsupported|no shared|handshake|protocol|cipher/.test(part))?.trim() ??
    message
  );
}

function fromKafkajs(error: unknown, { mechanism = "", request, stage }: Circumstances): Trouble {
  if (!(error instanceof Error)) return { type: "not-kafka", speaks: "unknown" };
  const type = "type" in error ? error.type : undefined;
  if (type === "UNSUPPORTED_SASL_MECHANISM") return { type: "mechanism", mechanism, offered: [] };
  if (type === "ILLEGAL_SASL_STATE") return { type: "no-sasl" };
  if (type === "SASL_AUTHENTICATION_FAILED" || error.name === "KafkaJSSASLAuthenticationError")
    return { type: "denied", mechanism, detail: serverWords(error.message) };
  if (error.name === "KafkaJSServerDoesNotSupportApiKey")
    return { type: "too-old", request: request ?? "SaslAuthenticate", since: "1.0" };
  if (error.name === "KafkaJSConnectionError" || error.name === "KafkaJSConnectionClosedError")
    return { type: "lost", request, stage };
  // Decoders throw what they throw on bytes that aren't the answer.
  return stage !== "handshake"
    ? { type: "garbled", request: request ?? "ApiVersions" }
    : { type: "not-kafka", speaks: "unknown" };
}

/** `SASL SCRAM SHA256 authentication failed: Authentication failed ...` to what the broker said. */
function serverWords(message: string): string {
  return message.replace(/^SASL .*? authentication failed: /, "");
}
