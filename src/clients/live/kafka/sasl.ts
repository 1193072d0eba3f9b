import type { AuthenticationProviderArgs, Authenticator, KafkaConfig } from "kafkajs";
import type { Sasl } from "../../../core/connections.ts";
import type { Position } from "../../../core/model.ts";
import { settingText } from "../tls.ts";
import { tokens } from "./token.ts";

export type SaslOptions = NonNullable<KafkaConfig["sasl"]>;

/** kafkajs' form of the credentials. Throws KP3029 where a variable of them is not set. */
export function saslOf(sasl: Sasl, position: Position, timeoutMs: number): SaslOptions {
  if (sasl.mechanism === "oauthbearer") {
    const token = tokens(sasl.token, position, timeoutMs);
    return { mechanism: sasl.mechanism, authenticationProvider: (at) => bearer(at, token) };
  }
  const username = settingText(sasl.username, position);
  const password = settingText(sasl.password, position);
  switch (sasl.mechanism) {
    case "plain":
      return { mechanism: "plain", username, password };
    case "scram-sha-256":
      return { mechanism: "scram-sha-256", username, password };
    case "scram-sha-512":
      return { mechanism: "scram-sha-512", username, password };
  }
}

const separator = "\u0001";

/**
 * OAUTHBEARER as RFC 7628 has it. kafkajs' own takes a refusal for a success: the server answers with the reason
 * as JSON, and fails the authentication only when the client has acknowledged that.
 */
function bearer(
  { saslAuthenticate }: AuthenticationProviderArgs,
  token: () => Promise<string>,
): Authenticator {
  const say = (message: string) =>
    saslAuthenticate({
      request: { encode: () => sized(message) },
      response: { decode: (bytes) => bytes.subarray(4), parse: (bytes) => bytes.toString("utf8") },
    });
  return {
    authenticate: async () => {
      const refusal = await say(`n,,${separator}auth=Bearer ${await token()}${separator}${separator}`);
      if (typeof refusal === "string" && refusal !== "") await say(separator);
    },
  };
}

/** BYTES of the protocol. */
function sized(message: string): Buffer {
  const bytes = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
