import type { KsqlPort, KsqlQuery, KsqlSource } from "../../ksql.ts";
import { recordable } from "../secrecy.ts";
import type { KsqlServerState, QueryState, SourceState } from "../state.ts";

/**
 * A ksqlDB server, whole: its streams, tables and queries read each other, and a statement about one is
 * judged by all of them.
 */
export async function captureKsql(ksql: KsqlPort): Promise<KsqlServerState> {
  const { version, kafkaClusterId, serviceId } = await ksql.server();
  const { sources, queries, types } = await ksql.read();
  const sequence = Math.max(-2, ...queries.map(({ id }) => numberIn(id) + 1));
  return {
    version,
    kafkaClusterId,
    serviceId,
    sources: new Map(sources.map((source) => [source.name, sourceOf(source, sources, queries)])),
    queries: new Map(queries.map((query) => [query.id, queryOf(query)])),
    types: new Map(types),
    sequence,
    nextQuery: sequence + 1,
  };
}

/** `CSAS_ORDERS_17` was made by command 18 or an earlier one. */
function numberIn(id: string): number {
  return Number(/_(\d+)$/.exec(id)?.[1] ?? -3);
}

function sourceOf(
  source: KsqlSource,
  sources: readonly KsqlSource[],
  queries: readonly KsqlQuery[],
): SourceState {
  const { name, type, topic, keyFormat, valueFormat, windowType, fields, statement } = source;
  const told = sources.filter(({ dependants }) => dependants.includes(name)).map((it) => it.name);
  // A source whose topic is gone doesn't tell them; the query that came with it does.
  const own = queries.find(({ id, sinks }) => sinks.includes(name) && /^C[ST]AS_/.test(id));
  const from = [...new Set([...(own?.sources ?? []), ...told])];
  return { type, topic, keyFormat, valueFormat, windowType, fields, statement, from };
}

function queryOf({ text, sources, sinks, state, errors, properties }: KsqlQuery): QueryState {
  const kept = Object.entries(properties).map(([key, value]) => [key, recordable(key, value, undefined)]);
  return { text, sources, sinks, state, errors, properties: Object.fromEntries(kept) };
}
