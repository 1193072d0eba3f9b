import type { KsqlPort, KsqlQuery, KsqlRefusal, KsqlSource, KsqlState, KsqlStatement } from "../../ksql.ts";
import { saidBy } from "../../ksql-message.ts";
import { placeIn } from "../../ksql-place.ts";
import type { Doubts } from "../doubts.ts";
import type { ClusterState, KsqlServerState, QueryState, SourceState } from "../state.ts";
import type { Store } from "../store.ts";
import { execute, type Outcome, sandbox } from "./request.ts";
import { replicasOf } from "./topics.ts";

/** The ksqlDB server of a recording. */
export function ksqlOf(store: Store, doubts: Doubts): KsqlPort {
  const doubt = (text: string) => doubts.add(text);
  return {
    position: undefined,
    server: () =>
      store.read((cluster) => {
        const { version, kafkaClusterId, serviceId } = server(cluster).ksql;
        return { version, kafkaClusterId, serviceId };
      }),
    read: () => store.read((cluster) => described(server(cluster))),
    check: (statements) =>
      statements.length === 0
        ? Promise.resolve(undefined)
        : store.read((cluster) => checked(server(cluster), statements, doubt)),
    execute: ({ text, properties }) =>
      store.write((cluster) => {
        const outcome = execute(server(cluster), { text, properties }, doubt);
        if ("refused" in outcome) return { ok: false, refusal: refusalOf(outcome, 0, text) };
        const last = outcome.answers.at(-1);
        const message = last?.message ?? "";
        return { ok: true, message, queryId: last?.queryId, warnings: last?.warning ? [message] : [] };
      }),
    close: async () => {},
  };
}

type Server = ClusterState & { readonly ksql: KsqlServerState };

function server(cluster: ClusterState): Server {
  // Somebody recorded the cluster anew, without it, while it was open.
  if (!cluster.ksql) throw new Error("The recording has no ksqlDB any more");
  return { ...cluster, ksql: cluster.ksql };
}

/** One request, whose statements have properties of their own: each is judged after those before it. */
function checked(
  cluster: Server,
  statements: readonly KsqlStatement[],
  doubt: (text: string) => void,
): KsqlRefusal | undefined {
  let behind = cluster;
  for (const [at, { text, properties }] of statements.entries()) {
    const { outcome, after } = sandbox(behind, { text, properties }, doubt);
    if ("refused" in outcome) return refusalOf(outcome, at, text);
    behind = after;
  }
  return undefined;
}

function refusalOf(
  { refused: { code, message } }: Extract<Outcome, { refused: unknown }>,
  statement: number,
  text: string,
): KsqlRefusal {
  const said = saidBy(message);
  return { code, message: said.message, statement, ...placeIn(text, said) };
}

function described(cluster: Server): KsqlState {
  const { sources, queries, types } = cluster.ksql;
  return {
    sources: [...sources].map(([name, source]) => describedSource(name, source, cluster)),
    queries: [...queries].map(([id, query]) => describedQuery(id, query, cluster)),
    types: new Map(types),
  };
}

function describedSource(name: string, source: SourceState, { kafka, ksql }: Server): KsqlSource {
  const { from: _, ...rest } = source;
  const topic = kafka.topics.get(source.topic);
  const idsOf = (part: "sources" | "sinks") =>
    [...ksql.queries].filter(([, query]) => query[part].includes(name)).map(([id]) => id);
  return {
    ...rest,
    name,
    partitions: topic?.partitions.length ?? 0,
    replicas: topic ? replicasOf(topic) : 0,
    readBy: idsOf("sources"),
    writtenBy: idsOf("sinks"),
    // A server doesn't tell them of a source whose topic is gone.
    dependants: topic
      ? [...ksql.sources].filter(([, { from }]) => from.includes(name)).map(([it]) => it)
      : [],
  };
}

function describedQuery(id: string, query: QueryState, { ksql }: Server): KsqlQuery {
  const topics = query.sinks.flatMap((sink) => ksql.sources.get(sink)?.topic ?? []);
  return { ...query, id, sinkTopics: topics, group: `_confluent-ksql-${ksql.serviceId}query_${id}` };
}
