import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { KafkaPort } from "../../src/clients/kafka.ts";
import type { KsqlPort, KsqlQuery, KsqlRefusal, KsqlSource, KsqlType } from "../../src/clients/ksql.ts";
import { READ_STATE } from "../../src/clients/live/ksql/state.ts";
import { subjectOf } from "../../src/clients/live/ksql/subject.ts";
import { Doubts } from "../../src/clients/recorded/doubts.ts";
import { ksqlOf } from "../../src/clients/recorded/ksql/port.ts";
import type { ClusterState, PartitionState } from "../../src/clients/recorded/state.ts";
import { memoryStore } from "../../src/clients/recorded/store.ts";
import { parseStatements } from "../../src/ksql/syntax/index.ts";

/** What happens to the next statement that would be executed. */
export type Fault =
  /** It is executed, and the connection is cut instead of an answer. */
  | "lose the answer"
  /** The command runner is busy with another statement: 500, and not written (KSQL.md, "Order, time, failure"). */
  | "be busy"
  /** The server ends before it has read it, refuses connections, and is not ready for a while (50302). */
  | "restart";

/** The REST API of a ksqlDB server over the recorded one, on the topics of a real broker. */
export interface KsqlServer {
  readonly url: string;
  /** Every statement that was executed, in order. */
  readonly executed: readonly string[];
  failNext(fault: Fault): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function startKsqlServer(kafka: KafkaPort): Promise<KsqlServer> {
  const { clusterId, brokers } = await kafka.cluster();
  const store = memoryStore({
    kind: "Recording",
    formatVersion: 1,
    kafka: { clusterId, brokers: brokers.map(({ id, host, port }) => ({ id, host, port })) },
    ksql: { version: "7.9.0", serviceId: "kpipe_test" },
  });
  const ksql = ksqlOf(store, new Doubts());
  const executed: string[] = [];
  let fault: Fault | undefined;
  let unready = 0;

  /** One statement that changes something, on the topics as they are; topics that it made are made for real. */
  async function execute(sql: string, properties: Readonly<Record<string, string>>): Promise<Answer> {
    await takeTopics(kafka, store.write);
    const before = await store.read(namesOf);
    executed.push(sql);
    const outcome = await ksql.execute({ text: sql, properties }, () => {});
    if (!outcome.ok) return refused(outcome.refusal, sql);
    await makeTopics(kafka, before, await store.read((state) => new Map(state.kafka.topics)));
    const commandStatus = { status: "SUCCESS", message: outcome.message, queryId: outcome.queryId ?? null };
    const commandId = subjectOf(sql)?.commandId ?? "";
    const entity = { "@type": "currentStatus", statementText: sql, commandId, commandStatus };
    return { status: 200, body: [{ ...entity, commandSequenceNumber: executed.length, warnings: [] }] };
  }

  async function answer(sql: string, properties: Readonly<Record<string, string>>): Promise<Answer | Fault> {
    if (sql === READ_STATE) {
      await takeTopics(kafka, store.write);
      return { status: 200, body: entitiesOf(await ksql.read()) };
    }
    if (sql.startsWith("DESCRIBE")) return described(sql, await ksql.read());
    if (sql.startsWith("LIST")) return listed(sql, await ksql.read());
    const statements = parseStatements(sql).map(({ span }) => `${sql.slice(span.start, span.end)};`);
    if (sql.includes("KPIPE_CHECK_")) {
      await takeTopics(kafka, store.write);
      return checked(ksql, statements);
    }
    const [only = "", second] = statements;
    if (second !== undefined) throw new Error("kpipe executes one statement at a time");
    const now = fault;
    fault = undefined;
    switch (now) {
      case undefined:
        return execute(only, properties);
      case "lose the answer":
        await execute(only, properties);
        return now;
      case "be busy":
        return failed(
          50000,
          "Could not write the statement 'x' into the command topic. Caused by: Timeout while waiting for command topic consumer to process command topic",
        );
      case "restart":
        unready = 3;
        return now;
    }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const respond = ({ status, body }: Answer): void => {
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    };
    const sent = await text(request);
    if (unready > 0) {
      unready -= 1;
      return respond({
        status: 503,
        body: {
          "@type": "generic_error",
          error_code: 50302,
          message: "KSQL is not yet ready to serve requests.",
        },
      });
    }
    const path = request.url ?? "";
    if (path === "/info") {
      const { version, kafkaClusterId, serviceId } = await ksql.server();
      return respond({
        status: 200,
        body: {
          KsqlServerInfo: { version, kafkaClusterId, ksqlServiceId: serviceId, serverStatus: "RUNNING" },
        },
      });
    }
    if (path.startsWith("/is_valid_property/")) return respond({ status: 200, body: true });
    if (path.startsWith("/status/")) return respond(failed(40400, "Command not found"));
    const { ksql: sql, streamsProperties } = JSON.parse(sent);
    const result = await answer(sql, streamsProperties ?? {});
    if (typeof result === "object") return respond(result);
    request.socket.destroy();
    if (result === "restart") await restart();
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((cause) => response.writeHead(500).end(String(cause)));
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const bound = server.address();
    if (bound === null || typeof bound === "string") throw new Error("not bound");
    return bound.port;
  };
  const port = await listen(0);
  const end = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  async function restart(): Promise<void> {
    await end();
    setTimeout(() => void listen(port), 500);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    executed,
    failNext: (next) => {
      fault = next;
    },
    close: end,
  };
}

function namesOf({ kafka }: ClusterState): ReadonlySet<string> {
  return new Set(kafka.topics.keys());
}

async function takeTopics(
  kafka: KafkaPort,
  write: <T>(change: (state: ClusterState) => T) => Promise<T>,
): Promise<void> {
  const topics = await kafka.topics();
  const overrides = await kafka.topicOverrides(topics.map(({ name }) => name));
  await write(({ kafka: { topics: known } }) => {
    known.clear();
    for (const { name, internal, partitions } of topics) {
      const config = new Map(overrides.get(name) ?? []);
      known.set(name, { internal, config, partitions: partitions.map(partitionOf) });
    }
  });
}

function partitionOf({
  replicas,
  leader,
  inSync,
}: Pick<PartitionState, "replicas" | "leader" | "inSync">): PartitionState {
  return { replicas, leader, inSync, earliest: 0n, latest: 0n, bytes: 0, times: [] };
}

async function makeTopics(
  kafka: KafkaPort,
  before: ReadonlySet<string>,
  after: ClusterState["kafka"]["topics"],
): Promise<void> {
  const made = [...after].filter(([name]) => !before.has(name));
  const results = await kafka.createTopics(
    made.map(([name, { partitions, config }]) => ({
      name,
      partitions: partitions.length,
      replicationFactor: partitions[0]?.replicas.length ?? 1,
      config: new Map([...config].flatMap(([key, value]) => (value === null ? [] : [[key, value]]))),
    })),
    "execute",
  );
  for (const result of results.values()) if (!result.ok) throw new Error(result.error.message);
}

function failed(code: number, message: string): Answer {
  return { status: Math.floor(code / 100), body: { "@type": "generic_error", error_code: code, message } };
}

function refused({ code, message, line, column }: KsqlRefusal, statementText: string): Answer {
  const said = line === undefined ? message : `Line: ${line}, Col: ${column}: ${message}`;
  const body = { "@type": "statement_error", error_code: code, message: said, statementText, entities: [] };
  return { status: Math.floor(code / 100), body };
}

/** The last statement drops a stream that isn't there: all before it are sound if that is what is refused. */
async function checked(ksql: KsqlPort, statements: readonly string[]): Promise<Answer> {
  const probe = statements.at(-1) ?? "";
  const asked = statements.slice(0, -1).filter((it) => !/^(UN)?SET /.test(it));
  const refusal = await ksql.check(asked.map((it) => ({ text: it, properties: {} })));
  const name = /STREAM (\w+)/.exec(probe)?.[1];
  if (refusal === undefined)
    return refused({ code: 40001, message: `Stream ${name} does not exist.`, statement: 0 }, probe);
  const { line, column, ...rest } = refusal;
  const before = statements.slice(0, statements.indexOf(asked[refusal.statement ?? 0] ?? ""));
  const lines = before.join("\n").split("\n").length + (before.length > 0 ? 1 : 0);
  const place = line === undefined ? {} : { line: line + lines - 1, ...(column !== undefined && { column }) };
  return refused({ ...rest, ...place }, asked[refusal.statement ?? 0] ?? "");
}

type State = Awaited<ReturnType<KsqlPort["read"]>>;

function entitiesOf({ sources, queries, types }: State): readonly unknown[] {
  const of = (type: KsqlSource["type"]) => ({
    "@type": "source_descriptions",
    sourceDescriptions: sources.filter((it) => it.type === type).map((it) => descriptionOf(it, queries)),
  });
  return [
    of("stream"),
    of("table"),
    { "@type": "query_descriptions", queryDescriptions: queries.map(queryOf) },
    {
      "@type": "type_list",
      types: Object.fromEntries([...types].map(([name, type]) => [name, schemaOf(type)])),
    },
  ];
}

function descriptionOf(source: KsqlSource, queries: readonly KsqlQuery[]) {
  const running = (ids: readonly string[]) =>
    queries
      .filter(({ id }) => ids.includes(id))
      .map(({ id, text: queryString, sinks, sinkTopics, state }) => ({
        id,
        queryString,
        sinks,
        sinkKafkaTopics: sinkTopics,
        statusCount: { [state.toUpperCase()]: 1 },
        state: "RUNNING",
        queryType: "PERSISTENT",
      }));
  return {
    ...source,
    type: source.type.toUpperCase(),
    replication: source.replicas,
    fields: source.fields.map(({ name, type, role, headerKey }) => ({
      name,
      schema: schemaOf(type),
      ...(role !== "value" && { type: role.toUpperCase() }),
      ...(headerKey !== null && { headerKey }),
    })),
    readQueries: running(source.readBy),
    writeQueries: running(source.writtenBy),
    sourceConstraints: source.dependants,
  };
}

function queryOf({ id, text: statementText, sources, sinks, state, errors, properties, group }: KsqlQuery) {
  return {
    id,
    statementText,
    sources,
    sinks,
    ksqlHostQueryStatus: { "127.0.0.1:8088": state.toUpperCase() },
    queryType: "PERSISTENT",
    queryErrors: errors.map(({ timestamp, message, type }) => ({ timestamp, errorMessage: message, type })),
    overriddenProperties: properties,
    consumerGroupId: group,
    state: "RUNNING",
  };
}

function schemaOf(type: KsqlType): unknown {
  switch (type.type) {
    case "scalar":
      return { type: type.name, fields: null, memberSchema: null };
    case "DECIMAL":
      return { type: "DECIMAL", parameters: { precision: type.precision, scale: type.scale } };
    case "ARRAY":
    case "MAP":
      return { type: type.type, memberSchema: schemaOf(type.member) };
    case "STRUCT":
      return {
        type: "STRUCT",
        fields: type.fields.map((it) => ({ name: it.name, schema: schemaOf(it.type) })),
      };
  }
}

function described(sql: string, { sources, queries }: State): Answer {
  const name = /^DESCRIBE `(.*)`;$/s.exec(sql)?.[1]?.replaceAll("``", "`");
  const source = sources.find((it) => it.name === name);
  if (source === undefined)
    return refused(
      { code: 40001, message: `Could not find STREAM/TABLE '${name}' in the Metastore`, statement: 0 },
      sql,
    );
  return {
    status: 200,
    body: [{ "@type": "sourceDescription", sourceDescription: descriptionOf(source, queries) }],
  };
}

function listed(sql: string, { queries, types }: State): Answer {
  const entity = sql.startsWith("LIST QUERIES")
    ? {
        "@type": "queries",
        queries: queries.map((it) => ({ ...queryOf(it), statusCount: { [it.state.toUpperCase()]: 1 } })),
      }
    : {
        "@type": "type_list",
        types: Object.fromEntries([...types].map(([name, type]) => [name, schemaOf(type)])),
      };
  return { status: 200, body: [entity] };
}
