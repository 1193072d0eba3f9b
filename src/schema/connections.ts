import type {
  Connections,
  KafkaConnection,
  RestAuth,
  RestConnection,
  Sasl,
  Setting,
  Tls,
} from "../core/connections.ts";
import { error } from "../core/errors.ts";
import type { Report } from "../core/kind.ts";
import { Secret } from "../core/secret.ts";
import { at, child, entriesAt, type MapNode, type Node, type Pair } from "./node.ts";

/** The connections of a valid pipeline. */
export function connectionsOf(root: MapNode, report: Report): Connections {
  const pairs = entriesAt(root, ["connections"]);
  const kafka = pairs.get("kafka");
  const connect = pairs.get("connect");
  const ksql = pairs.get("ksql");
  return {
    ...(kafka && { kafka: kafkaConnection(kafka, report) }),
    ...(connect && { connect: workers(connect) }),
    ...(ksql && { ksql: restConnection(ksql) }),
  };
}

function kafkaConnection({ value, position }: Pair, report: Report): KafkaConnection {
  const clusterId = revealed(child(value, "clusterId"));
  const sasl = saslOf(child(value, "sasl"), report);
  const brokers = child(value, "brokers");
  return {
    brokers: brokers?.type === "list" ? brokers.items.flatMap((item) => setting(item) ?? []) : [],
    ...(clusterId !== undefined && { clusterId }),
    ...tls(value),
    ...(sasl && { sasl }),
    position,
  };
}

/** Several workers stand by their names, a single one without. */
function workers(pair: Pair): ReadonlyMap<string, RestConnection> {
  const { value } = pair;
  if (value.type !== "map" || value.entries.has("url")) return new Map([["default", restConnection(pair)]]);
  return new Map([...value.entries].map(([name, worker]) => [name, restConnection(worker)]));
}

function restConnection({ value, position }: Pair): RestConnection {
  return {
    url: setting(child(value, "url")) ?? "",
    auth: authOf(child(value, "auth")),
    ...tls(value),
    position,
  };
}

function authOf(auth: Node | undefined): RestAuth {
  if (auth?.type !== "map") return { type: "none" };
  if (auth.entries.has("token")) return { type: "bearer", token: secret(auth, "token") };
  return {
    type: "basic",
    username: setting(child(auth, "username")) ?? "",
    password: secret(auth, "password"),
  };
}

function tls(value: Node): { readonly ssl?: Tls } {
  const ssl = child(value, "ssl");
  if (ssl?.type === "scalar") return ssl.value === true ? { ssl: {} } : {};
  if (ssl?.type !== "map") return {};
  const text = (key: string) => setting(child(ssl, key));
  const [ca, cert, key, serverName] = [text("ca"), text("cert"), text("key"), text("serverName")];
  return {
    ssl: {
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(ssl.entries.has("passphrase") && { passphrase: secret(ssl, "passphrase") }),
      ...(serverName !== undefined && { serverName }),
    },
  };
}

function saslOf(sasl: Node | undefined, report: Report): Sasl | undefined {
  const mechanism = revealed(sasl && child(sasl, "mechanism"))?.toLowerCase();
  if (sasl === undefined) return undefined;
  switch (mechanism) {
    case "plain":
    case "scram-sha-256":
    case "scram-sha-512":
      return {
        mechanism,
        username: setting(child(sasl, "username")) ?? "",
        password: secret(sasl, "password"),
      };
    case "oauthbearer":
      return { mechanism, token: tokenOf(sasl, report) };
    default:
      return undefined;
  }
}

function tokenOf(sasl: Node, report: Report): Extract<Sasl, { mechanism: "oauthbearer" }>["token"] {
  const command = at(sasl, ["token", "command"]);
  if (command?.type === "list") return { command: command.items.flatMap((item) => argument(item, report)) };
  const token = child(sasl, "token") ?? sasl;
  const scope = revealed(child(token, "scope"));
  return {
    endpoint: setting(child(token, "endpoint")) ?? "",
    clientId: setting(child(token, "clientId")) ?? "",
    clientSecret: secret(token, "clientSecret"),
    ...(scope !== undefined && { scope }),
  };
}

function setting(node: Node | undefined): Setting | undefined {
  if (node?.type !== "scalar" || node.value === null) return undefined;
  return node.value instanceof Secret ? node.value : node.text;
}

/** A setting that is no secret, though the environment may give it. */
function revealed(node: Node | undefined): string | undefined {
  const value = setting(node);
  return value instanceof Secret ? value.reveal() : value;
}

/** Everybody on the machine sees the arguments of a command. */
function argument(node: Node, report: Report): readonly string[] {
  const value = setting(node);
  if (value instanceof Secret) {
    const next = "Leave it out: the command has the same environment as kpipe.";
    report(error("KP1202", "a secret can't be an argument", { position: node.position, next }));
  }
  return typeof value === "string" ? [value] : [];
}

/** A password is a secret even where the file has it in clear text. */
function secret(node: Node, key: string): Secret {
  const value = setting(child(node, key));
  return value instanceof Secret ? value : Secret.of(value ?? "");
}
