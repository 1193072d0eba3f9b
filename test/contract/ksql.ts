import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KsqlOutcome, KsqlPort } from "../../src/clients/ksql.ts";

/** A ksqlDB server of the 0.29 line or later on a Kafka of one broker. */
export interface KsqlUnderTest {
  readonly ksql: KsqlPort;
  readonly kafkaClusterId: string;
  close(): Promise<void>;
}

/** What KsqlPort promises, the same for every implementation and every real server. */
export function ksqlContract(name: string, open: (run: string) => Promise<KsqlUnderTest>): void {
  describe(name, () => {
    const run = `C${randomUUID().slice(0, 8).toUpperCase()}`;
    let server: KsqlUnderTest;
    let ksql: KsqlPort;
    beforeAll(async () => {
      server = await open(run);
      ksql = server.ksql;
    });
    afterAll(async () => {
      if (ksql) await leaveNothing(ksql, run);
      await server?.close();
    });

    /** Statements of this run: `{}` stands for its prefix. */
    const sql = (text: string, properties: Readonly<Record<string, string>> = {}) => ({
      text: text.replaceAll("{}", run),
      properties,
    });
    const execute = (text: string, properties?: Readonly<Record<string, string>>) =>
      ksql.execute(sql(text, properties), () => {});
    const check = (...texts: readonly string[]) => ksql.check(texts.map((text) => sql(text)));
    const source = async (suffix: string) =>
      (await ksql.read()).sources.find((it) => it.name === `${run}${suffix}`);
    const query = async (id: string) => (await ksql.read()).queries.find((it) => it.id === id);
    const stream = (suffix: string, columns = "id INT KEY, v VARCHAR, n INT") =>
      `CREATE STREAM {}${suffix} (${columns}) WITH (KAFKA_TOPIC='{}${suffix}', VALUE_FORMAT='JSON', PARTITIONS=1, REPLICAS=1);`;

    test("the server tells its version, its Kafka and its service", async () => {
      const { version, kafkaClusterId, serviceId } = await ksql.server();
      expect(version).toMatch(/^\d+\.\d+\.\d+/);
      expect(kafkaClusterId).toBe(server.kafkaClusterId);
      expect(serviceId).not.toBe("");
    });

    describe("a stream", () => {
      test("is told as the server rewrites it", async () => {
        expectOk(await execute(stream("_TOLD", "id INT KEY, v VARCHAR, d DECIMAL(10,2), t ARRAY<INT>")));
        expect(await source("_TOLD")).toEqual({
          name: `${run}_TOLD`,
          type: "stream",
          topic: `${run}_TOLD`,
          keyFormat: "KAFKA",
          valueFormat: "JSON",
          windowType: null,
          fields: [
            { name: "ID", type: scalar("INTEGER"), role: "key", headerKey: null },
            { name: "V", type: scalar("STRING"), role: "value", headerKey: null },
            { name: "D", type: { type: "DECIMAL", precision: 10, scale: 2 }, role: "value", headerKey: null },
            { name: "T", type: { type: "ARRAY", member: scalar("INTEGER") }, role: "value", headerKey: null },
          ],
          statement: expect.stringMatching(
            /^CREATE STREAM \w+ \(ID INTEGER KEY, V STRING, D DECIMAL\(10, 2\), T ARRAY<INTEGER>\) WITH \(/,
          ),
          partitions: 1,
          replicas: 1,
          readBy: [],
          writtenBy: [],
          dependants: [],
        });
      });

      test("can't be created twice, and can be if it doesn't exist", async () => {
        expectOk(await execute(stream("_TWICE")));
        expect(await execute(stream("_TWICE"))).toEqual(
          refused(40001, `Cannot add stream '${run}_TWICE': A stream with the same name already exists`),
        );
        expect(await execute(stream("_TWICE").replace("STREAM", "STREAM IF NOT EXISTS"))).toMatchObject({
          ok: true,
          warnings: [expect.stringContaining("already exists")],
        });
      });

      test("needs its topic, or the number of its partitions", async () => {
        const answer = await execute(
          "CREATE STREAM {}_LOST (id INT KEY) WITH (KAFKA_TOPIC='{}_LOST', VALUE_FORMAT='JSON');",
        );
        expect(answer).toMatchObject({ ok: false, refusal: { code: 40000 } });
        expect(!answer.ok && answer.refusal.message).toMatch(`Topic '${run}_LOST' does not exist.`);
        expect(await source("_LOST")).toBeUndefined();
      });

      test("gets columns at its end, and loses none", async () => {
        expectOk(await execute(stream("_GROWS")));
        const wider = stream("_GROWS", "id INT KEY, v VARCHAR, n INT, more INT");
        expectOk(await execute(wider.replace("CREATE", "CREATE OR REPLACE")));
        expect((await source("_GROWS"))?.fields.map((field) => field.name)).toEqual(["ID", "V", "N", "MORE"]);
        const narrower = stream("_GROWS", "id INT KEY, v VARCHAR").replace("CREATE", "CREATE OR REPLACE");
        const answer = await execute(narrower);
        expect(!answer.ok && answer.refusal.message).toMatch(/^Cannot upgrade data source: /);
      });

      test("is altered by a second statement", async () => {
        expectOk(await execute(stream("_ALTERED")));
        expectOk(await execute("ALTER STREAM {}_ALTERED ADD COLUMN extra VARCHAR;"));
        const altered = await source("_ALTERED");
        expect(altered?.fields.at(-1)?.name).toBe("EXTRA");
        expect(altered?.statement.split("\n").at(-1)).toMatch(/^ALTER STREAM \w+ ADD COLUMN extra VARCHAR;$/);
      });
    });

    describe("a query", () => {
      test("reads a stream, writes another, and can be replaced", async () => {
        expectOk(await execute(stream("_IN")));
        const created = await execute("CREATE STREAM {}_OUT AS SELECT id, v FROM {}_IN WHERE n > 1;", {
          "auto.offset.reset": "earliest",
        });
        const id = created.ok ? (created.queryId ?? "") : "";
        expect(id).toMatch(new RegExp(`^CSAS_${run}_OUT_\\d+$`));
        expect(await query(id)).toMatchObject({
          sources: [`${run}_IN`],
          sinks: [`${run}_OUT`],
          sinkTopics: [`${run}_OUT`],
          properties: { "auto.offset.reset": "earliest" },
          group: `_confluent-ksql-${(await ksql.server()).serviceId}query_${id}`,
        });
        expect(await source("_IN")).toMatchObject({ readBy: [id], dependants: [`${run}_OUT`] });
        expect(await source("_OUT")).toMatchObject({
          writtenBy: [id],
          statement: `CREATE STREAM ${run}_OUT WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='${run}_OUT', PARTITIONS=1, REPLICAS=1, RETENTION_MS=604800000) AS SELECT\n  ${run}_IN.ID ID,\n  ${run}_IN.V V\nFROM ${run}_IN ${run}_IN\nWHERE (${run}_IN.N > 1)\nEMIT CHANGES;`,
        });
        expectOk(await execute("CREATE OR REPLACE STREAM {}_OUT AS SELECT id, v FROM {}_IN WHERE n > 2;"));
        expect((await query(id))?.text).toMatch(/^CREATE OR REPLACE STREAM [\s\S]*N > 2\)/);
      });

      test("is paused and resumed", async () => {
        expectOk(await execute(stream("_FLOW")));
        const created = await execute("CREATE STREAM {}_FLOWN AS SELECT * FROM {}_FLOW;");
        const id = created.ok ? (created.queryId ?? "") : "";
        expectOk(await execute(`PAUSE ${id};`));
        expect((await query(id))?.state).toBe("paused");
        expectOk(await execute(`RESUME ${id};`));
        expect((await query(id))?.state).toBe("running");
      });

      test("keeps what it reads from being dropped", async () => {
        expectOk(await execute(stream("_USED")));
        expectOk(await execute("CREATE STREAM {}_USER AS SELECT * FROM {}_USED;"));
        expect(await execute("DROP STREAM {}_USED;")).toEqual(
          refused(
            40001,
            `Cannot drop ${run}_USED. The following streams and/or tables read from this source: [${run}_USER]. You need to drop them before dropping ${run}_USED.`,
          ),
        );
        expectOk(await execute("DROP STREAM {}_USER;"));
        expectOk(await execute("DROP STREAM {}_USED;"));
        expect(await source("_USED")).toBeUndefined();
      });

      test("inserts under an id of its own, until it is terminated", async () => {
        expectOk(await execute(stream("_FROM")));
        expectOk(await execute(stream("_INTO")));
        const insert = "INSERT INTO {}_INTO WITH (QUERY_ID='{}_ins') SELECT id, v, n FROM {}_FROM;";
        expect(await execute(insert)).toMatchObject({ ok: true, queryId: `${run}_INS` });
        expect(await query(`${run}_INS`)).toMatchObject({ text: sql(insert).text, sinks: [`${run}_INTO`] });
        expect(await execute(insert)).toEqual(refused(40001, `Query ID '${run}_INS' already exists.`));
        expectOk(await execute("TERMINATE {}_INS;"));
        expect(await query(`${run}_INS`)).toBeUndefined();
        expect(await execute("TERMINATE {}_INS;")).toEqual(refused(40001, `Unknown queryId: ${run}_INS`));
      });
    });

    test("types are kept, put in where they are used, and dropped", async () => {
      expectOk(await execute("CREATE TYPE {}_ADDRESS AS STRUCT<street VARCHAR>;"));
      const { types } = await ksql.read();
      const address = { type: "STRUCT", fields: [{ name: "STREET", type: scalar("STRING") }] };
      expect(types.get(`${run}_ADDRESS`)).toEqual(address);
      expectOk(await execute(stream("_HOME", "id INT KEY, a {}_ADDRESS")));
      expectOk(await execute("DROP TYPE {}_ADDRESS;"));
      expect((await source("_HOME"))?.fields[1]?.type).toEqual(address);
      expect(await execute("DROP TYPE {}_ADDRESS;")).toEqual(
        refused(40001, `Type ${run}_ADDRESS does not exist.`),
      );
    });

    describe("checking", () => {
      test("takes a chain that isn't there yet, and leaves nothing of it", async () => {
        const chain = [
          stream("_C1"),
          "CREATE STREAM {}_C2 AS SELECT * FROM {}_C1 WHERE n > 1;",
          "CREATE TABLE {}_C3 AS SELECT v, COUNT(*) AS c FROM {}_C2 GROUP BY v;",
        ];
        expect(await check(...chain)).toBeUndefined();
        expect(await check()).toBeUndefined();
        expect(await source("_C1")).toBeUndefined();
        expect(await check(...chain)).toBeUndefined();
      });

      test("tells which statement is wrong, and where", async () => {
        const refusal = await check(stream("_C1"), "CREATE STREAM {}_C2 AS\n  SELECT nosuch FROM {}_C1;");
        expect(refusal).toMatchObject({ code: 40001, statement: 1, line: 2, column: 10 });
        expect(refusal?.message).toMatch(/SELECT column 'NOSUCH' cannot be resolved\.$/);
      });

      test("judges each statement by its own properties", async () => {
        const chain = (offsets: string) => [
          sql(stream("_P1")),
          sql("CREATE STREAM {}_P2 AS SELECT * FROM {}_P1;", { "auto.offset.reset": offsets }),
          sql("CREATE STREAM {}_P3 AS SELECT * FROM {}_P2;"),
        ];
        expect(await ksql.check(chain("earliest"))).toBeUndefined();
        expect(await ksql.check(chain("sometimes"))).toMatchObject({ statement: 1 });
      });

      test("tells what is missing", async () => {
        expect(await check("CREATE STREAM {}_C2 AS SELECT * FROM {}_NOSUCH;")).toMatchObject({
          code: 40001,
          message: `${run}_NOSUCH does not exist.`,
        });
        expect(await check("DROP TABLE {}_NOSUCH;")).toMatchObject({
          code: 40001,
          message: `Table ${run}_NOSUCH does not exist.`,
        });
      });
    });
  });
}

/** Drops what a run has made, what reads before what is read; a server may be shared. */
async function leaveNothing(ksql: KsqlPort, run: string): Promise<void> {
  const does = (text: string) => ksql.execute({ text, properties: {} }, () => {});
  const { queries, sources, types } = await ksql.read();
  const ours = (name: string) => name.startsWith(run);
  for (const { id } of queries.filter((it) => ours(it.id))) await does(`TERMINATE ${id};`);
  let left = sources.filter(({ name }) => ours(name));
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name));
    const ends = left.filter(({ dependants }) => !dependants.some((it) => names.has(it)));
    if (ends.length === 0) throw new Error(`can't drop ${[...names].join(", ")}`);
    for (const { type, name } of ends) await does(`DROP ${type.toUpperCase()} IF EXISTS ${name};`);
    left = left.filter((it) => !ends.includes(it));
  }
  for (const name of types.keys()) if (ours(name)) await does(`DROP TYPE IF EXISTS ${name};`);
}

function expectOk(outcome: KsqlOutcome): void {
  expect(outcome).toMatchObject({ ok: true });
}

function refused(code: number, message: string) {
  return { ok: false, refusal: expect.objectContaining({ code, message }) };
}

function scalar(name: string) {
  return { type: "scalar", name };
}
