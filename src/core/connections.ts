import type { Position } from "./model.ts";
import type { Secret } from "./secret.ts";

/** A connection setting as text; a secret where `${env.NAME}` gave it. */
export type Setting = string | Secret;

/** How to reach the servers, as the file says. */
export interface Connections {
  readonly kafka?: KafkaConnection;
}

export interface KafkaConnection {
  readonly brokers: readonly Setting[];
  /** Pins the cluster: any other id is an error before anything is read. */
  readonly clusterId?: string;
  readonly ssl?: Tls;
  readonly sasl?: Sasl;
  readonly position: Position;
}

export interface Tls {
  /** PEM files: authorities to trust instead of the system's, and the client's own certificate. */
  readonly ca?: Setting;
  readonly cert?: Setting;
  readonly key?: Setting;
  readonly passphrase?: Setting;
  readonly serverName?: Setting;
}

export type Sasl =
  | {
      readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
      readonly username: Setting;
      readonly password: Setting;
    }
  | {
      readonly mechanism: "oauthbearer";
      readonly token:
        | { readonly command: readonly string[] }
        | {
            readonly endpoint: Setting;
            readonly clientId: Setting;
            readonly clientSecret: Setting;
            readonly scope?: string;
          };
    };
