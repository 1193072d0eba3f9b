import type { Position } from "./model.ts";
import type { Secret } from "./secret.ts";

/** A connection setting as text; a secret where `${env.NAME}` gave it. */
export type Setting = string | Secret;

/** How to reach the servers, as the file says. */
export interface Connections {
  readonly kafka?: KafkaConnection;
  /** By name; the only one of a file that names none is `default`. */
  readonly connect?: ReadonlyMap<string, RestConnection>;
  readonly ksql?: RestConnection;
}

/** A Connect worker or a ksqlDB server. */
export interface RestConnection {
  /** `http://host:port`, perhaps with a path that all requests start with; never with credentials. */
  readonly url: Setting;
  readonly auth: RestAuth;
  readonly ssl?: Tls;
  readonly position: Position;
}

export type RestAuth =
  | { readonly type: "none" }
  | { readonly type: "basic"; readonly username: Setting; readonly password: Setting }
  | { readonly type: "bearer"; readonly token: Setting };

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
