import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Sasl } from "../../../core/connections.ts";
import type { Position } from "../../../core/model.ts";
import { settingText } from "../tls.ts";
import { KafkaTrouble } from "./trouble.ts";

type TokenSource = (Sasl & { readonly mechanism: "oauthbearer" })["token"];

interface Token {
  readonly value: string;
  /** ms since the epoch. */
  readonly expires: number;
}

/** How long a token is used that doesn't tell its end. */
const minuteMs = 60_000;

/** What is left of a token's life when the next one is asked for: requests take time, and clocks differ. */
const spare = 0.2;

/**
 * Gives a token, the same one until it nears its end. Throws KP3029 now where a variable is not set, and
 * KafkaTrouble later where no token is to be had.
 */
export function tokens(source: TokenSource, position: Position, timeoutMs: number): () => Promise<string> {
  const ask =
    "command" in source ? byCommand(source.command, timeoutMs) : byEndpoint(source, position, timeoutMs);
  let held: { readonly asked: number; readonly token: Promise<Token> } | undefined;
  return async () => {
    const current = held;
    if (current !== undefined) {
      const { value, expires } = await current.token;
      if (Date.now() < expires - (expires - current.asked) * spare) return value;
    }
    // Whoever found the old one first asks; the others share its answer.
    if (held === current) {
      const asking = { asked: Date.now(), token: ask() };
      held = asking;
      asking.token.catch(() => {
        if (held === asking) held = undefined;
      });
    }
    return (await (held ?? { token: ask() }).token).value;
  };
}

/** The token is what the command prints: itself, or JSON as an endpoint gives it. */
function byCommand(command: readonly string[], timeoutMs: number): () => Promise<Token> {
  const [program = "", ...args] = command;
  return async () => {
    const run = promisify(execFile)(program, args, { timeout: timeoutMs, windowsHide: true });
    const { stdout } = await run.catch((error: unknown) => {
      throw noToken(`the command ${program} gave no token: ${endOf(error, timeoutMs)}`, commandHint);
    });
    const token = tokenOf(stdout);
    if (token === undefined) throw noToken(`the command ${program} printed no token`, commandHint);
    return token;
  };
}

const commandHint =
  "Run the command of `sasl.token` by hand: it prints the token, and nothing else, on stdout.";

/** How a program ended, without what it printed: that may hold secrets. */
function endOf(error: unknown, timeoutMs: number): string {
  if (typeof error !== "object" || error === null) return "it failed";
  if ("killed" in error && error.killed === true) return `it ran longer than ${timeoutMs / 1000} s`;
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such program";
  return typeof code === "number" ? `it ended with code ${code}` : `it failed (${String(code)})`;
}

/** The client credentials grant of OAuth 2.0 (RFC 6749, 4.4). */
function byEndpoint(
  source: Exclude<TokenSource, { readonly command: unknown }>,
  position: Position,
  timeoutMs: number,
): () => Promise<Token> {
  const url = settingText(source.endpoint, position);
  const id = settingText(source.clientId, position);
  const secret = settingText(source.clientSecret, position);
  const server = URL.canParse(url) ? `the token endpoint ${new URL(url).host}` : "the token endpoint";
  return async () => {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString("base64")}`,
        accept: "application/json",
      },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        ...(source.scope !== undefined && { scope: source.scope }),
      }),
    }).catch((error: unknown) => {
      throw noToken(`${server} does not answer: ${reasonOf(error, timeoutMs)}`);
    });
    const text = await answer.text().catch(() => "");
    if (!answer.ok) throw noToken(`${server} answers ${answer.status}${refusalOf(text)}`);
    const token = tokenOf(text);
    if (token === undefined) throw noToken(`${server} answers without an access_token`);
    return token;
  };
}

/** Id and secret are form-encoded before they are joined (RFC 6749, 2.3.1). */
function formEncoded(text: string): string {
  return new URLSearchParams({ text }).toString().slice("text=".length);
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return "it failed";
  if (error.name === "TimeoutError") return `nothing within ${timeoutMs / 1000} s`;
  const { cause } = error;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : error.message;
}

/** The error code of RFC 6749, 5.2, such as `invalid_client`. */
function refusalOf(text: string): string {
  const error = fieldOf(text, "error");
  return typeof error === "string" ? `: ${error}` : "";
}

/** From JSON with `access_token` and perhaps `expires_in`, or the token alone. */
function tokenOf(text: string): Token | undefined {
  const json = text.trimStart().startsWith("{");
  const value = json ? fieldOf(text, "access_token") : text.trim();
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) return undefined;
  const seconds = json ? Number(fieldOf(text, "expires_in")) : Number.NaN;
  const expires = seconds > 0 ? Date.now() + seconds * 1000 : (endOfJwt(value) ?? Date.now() + minuteMs);
  return { value, expires };
}

/** The `exp` claim of a JWT, in ms since the epoch; undefined for a token of another form. */
function endOfJwt(token: string): number | undefined {
  const [, payload = ""] = token.split(".");
  const expires = fieldOf(Buffer.from(payload, "base64url").toString("utf8"), "exp");
  return typeof expires === "number" ? expires * 1000 : undefined;
}

function fieldOf(text: string, field: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, field) : undefined;
  } catch {
    return undefined;
  }
}

/** Without a cause: those of programs and requests hold what they printed and were sent. */
function noToken(detail: string, next?: string): KafkaTrouble {
  return new KafkaTrouble({ type: "token", detail, ...(next !== undefined && { next }) }, "");
}
