import type { JsonSchema } from "../core/kind.ts";

const text: JsonSchema = { type: "string", minLength: 1 };

function described(description: string, schema: JsonSchema = text): JsonSchema {
  return { description, ...schema };
}

function closed(properties: Readonly<Record<string, JsonSchema>>, required?: readonly string[]): JsonSchema {
  return { type: "object", properties, ...(required && { required }), additionalProperties: false };
}

const ssl: JsonSchema = {
  description: "TLS: true for the system's certificates, or PEM texts or files, relative to this file.",
  if: { type: "object" },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: closed({
    ca: described("Authorities to trust instead of the system's."),
    cert: described("The client's certificate."),
    key: described("The key of the client's certificate."),
    passphrase: described("The passphrase of that key; best as ${env.NAME}."),
    serverName: described("The name that the server's certificate has, if it isn't the host's."),
  }),
  else: { type: "boolean" },
};

const mechanisms = ["plain", "scram-sha-256", "scram-sha-512", "oauthbearer"];
const bearer = { enum: ["oauthbearer", "OAUTHBEARER"] };

const login = closed({ mechanism: {}, username: text, password: described("Best as ${env.NAME}.") }, [
  "username",
  "password",
]);

const token = closed(
  {
    mechanism: {},
    token: {
      description: "Where the token comes from: a command that prints it, or an OAuth endpoint.",
      if: { type: "object", required: ["command"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: closed({ command: { type: "array", minItems: 1, items: text } }),
      else: closed({ endpoint: text, clientId: text, clientSecret: text, scope: text }, [
        "endpoint",
        "clientId",
        "clientSecret",
      ]),
    },
  },
  ["token"],
);

const sasl: JsonSchema = {
  description: "How to log in.",
  type: "object",
  required: ["mechanism"],
  properties: { mechanism: { enum: [...mechanisms, ...mechanisms.map((it) => it.toUpperCase())] } },
  if: { properties: { mechanism: bearer }, required: ["mechanism"] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: token,
  else: login,
};

const kafka = described(
  "The Kafka cluster.",
  closed(
    {
      brokers: {
        description: "Brokers to ask first, as host:port.",
        type: "array",
        minItems: 1,
        items: { title: "host:port", type: "string", pattern: "^[^\\s/]+:\\d{1,5}$" },
      },
      clusterId: described("Pins the cluster: any other is an error before anything is read."),
      ssl,
      sasl,
    },
    ["brokers"],
  ),
);

const http = closed(
  {
    url: {
      title: "http://host:port or https://host:port, without a user",
      type: "string",
      pattern: "^https?://[^\\s@/]+(/[^\\s@]*)?$",
    },
    auth: {
      description: "HTTP basic authentication, or a bearer token.",
      if: { type: "object", required: ["token"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: closed({ token: described("Best as ${env.NAME}.") }),
      else: closed({ username: text, password: described("Best as ${env.NAME}.") }, ["username", "password"]),
    },
    ssl,
  },
  ["url"],
);

const properties: Readonly<Record<"kafka" | "connect" | "ksql", JsonSchema>> = {
  kafka,
  connect: {
    description: "The Connect worker; or several, by names that connectors refer to.",
    if: {
      type: "object",
      minProperties: 1,
      propertyNames: { not: { enum: ["url", "auth", "ssl"] } },
      additionalProperties: { type: "object" },
    },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { type: "object", additionalProperties: http },
    else: http,
  },
  ksql: described("The ksqlDB server.", http),
};

/** The schema of `connections`: Kafka, and the servers that the registered kinds need. */
export function connectionsSchema(servers: ReadonlySet<"connect" | "ksql">): JsonSchema {
  const { kafka, connect, ksql } = properties;
  return {
    description: "Where the servers are. Without any, commands need a recorded cluster (--cluster).",
    ...closed({
      kafka,
      ...(servers.has("connect") && { connect }),
      ...(servers.has("ksql") && { ksql }),
    }),
  };
}
