import type { SASLOptions } from "kafkajs";
import type { Sasl } from "../../../core/connections.ts";
import type { Position } from "../../../core/model.ts";
import { settingText } from "../tls.ts";

/** kafkajs' form of the credentials. Throws KP3029 where a variable of them is not set. */
export function saslOf(sasl: Sasl, position: Position): SASLOptions {
  if (sasl.mechanism === "oauthbearer") throw new Error("not there yet");
  return {
    mechanism: sasl.mechanism,
    username: settingText(sasl.username, position),
    password: settingText(sasl.password, position),
  };
}
