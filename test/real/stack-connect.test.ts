import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type ConnectWorker, startConnect } from "../../stack/connect.ts";
import { type Postgres, startPostgres } from "../../stack/postgres.ts";

let connect: ConnectWorker;

beforeAll(async () => {
  connect = await startConnect({ bootstrap: inject("kafka").bootstrap });
});
afterAll(() => connect?.stop());

async function rest(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${connect.url}${path}`, {
    signal: AbortSignal.timeout(10_000),
    ...(body && {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

describe("the worker", () => {
  test("is one of the shared broker's cluster", async () => {
    expect(await rest("/")).toMatchObject({ version: "4.3.1", kafka_cluster_id: inject("kafka").clusterId });
  });

  test("has the bundled plugins", async () => {
    const plugins = await rest("/connector-plugins");
    for (const name of [
      "org.apache.kafka.connect.file.FileStreamSourceConnector",
      "org.apache.kafka.connect.file.FileStreamSinkConnector",
      "io.debezium.connector.postgresql.PostgresConnector",
      "io.debezium.connector.jdbc.JdbcSinkConnector",
    ]) {
      expect(plugins).toContainEqual(expect.objectContaining({ class: name }));
    }
  });

  test("accepts and stays silent while it is paused", async () => {
    connect.pause();
    await expect(fetch(connect.url, { signal: AbortSignal.timeout(1_000) })).rejects.toThrow(/timeout/);
    connect.resume();
    await expect.poll(() => rest("/connectors"), { timeout: 60_000 }).toEqual([]);
  });

  test("keeps its connectors when it is killed and started again", async () => {
    const config = { "connector.class": "FileStreamSource", file: "/dev/null", topic: "stack-connect-none" };
    await expect.poll(() => rest("/connectors", { name: "kept", config }), { timeout: 60_000 }).toBeTruthy();
    await connect.kill();
    await expect(rest("/connectors")).rejects.toThrow();
    await connect.restart();
    expect(await rest("/connectors")).toEqual(["kept"]);
  });
});

describe.skipIf(inject("postgresMissing") !== "")("the database", () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());

  test("has a shop with purchases", async () => {
    expect(
      await postgres.query("shop", "SELECT username, currency, amount FROM purchases WHERE id = 2"),
    ).toEqual([["grace", "USD", "250000"]]);
  });

  test("keeps its rows when it is killed and started again", async () => {
    await postgres.query(
      "shop",
      "INSERT INTO purchases (username, currency, amount) VALUES ('edsger', 'EUR', 1)",
    );
    await postgres.kill();
    await expect(postgres.query("shop", "SELECT 1")).rejects.toThrow(/refused/);
    await postgres.restart();
    expect(await postgres.query("shop", "SELECT count(*) FROM purchases")).toEqual([["5"]]);
  });

  test("is followed by Debezium's source and filled by its sink: inserts, updates and deletes", async () => {
    const { user, password } = postgres;
    await rest("/connectors", {
      name: "shop-source",
      config: {
        "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
        "plugin.name": "pgoutput",
        "database.hostname": postgres.host,
        "database.port": String(postgres.port),
        "database.user": user,
        "database.password": password,
        "database.dbname": "shop",
        "topic.prefix": "stack",
        "topic.creation.default.partitions": "1",
        "topic.creation.default.replication.factor": "1",
        "table.include.list": "public.purchases",
      },
    });
    await rest("/connectors", {
      name: "warehouse-sink",
      config: {
        "connector.class": "io.debezium.connector.jdbc.JdbcSinkConnector",
        topics: "stack.public.purchases",
        "connection.url": postgres.jdbcUrl("warehouse"),
        "connection.username": user,
        "connection.password": password,
        "insert.mode": "upsert",
        "delete.enabled": "true",
        "primary.key.mode": "record_key",
        "schema.evolution": "basic",
        "collection.name.format": "purchases",
      },
    });
    const copied = () =>
      postgres.query("warehouse", "SELECT username, amount FROM purchases ORDER BY id").catch(() => []);
    await expect.poll(copied, { timeout: 90_000 }).toHaveLength(5);
    await postgres.query(
      "shop",
      "UPDATE purchases SET amount = 7 WHERE id = 1; DELETE FROM purchases WHERE id > 1",
    );
    await expect.poll(copied, { timeout: 60_000 }).toEqual([["ada", "7"]]);
  });
});
