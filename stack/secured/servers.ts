import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { probeBroker } from "../kafka/probe.ts";
import type { KafkaVersion, Properties } from "../kafka/properties.ts";
import { kafkaServers } from "../kafka/servers.ts";
import { host } from "../ports.ts";
import type { ServerSpec } from "../server.ts";
import { StackError } from "../stack-error.ts";
import { certificatesIn, makeCertificates } from "./certificates.ts";

const securedUsers = ["admin", "guest"] as const;
type SecuredUser = (typeof securedUsers)[number];
export type Passwords = Readonly<Record<SecuredUser, string>>;

export const usualPasswords: Passwords = { admin: "admin-secret", guest: "guest-secret" };

export interface SecuredPorts {
  readonly tls: number;
  readonly mtls: number;
  readonly sasl: number;
  readonly controller: number;
}

export interface SecuredPlan {
  readonly version: KafkaVersion;
  readonly clusterId: () => string;
  readonly ports: SecuredPorts;
  readonly dir: string;
  readonly passwords: Passwords;
  /** The names and addresses that the broker's certificate is for. */
  readonly certificateFor: readonly string[];
  readonly properties?: Properties;
  readonly progress?: (line: string) => void;
}

/** The folder with the certificates of a secured Kafka. */
export function certificateFolder(dir: string): string {
  return join(dir, "certificates");
}

/** One broker whose every listener is encrypted, as a server named `kafka-secured`. */
export function securedServer(plan: SecuredPlan): ServerSpec {
  const { ports, dir, version, clusterId, progress, passwords } = plan;
  const unusable = Object.values(passwords).find((password) => !/^[\w-]+$/.test(password));
  if (unusable !== undefined)
    throw new StackError(`Passwords here are letters, digits, - and _: ${unusable}`);
  const folder = certificateFolder(dir);
  const [broker] = kafkaServers({
    version,
    clusterId,
    dir,
    layout: [{ broker: ports.sasl, controller: ports.controller }],
    properties: { ...securityProperties(plan, folder), ...plan.properties },
    formatOptions: ["SCRAM-SHA-256", "SCRAM-SHA-512"].flatMap((mechanism) =>
      securedUsers.flatMap((user) => [
        "--add-scram",
        `${mechanism}=[name=${user},password=${passwords[user]}]`,
      ]),
    ),
    ...(progress && { progress }),
  });
  if (broker === undefined) throw new Error("A layout of one broker gives one server");
  const name = "kafka-secured";
  return {
    ...broker,
    name,
    ports: [
      { owner: `${name} (SASL_SSL)`, port: ports.sasl },
      { owner: `${name} (TLS)`, port: ports.tls },
      { owner: `${name} (mTLS)`, port: ports.mtls },
      { owner: `${name} (controller)`, port: ports.controller },
    ],
    prepare: async () => {
      await makeCertificates(folder, plan.certificateFor);
      return broker.prepare();
    },
    probe: async () => {
      const ca = await readFile(certificatesIn(folder).ca, "utf8");
      // The certificate may be for another host on purpose.
      const ssl = { ca, checkServerIdentity: () => undefined };
      const sasl = { mechanism: "plain", username: "admin", password: passwords.admin } as const;
      return probeBroker(`${host}:${ports.sasl}`, [1], { ssl, sasl });
    },
  };
}

/**
 * Who may what: `admin` everything, on the listener without client authentication anyone everything (so that TLS
 * alone can be tried), and everybody else only what an ACL allows.
 */
function securityProperties({ ports, passwords }: SecuredPlan, folder: string): Properties {
  const { ca, broker } = certificatesIn(folder);
  const modules = "org.apache.kafka.common.security";
  const plainUsers = securedUsers.map((user) => `user_${user}="${passwords[user]}"`).join(" ");
  return {
    listeners: [
      `SASL://${host}:${ports.sasl}`,
      `TLS://${host}:${ports.tls}`,
      `MTLS://${host}:${ports.mtls}`,
      `CONTROLLER://${host}:${ports.controller}`,
    ].join(","),
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,TLS:SSL,MTLS:SSL,SASL:SASL_SSL",
    "inter.broker.listener.name": "TLS",
    "ssl.keystore.type": "PEM",
    "ssl.keystore.location": broker,
    "ssl.truststore.type": "PEM",
    "ssl.truststore.location": ca,
    "ssl.endpoint.identification.algorithm": "",
    "ssl.principal.mapping.rules": "RULE:^CN=([^,]+).*$/$1/,DEFAULT",
    "listener.name.mtls.ssl.client.auth": "required",
    "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER",
    "listener.name.sasl.plain.sasl.jaas.config": `${modules}.plain.PlainLoginModule required ${plainUsers};`,
    "listener.name.sasl.scram-sha-256.sasl.jaas.config": `${modules}.scram.ScramLoginModule required;`,
    "listener.name.sasl.scram-sha-512.sasl.jaas.config": `${modules}.scram.ScramLoginModule required;`,
    "listener.name.sasl.oauthbearer.sasl.jaas.config": `${modules}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:admin;User:ANONYMOUS",
    "allow.everyone.if.no.acl.found": "false",
  };
}
