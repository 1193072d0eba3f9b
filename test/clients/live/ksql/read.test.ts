import { afterEach, describe, expect, test } from "vitest";
import type { KsqlState } from "../../../../src/clients/ksql.ts";
import { READ_STATE } from "../../../../src/clients/live/ksql/state.ts";
import { transcript } from "../../../replay/server.ts";
import { against, closeAll, failureOf, genericError, ksql } from "./given.ts";

afterEach(closeAll);

/** The entities of a recorded answer. */
function entities(name: string): readonly Record<string, unknown>[] {
  return transcript(`ksql/${name}`).body as readonly Record<string, unknown>[];
}

const nothing = {
  streams: { "@type": "source_descriptions", sourceDescriptions: [] as readonly unknown[] },
  tables: { "@type": "source_descriptions", sourceDescriptions: [] as readonly unknown[] },
  queries: { "@type": "query_descriptions", queryDescriptions: [] as readonly unknown[] },
  types: { "@type": "type_list", types: {} as unknown },
};

async function read(parts: Partial<typeof nothing>): Promise<KsqlState> {
  const { streams, tables, queries, types } = { ...nothing, ...parts };
  const { port } = await against([ksql(READ_STATE, [streams, tables, queries, types])]);
  return port.read();
}

const stream = {
  name: "S",
  type: "STREAM",
  topic: "s",
  fields: [],
  statement: "CREATE STREAM S (A INTEGER) WITH (KAFKA_TOPIC='s');",
  partitions: 1,
  replication: 1,
};
const query = { id: "Q_1", statementText: "INSERT INTO S SELECT * FROM P;", queryType: "PERSISTENT" };
const streams = (...sources: readonly unknown[]) => ({
  streams: { ...nothing.streams, sourceDescriptions: sources },
});
const queries = (...descriptions: readonly unknown[]) => ({
  queries: { ...nothing.queries, queryDescriptions: descriptions },
});

test("everything that a server has, in one request", async () => {
  const { port, server } = await against([transcript("ksql/809-list-extended-one-request")]);
  const state = await port.read();
  expect(server.received).toHaveLength(1);
  expect(state.sources.map(({ name }) => name)).toEqual(["CK_HIGH", "CK"]);
  const definition =
    "CREATE STREAM CK_HIGH WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='CK_HIGH', PARTITIONS=1, REPLICAS=1, RETENTION_MS=604800000) AS SELECT *\nFROM CK CK\nWHERE (CK.AMOUNT > 5)\nEMIT CHANGES;";
  expect(state.sources[0]).toEqual({
    name: "CK_HIGH",
    type: "stream",
    topic: "CK_HIGH",
    keyFormat: "KAFKA",
    valueFormat: "JSON",
    windowType: null,
    fields: [
      { name: "USERNAME", type: { type: "scalar", name: "STRING" }, role: "value", headerKey: null },
      { name: "AMOUNT", type: { type: "scalar", name: "INTEGER" }, role: "value", headerKey: null },
    ],
    statement: definition,
    partitions: 1,
    replicas: 1,
    readBy: [],
    writtenBy: ["CSAS_CK_HIGH_61"],
    dependants: [],
  });
  expect(state.sources[1]).toMatchObject({ readBy: ["CSAS_CK_HIGH_61"], dependants: ["CK_HIGH"] });
  expect(state.queries).toEqual([
    {
      id: "CSAS_CK_HIGH_61",
      text: definition,
      state: "running",
      sources: ["CK"],
      sinks: ["CK_HIGH"],
      sinkTopics: ["CK_HIGH"],
      errors: [],
      properties: {},
      group: "_confluent-ksql-ksql_local_query_CSAS_CK_HIGH_61",
    },
  ]);
  expect(state.types).toEqual(new Map());
});

test("an empty server", async () => {
  expect(await read({})).toEqual({ sources: [], queries: [], types: new Map() });
});

describe("streams and tables", () => {
  const recorded = (name: string) => {
    const [entity] = entities(name);
    return read({ streams: { ...nothing.streams, ...entity } as typeof nothing.streams });
  };

  test("every recorded one can be read", async () => {
    const { sources } = await recorded("403-list-streams-extended-after-restart");
    expect(sources.length).toBeGreaterThan(15);
    expect(sources.find(({ name }) => name === "HV2")).toMatchObject({
      writtenBy: ["CSAS_HV2_55", "INSERTQUERY_63", "MY_INSERT"],
    });
  });

  test("types of every shape, keys and headers", async () => {
    const { sources } = await recorded("403-list-streams-extended-after-restart");
    const fieldsOf = (name: string) => sources.find((it) => it.name === name)?.fields;
    const scalar = (name: string) => ({ type: "scalar", name });
    const value = { role: "value", headerKey: null };
    const pair = (a: string, one: object, b: string, other: object) => ({
      type: "STRUCT",
      fields: [
        { name: a, type: one },
        { name: b, type: other },
      ],
    });
    expect(fieldsOf("ADDR")).toEqual([
      { name: "ID", type: scalar("INTEGER"), role: "key", headerKey: null },
      { name: "A", type: pair("STREET", scalar("STRING"), "NUM", scalar("INTEGER")), ...value },
      { name: "TAGS", type: { type: "ARRAY", member: scalar("STRING") }, ...value },
      { name: "M", type: { type: "MAP", member: { type: "DECIMAL", precision: 10, scale: 2 } }, ...value },
      { name: "D", type: scalar("DATE"), ...value },
      { name: "T", type: scalar("TIME"), ...value },
      { name: "TS", type: scalar("TIMESTAMP"), ...value },
      { name: "B", type: scalar("BYTES"), ...value },
    ]);
    expect(fieldsOf("HD")?.at(-1)).toMatchObject({ name: "H", role: "header", headerKey: null });
  });

  test("a field of one header", async () => {
    const schema = { type: "BYTES", fields: null, memberSchema: null };
    const field = { name: "H", schema, type: "HEADER", headerKey: "trace" };
    const { sources } = await read(streams({ ...stream, fields: [field] }));
    expect(sources[0]?.fields).toEqual([
      { name: "H", type: { type: "scalar", name: "BYTES" }, role: "header", headerKey: "trace" },
    ]);
  });

  test("a table, and one over windows", async () => {
    const [tables] = entities("149-list-tables-extended");
    const { sources } = await read({ tables: { ...nothing.tables, ...tables } as typeof nothing.tables });
    expect(sources.map(({ name, type, windowType }) => [name, type, windowType]).toSorted()).toEqual([
      ["TOTALS", "table", null],
      ["TOTALS_W", "table", "TUMBLING"],
      ["USERS", "table", null],
    ]);
  });

  test("a topic that is gone", async () => {
    const { sources } = await recorded("423-list-streams-extended-with-missing-topic");
    expect(sources.find(({ name }) => name === "EXT")).toMatchObject({ partitions: 0, replicas: 0 });
  });
});

describe("queries", () => {
  test.each<[string, object, string]>([
    [
      "runs on every host",
      { ksqlHostQueryStatus: { a: "RUNNING", b: "RUNNING" }, state: "RUNNING" },
      "running",
    ],
    [
      "is paused, though its state says otherwise",
      { ksqlHostQueryStatus: { a: "PAUSED" }, state: "RUNNING" },
      "paused",
    ],
    ["fails on one host", { ksqlHostQueryStatus: { a: "PAUSED", b: "ERROR", c: "UNRESPONSIVE" } }, "error"],
    [
      "has a host that doesn't answer",
      { ksqlHostQueryStatus: { a: "UNRESPONSIVE", b: "RUNNING" } },
      "unresponsive",
    ],
    ["has no hosts, and says so itself", { ksqlHostQueryStatus: {}, state: "ERROR" }, "error"],
    ["says nothing", {}, "running"],
  ])("one that %s", async (_, told, state) => {
    expect((await read(queries({ ...query, ...told }))).queries[0]?.state).toBe(state);
  });

  test("one that its sink says is paused", async () => {
    const { queries: found } = await read({
      ...streams({ ...stream, writeQueries: [{ id: "Q_1", statusCount: { PAUSED: 1 }, state: "RUNNING" }] }),
      ...queries({ ...query, state: "RUNNING", ksqlHostQueryStatus: {} }),
    });
    expect(found[0]?.state).toBe("paused");
  });

  test("faults, newest first, each once and without its trace", async () => {
    const explained = entities("617-explain-error-state")[0]?.queryDescription;
    expect((await read(queries(explained))).queries[0]).toMatchObject({
      state: "running",
      errors: [
        {
          timestamp: 1795404838029,
          message: "One or more source topics were missing during rebalance",
          type: "USER",
        },
      ],
    });
  });

  test("properties as text", async () => {
    const explained = entities("229b-explain-overridden")[0] as { queryDescriptions?: readonly unknown[] };
    const found = await read(queries(...(explained.queryDescriptions ?? [])));
    expect(found.queries.find(({ id }) => id === "CSAS_SP_99")?.properties).toEqual({
      "auto.offset.reset": "earliest",
      "ksql.streams.num.stream.threads": "1",
    });
  });

  test("only persistent ones", async () => {
    const found = await read(queries(query, { ...query, id: "transient_1", queryType: "PUSH" }));
    expect(found.queries.map(({ id }) => id)).toEqual(["Q_1"]);
  });

  test("the topic of a sink whose name isn't the topic's", async () => {
    const { queries: found } = await read({
      ...streams({ ...stream, topic: "other-topic" }),
      ...queries({ ...query, sinks: ["S"] }),
    });
    expect(found[0]?.sinkTopics).toEqual(["other-topic"]);
  });
});

test("custom types, inlined", async () => {
  const [list] = entities("181-list-types");
  const { types } = await read({ types: { ...nothing.types, ...list } as typeof nothing.types });
  expect(types.get("ADDRESS")).toEqual({
    type: "STRUCT",
    fields: [
      { name: "STREET", type: { type: "scalar", name: "STRING" } },
      { name: "NUM", type: { type: "scalar", name: "INTEGER" } },
    ],
  });
});

test("fields that no version here has are ignored", async () => {
  const { sources } = await read(streams({ ...stream, newInVersion9: { a: [1] } }));
  expect(sources[0]?.name).toBe("S");
});

describe("what can't be read is an error that names the part, and never a crash", () => {
  const nested = (depth: number): unknown =>
    depth === 0 ? { type: "STRING" } : { type: "ARRAY", memberSchema: nested(depth - 1) };
  const field = (schema: unknown) => streams({ ...stream, fields: [{ name: "A", schema }] });
  test.each<[string, Partial<typeof nothing>, string]>([
    ["a source without a name", streams({ ...stream, name: null }), "sourceDescriptions[0].name"],
    ["a source that is no object", streams("S"), "sourceDescriptions[0]"],
    ["a kind of source", streams(stream, { ...stream, type: "VIEW" }), "sourceDescriptions[1].type"],
    ["a window", streams({ ...stream, windowType: "HEXAGONAL" }), "sourceDescriptions[0].windowType"],
    ["no statement", streams({ ...stream, statement: "" }), "sourceDescriptions[0].statement"],
    ["half a partition", streams({ ...stream, partitions: 0.5 }), "sourceDescriptions[0].partitions"],
    ["fields that are no list", streams({ ...stream, fields: {} }), "sourceDescriptions[0].fields"],
    ["a type without a name", field({}), "sourceDescriptions[0].fields[0].schema.type"],
    ["a map of nothing", field({ type: "MAP" }), "sourceDescriptions[0].fields[0].schema.memberSchema"],
    [
      "a decimal without digits",
      field({ type: "DECIMAL" }),
      "sourceDescriptions[0].fields[0].schema.parameters.precision",
    ],
    [
      "a struct without fields",
      field({ type: "STRUCT", fields: null }),
      "sourceDescriptions[0].fields[0].schema.fields",
    ],
    ["a query without an id", queries({ ...query, id: 7 }), "queryDescriptions[0].id"],
    ["types that are a list", { types: { ...nothing.types, types: [] } }, "types"],
    ["another entity", { queries: { ...nothing.queries, "@type": "queries" } }, "query_descriptions"],
  ])("%s", async (_, parts, part) => {
    expect(await failureOf(read(parts))).toEqual([
      ["KP3053", `http://HOST answers what kpipe can't read: ${part}`],
    ]);
  });

  test("a type without an end", async () => {
    expect(await failureOf(read(field(nested(1_000))))).toMatchObject([["KP3053", expect.any(String)]]);
  });

  test.each<[string, unknown]>([
    ["an object", {}],
    ["too few lists", [nothing.streams]],
    ["text", '"LIST"'],
  ])("%s instead of four lists", async (_, body) => {
    const { port } = await against([ksql(READ_STATE, body)]);
    expect(await failureOf(port.read())).toMatchObject([["KP3053", expect.any(String)]]);
  });
});

test("a refusal comes in ksqlDB's words", async () => {
  const { port } = await against([ksql(READ_STATE, genericError(50000, "Error from Kafka: denied"), 500)]);
  expect(await failureOf(port.read())).toEqual([["KP3054", "http://HOST refuses: Error from Kafka: denied"]]);
});

test("a server that comes back after its connection broke is asked again", async () => {
  const answered = transcript("ksql/809-list-extended-one-request");
  const { port } = await against([answered, ksql(READ_STATE, undefined), answered]);
  await port.read();
  // The connection breaks where a server has answered before.
  expect((await port.read()).sources).toHaveLength(2);
});
