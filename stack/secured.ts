import type { KafkaVersion, Properties } from "./kafka/properties.ts";
import { randomClusterId } from "./kafka/servers.ts";
import { type OwnedOptions, type OwnedServer, only, startOwned } from "./owned.ts";
import { host } from "./ports.ts";
import { type Certificates, certificatesIn } from "./secured/certificates.ts";
import { certificateFolder, type Passwords, securedServer, usualPasswords } from "./secured/servers.ts";

export { unsecuredToken } from "./secured/token.ts";

export interface SecuredKafkaOptions extends OwnedOptions {
  /** 4.3.1 unless told. */
  readonly version?: KafkaVersion;
  /** Letters, digits, `-` and `_`. */
  readonly passwords?: Passwords;
  /** Host names and addresses in the broker's certificate; 127.0.0.1 and localhost unless told. */
  readonly certificateFor?: readonly string[];
  readonly properties?: Properties;
}

/** A broker with encrypted listeners, two users and ACLs. `admin` may do everything, `guest` nothing. */
export interface SecuredKafka extends OwnedServer {
  readonly version: KafkaVersion;
  readonly clusterId: string;
  /** TLS without client authentication: whoever connects may do everything. */
  readonly tls: string;
  /** TLS that wants a client certificate; its common name is the user. */
  readonly mtls: string;
  /** PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 and OAUTHBEARER (see `unsecuredToken`) over TLS. */
  readonly sasl: string;
  readonly certificates: Certificates;
  readonly passwords: Passwords;
}

/** Starts a secured broker on loopback, with a certificate authority made for it. See `startOwned`. */
export async function startSecuredKafka(options: SecuredKafkaOptions = {}): Promise<SecuredKafka> {
  const { version = "4.3.1", passwords = usualPasswords, properties, progress } = options;
  const clusterId = randomClusterId();
  let facts: Pick<SecuredKafka, "tls" | "mtls" | "sasl" | "certificates"> | undefined;
  const servers = await startOwned(
    "secured",
    { count: 4 },
    options,
    ({ dir, ports: [tls = 0, mtls = 0, sasl = 0, controller = 0] }) => {
      const at = (port: number) => `${host}:${port}`;
      const certificates = certificatesIn(certificateFolder(dir));
      facts = { tls: at(tls), mtls: at(mtls), sasl: at(sasl), certificates };
      const server = securedServer({
        version,
        clusterId: () => clusterId,
        ports: { tls, mtls, sasl, controller },
        dir,
        passwords,
        certificateFor: options.certificateFor ?? [host, "localhost"],
        ...(properties && { properties }),
        ...(progress && { progress }),
      });
      return [server];
    },
  );
  if (facts === undefined) throw new Error("startOwned describes its servers before it returns");
  return {
    version,
    clusterId,
    ...facts,
    passwords,
    ...only(servers),
  };
}
