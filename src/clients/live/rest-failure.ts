import type { AxiosError } from "axios";
import { type ErrorCode, error, KpipeError } from "../../core/errors.ts";
import type { Position } from "../../core/model.ts";

export interface Where {
  readonly url: string;
  readonly server: string;
  readonly timeoutMs: number;
  readonly position: Position;
}

interface Reason {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next?: string;
}

/**
 * Why there was no answer, in words. What axios throws holds the request with its passwords, so nothing of
 * it goes on but the code.
 */
export function restFailure(cause: AxiosError | undefined, { position, ...where }: Where): KpipeError {
  const code = cause?.code ?? "";
  const { code: errorCode, message, next } = reasonOf(code, cause?.message ?? "", where);
  return new KpipeError(
    error(errorCode, message, { position, next }),
    code === "" ? undefined : new Error(code),
  );
}

/** Codes of Node's net, dns, tls and llhttp, and those that axios adds. */
function reasonOf(code: string, text: string, { url, server, timeoutMs }: Omit<Where, "position">): Reason {
  const host = hostOf(url);
  switch (code) {
    case "ECONNREFUSED":
      return { code: "KP3021", message: `nothing listens on ${host}` };
    case "ECONNABORTED":
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return { code: "KP3022", message: `no answer from ${host} within ${timeoutMs / 1000} s` };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return { code: "KP3023", message: `${host} is no name that can be looked up` };
    case "ECONNRESET":
    case "EPIPE":
      return { code: "KP3025", message: `${host} closed the connection before it answered` };
    case "ERR_INVALID_URL":
    case "ERR_BAD_OPTION":
      return {
        code: "KP3023",
        message: `${url} is no address of a ${server}`,
        next: "Write it as http://host:port.",
      };
    case "ERR_BAD_RESPONSE":
      if (text.includes("maxContentLength")) {
        return { code: "KP3027", message: `the answer of ${host} is too large for a ${server}` };
      }
      if (text.includes("aborted")) {
        return { code: "KP3025", message: `${host} closed the connection in the middle of its answer` };
      }
      break;
    case "EPROTO":
      return {
        code: "KP3024",
        message: `${host} doesn't speak TLS`,
        next: "Write http:// if the server has no TLS, or check its port.",
      };
  }
  if (code.startsWith("HPE_")) {
    return {
      code: "KP3027",
      message: `${host} doesn't speak HTTP`,
      next: "Write https:// if the server has TLS, or check its port.",
    };
  }
  if (/CERT|SIGNED|SIGNATURE|ISSUER|SELF|TLS|SSL/.test(code)) {
    return { code: "KP3024", message: `no TLS with ${host}: ${tlsReason(code)}` };
  }
  return { code: "KP3001", message: `no answer from ${host}${code === "" ? "" : ` (${code})`}` };
}

function tlsReason(code: string): string {
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return "its certificate has expired";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return "its certificate is for another host";
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return "its certificate is signed by an authority that isn't trusted here";
    case "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED":
    case "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE":
      return "it wants a certificate of the client";
    default:
      return code;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
