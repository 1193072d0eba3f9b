import { describe, expect, test } from "vitest";
import type { KsqlSource, KsqlState, KsqlType } from "../../../../src/clients/ksql.ts";
import { Doubts } from "../../../../src/clients/recorded/doubts.ts";
import { createTopics } from "../../../../src/clients/recorded/kafka/topics.ts";
import { ksqlOf } from "../../../../src/clients/recorded/ksql/port.ts";
import { execute, sandbox } from "../../../../src/clients/recorded/ksql/request.ts";
import { stateOf } from "../../../../src/clients/recorded/section.ts";
import type { ClusterState } from "../../../../src/clients/recorded/state.ts";
import { recording } from "../recordings.ts";
import { differences, notAsked, otherWords, outside } from "./differences.ts";
import exchanges from "./exchanges.json" with { type: "json" };

// Every request that was sent to a real server (ksqlDB 7.9.0), in order, sent to a recorded one. Whatever is
// answered otherwise is in the list of differences, which may only shrink.

type Exchange = (typeof exchanges)[number];

/** The server was started anew before these, with what it had then. */
const sessions: Readonly<Record<string, number>> = {
  "010-list-topics-empty": -2,
  "610-create": -2,
  "800-create-base": 58,
};

function freshCluster(sequence: number): ClusterState {
  return stateOf({
    ...recording({ topics: { "pg-orders": { partitions: [{ replicas: [1] }, { replicas: [1] }] } } }),
    ksql: { version: "7.9.0", serviceId: "ksql_local_", sequence },
  });
}

let cluster = freshCluster(-2);

describe("a recorded ksqlDB answers as the real one did", () => {
  const asked = exchanges.filter(({ id }) => notAsked[id] === undefined);
  test.each(asked.map((exchange) => [exchange.id, exchange] as const))("%s", async (id, exchange) => {
    const begins = sessions[id];
    if (begins !== undefined) cluster = freshCluster(begins);
    for (const [name, topic] of Object.entries(outside[id] ?? {})) happen(name, topic);
    const differ = await compare(exchange);
    const reason = differences[id];
    if (reason === undefined) expect(differ).toEqual([]);
    else expect(differ, `"${reason}" is no difference any more`).not.toEqual([]);
  });
});

const tryOut: typeof execute = (...request) => sandbox(...request).outcome;

/** A topic that somebody created, or deleted, beside ksqlDB. */
function happen(name: string, topic: { partitions: number; config?: Record<string, string> } | null): void {
  cluster.kafka.topics.delete(name);
  if (!topic) return;
  const { partitions, config = {} } = topic;
  createTopics(
    cluster.kafka,
    [{ name, partitions, replicationFactor: 1, config: new Map(Object.entries(config)) }],
    "execute",
  );
}

/** What is answered otherwise than it was. */
async function compare(exchange: Exchange): Promise<readonly string[]> {
  const { sql, message, entities = [] } = exchange;
  // The server was busy for longer than a client waits: nothing was written, and nothing says so of a recording.
  if (message?.startsWith("Could not write the statement")) return [];
  if (!cluster.ksql) throw new Error("no ksqlDB");
  const looks = entities.filter((entity) => !("done" in entity || "warning" in entity));
  const state = await ksqlOf(
    { read: async (look) => look(cluster), write: async (change) => change(cluster) },
    new Doubts(),
  ).read();
  const differ = looks.flatMap((entity) => compareLook(entity, state));
  if (looks.length > 0 && looks.length === entities.length) return differ;

  const properties = "properties" in exchange ? (exchange.properties as Record<string, string>) : {};
  // What the real one refused must not change the recorded one either.
  const send = exchange.status >= 400 && differences[exchange.id] ? tryOut : execute;
  const outcome = send({ ...cluster, ksql: cluster.ksql }, { text: sql, properties }, () => {});
  if ("refused" in outcome) {
    const { code } = outcome.refused;
    if (otherWords.has(exchange.id)) return same({ code }, { code: exchange.code });
    return same({ code, message: outcome.refused.message }, { code: exchange.code, message });
  }
  if (exchange.status >= 400) return [`accepted, and not refused with ${exchange.code} ${message}`];
  return entities.flatMap((entity, at) => {
    const answer = outcome.answers[at];
    if ("warning" in entity) return same({ warning: answer?.warning && answer.message }, entity);
    if (!("done" in entity)) return [];
    const told = { done: answer?.statementText, message: answer?.message, queryId: answer?.queryId ?? null };
    // A server that took too long had only begun.
    return "message" in entity ? same(told, entity) : same({ done: told.done }, entity);
  });
}

function compareLook(entity: object, state: KsqlState): readonly string[] {
  const told = JSON.parse(JSON.stringify(entity)) as Record<string, unknown>;
  const sorted = <T extends { readonly name: string }>(sources: readonly T[]) =>
    sources.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if ("source" in told) {
    const name = (told.source as KsqlSource).name;
    return same(state.sources.filter((it) => it.name === name).map(shown)[0], told.source);
  }
  if ("described" in told) {
    const type = String(told.described).replace(/s;?$/, "");
    const all = sorted(state.sources.filter((it) => it.type === type));
    return same(all.map(shown), told.sources);
  }
  if ("listed" in told) {
    const type = String(told.listed).replace(/s$/, "");
    const listed = sorted(state.sources.filter((it) => it.type === type)).map(
      ({ name, topic, keyFormat, valueFormat, windowType }) => ({
        name,
        topic,
        keyFormat,
        valueFormat,
        windowed: windowType !== null,
      }),
    );
    return same(listed, told.sources);
  }
  const queries = state.queries.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  if ("queries" in told) {
    return same(
      queries.map(({ id, text, sinks, sinkTopics, state }) => ({ id, text, sinks, sinkTopics, state })),
      told.queries,
    );
  }
  if ("queryDescriptions" in told) {
    return same(
      queries.map(({ id, text, sources, sinks, properties }) => ({ id, text, sources, sinks, properties })),
      told.queryDescriptions,
    );
  }
  if ("types" in told)
    return same(Object.fromEntries([...state.types].map(([name, type]) => [name, plain(type)])), told.types);
  if ("topics" in told) {
    const topics = [...cluster.kafka.topics].map(([name, { partitions }]) => [name, partitions.length]);
    return same(
      topics.toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1)),
      told.topics,
    );
  }
  return ["not something that is looked at"];
}

function shown(source: KsqlSource) {
  const { fields, readBy, writtenBy, dependants, ...rest } = source;
  return {
    ...rest,
    fields: fields.map(({ name, type, role, headerKey }) => ({
      name,
      type: plain(type),
      ...(role !== "value" && { role }),
      ...(headerKey !== null && { headerKey }),
    })),
    readBy: readBy.toSorted(),
    writtenBy: writtenBy.toSorted(),
    dependants: dependants.toSorted(),
  };
}

function plain(type: KsqlType): unknown {
  switch (type.type) {
    case "scalar":
      return type.name;
    case "DECIMAL":
      return type;
    case "ARRAY":
    case "MAP":
      return { type: type.type, member: plain(type.member) };
    case "STRUCT":
      return { type: "STRUCT", fields: type.fields.map((it) => ({ name: it.name, type: plain(it.type) })) };
  }
}

function same(is: unknown, was: unknown): readonly string[] {
  try {
    expect(is).toEqual(was);
    return [];
  } catch {
    return [`${JSON.stringify(is)}\n  instead of ${JSON.stringify(was)}`];
  }
}
