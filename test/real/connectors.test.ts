import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { definitionsOf } from "../../src/clients/live/connect/answers.ts";
import { type ConnectWorker, startConnect } from "../../stack/connect.ts";
import { type Postgres, startPostgres } from "../../stack/postgres.ts";
import { type Ran, type Workplace, workplace } from "../builders/workplace.ts";
import { DEBEZIUM_SINK, strangeKeys } from "../providers/connectors/given.ts";

/** A folder of plugin folders with a JDBC source, such as Aiven's; `stack/README.md` says how. */
const plugins = process.env.KPIPE_TEST_PLUGINS;

const environment: Record<string, string> = { SOURCE_PASSWORD: "kafka", SINK_PASSWORD: "hunter-one" };
let connect: ConnectWorker;
let postgres: Postgres;
let place: Workplace;

/** Of the connectors, what the steps below edit. */
interface Edits {
  readonly source?: string;
  readonly sink?: string;
  readonly sinkState?: string;
  readonly without?: "sink";
}

function pipeline({ source = "", sink = "", sinkState = "running", without }: Edits = {}): string {
  return `
apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: moving-rows }
connections:
  kafka: { brokers: ${JSON.stringify(inject("kafka").bootstrap)} }
  connect: { url: "${connect.url}" }
claim: { topics: ["rows.*"], connectors: ["rows-*"] }
topics:
  rows.public.purchases: { partitions: 1, replicationFactor: 1 }
connectors:
  rows-source:
    class: io.debezium.connector.postgresql.PostgresConnector
    config:
      database.hostname: ${postgres.host}
      database.port: ${postgres.port}
      database.user: ${postgres.user}
      database.password: \${env.SOURCE_PASSWORD}
      database.dbname: shop
      plugin.name: pgoutput
      slot.name: rows
      publication.name: rows
      publication.autocreate.mode: filtered
      table.include.list: public.purchases
      topic.prefix: rows
      tasks.max: 1
      ${source}
${without === "sink" ? "" : sinkEntry(sink, sinkState)}`;
}

function sinkEntry(config: string, state: string): string {
  return `
  rows-sink:
    type: jdbc-sink
    config:
      topics: rows.public.purchases
      connection.url: ${postgres.jdbcUrl("warehouse")}
      connection.username: loader
      connection.password: \${env.SINK_PASSWORD}
      insert.mode: upsert
      delete.enabled: true
      primary.key.mode: record_key
      schema.evolution: basic
      collection.name.format: purchases
      ${config}
    state: ${state}`;
}

const copied = () =>
  postgres.query("warehouse", "SELECT username, amount FROM purchases ORDER BY id").catch(() => []);

async function rest(method: string, path: string): Promise<unknown> {
  const response = await fetch(`${connect.url}${path}`, { method, signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

const apply = (...args: readonly string[]) => place.kpipe("apply", "--auto-approve", ...args);
const plan = () => place.kpipe("plan", "--detailed-exitcode");

/** A plan that finds nothing to do, after an apply. */
async function expectConverged(applied: Ran): Promise<void> {
  expect(applied, applied.stdout + applied.stderr).toMatchObject({ code: 0 });
  const next = await plan();
  expect(next, next.stdout + next.stderr).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("No changes."),
  });
}

function expectNoSecrets({ stdout, stderr }: Ran): void {
  expect(stdout + stderr).not.toContain("hunter-");
}

describe.skipIf(inject("postgresMissing") !== "")("rows move from one table into another", () => {
  beforeAll(async () => {
    const kafka = inject("kafka");
    [connect, postgres] = await Promise.all([
      startConnect({ bootstrap: kafka.bootstrap, ...(plugins !== undefined && { plugins: [plugins] }) }),
      startPostgres(),
    ]);
    await postgres.query("warehouse", "CREATE ROLE loader SUPERUSER LOGIN PASSWORD 'hunter-one'");
    place = await workplace(environment);
  });
  afterAll(async () => {
    await Promise.all([connect?.stop(), postgres?.stop(), place?.remove()]);
  });

  test("a plan shows what it would create, and no secret", async () => {
    await place.write(pipeline());
    const shown = await plan();
    expect(shown, shown.stdout + shown.stderr).toMatchObject({ code: 2, stderr: "" });
    expect(shown.stdout).toContain("+ connector/rows-sink");
    expect(shown.stdout).toMatch(/class +io\.debezium\.connector\.jdbc\.JdbcSinkConnector/);
    expect(shown.stdout).toMatch(/connection\.password +\(secret\)/);
    expectNoSecrets(shown);
  });

  test("what the worker refuses is found while planning, at the line of the key", async () => {
    await place.write(pipeline({ source: "snapshot.mode: sometimes" }));
    const refused = await plan();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/error KP2053[\s\S]+snapshot\.mode: sometimes/);
    expect(await rest("GET", "/connectors")).toEqual([]);
  });

  test("a source whose topic nobody creates is refused", async () => {
    await place.write(pipeline().replace("  rows.public.purchases:", "  rows.elsewhere:"));
    const refused = await plan();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/error KP2054[\s\S]+topic rows\.public\.purchases is not there/);
  });

  test("kpipe knows every key of the sink", async () => {
    const path = `/connector-plugins/${DEBEZIUM_SINK}/config`;
    expect(strangeKeys(DEBEZIUM_SINK, definitionsOf(await rest("GET", path)))).toEqual([]);
  });

  test("declared, it runs, and the next plan is empty", async () => {
    await place.write(pipeline());
    const applied = await apply();
    await expectConverged(applied);
    expect(applied.stderr + applied.stdout).toMatch(/\+ connector\/rows-sink +running, 1 task/);
    expectNoSecrets(applied);
  });

  test("rows inserted, changed and deleted in one table arrive in the other", async () => {
    await expect.poll(copied, { timeout: 90_000 }).toHaveLength(4);
    await postgres.query(
      "shop",
      "INSERT INTO purchases (username, currency, amount) VALUES ('edsger', 'EUR', 5); UPDATE purchases SET amount = 7 WHERE id = 1; DELETE FROM purchases WHERE id IN (2, 3, 4)",
    );
    await expect.poll(copied, { timeout: 60_000 }).toEqual([
      ["ada", "7"],
      ["edsger", "5"],
    ]);
  });

  test("config and state are changed in one apply, and back", async () => {
    await place.write(pipeline({ sink: "batch.size: 250", sinkState: "paused" }));
    const changed = await plan();
    expect(changed.stdout).toMatch(
      /~ connector\/rows-sink[\s\S]+batch\.size +\(unset\) -> 250[\s\S]+state +running -> paused/,
    );
    await expectConverged(await apply());
    expect(await rest("GET", "/connectors/rows-sink/status")).toMatchObject({
      connector: { state: "PAUSED" },
    });
    expect(await rest("GET", "/connectors/rows-sink/config")).toMatchObject({ "batch.size": "250" });

    await place.write(pipeline({ sinkState: "stopped" }));
    await expectConverged(await apply());
    expect(await rest("GET", "/connectors/rows-sink/status")).toMatchObject({
      connector: { state: "STOPPED" },
      tasks: [],
    });
    await place.write(pipeline());
    await expectConverged(await apply());
  });

  test("a task that a broken password fails is told, and mended with the new password in one apply", async () => {
    await postgres.query(
      "warehouse",
      "ALTER ROLE loader PASSWORD 'hunter-two'; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'loader'",
    );
    await postgres.query("shop", "UPDATE purchases SET amount = 8 WHERE id = 1");
    const task = () => rest("GET", "/connectors/rows-sink/tasks/0/status");
    await expect.poll(task, { timeout: 90_000 }).toMatchObject({ state: "FAILED" });

    const ill = await plan();
    expect(ill.stdout).toMatch(/! connector\/rows-sink +restart task 0, it failed/);
    const again = await apply();
    expect(again.code).toBe(4);
    expect(again.stdout + again.stderr).toMatch(/KP4051|task 0 failed/);

    environment.SINK_PASSWORD = "hunter-two";
    const mending = await plan();
    expect(mending.stdout).toMatch(/~ connector\/rows-sink[\s\S]+connection\.password +\(secret\), changed/);
    expectNoSecrets(mending);
    expectNoSecrets(await place.kpipe("plan", "--json"));
    expectNoSecrets(await place.kpipe("drift", "--json"));
    await expectConverged(await apply());
    await expect.poll(copied, { timeout: 60_000 }).toContainEqual(["ada", "8"]);
  });

  test("what was paused or deleted by hand is put back", async () => {
    await rest("PUT", "/connectors/rows-source/pause");
    await rest("DELETE", "/connectors/rows-sink");
    await expect.poll(() => rest("GET", "/connectors")).toEqual(["rows-source"]);
    const drifted = await plan();
    expect(drifted.stdout).toMatch(/! connector\/rows-source +resume/);
    expect(drifted.stdout).toContain("+ connector/rows-sink");
    await expectConverged(await apply());
    await postgres.query("shop", "UPDATE purchases SET amount = 9 WHERE id = 1");
    await expect.poll(copied, { timeout: 60_000 }).toContainEqual(["ada", "9"]);
  });

  test("a worker that is restarted in the middle of an apply is waited for", async () => {
    await place.write(pipeline({ source: "max.batch.size: 1024", sink: "batch.size: 100" }));
    const applying = apply();
    await expect
      .poll(() => rest("GET", "/connectors/rows-source/config").catch(() => undefined), {
        timeout: 60_000,
        interval: 20,
      })
      .toMatchObject({ "max.batch.size": "1024" });
    await connect.restart();
    await expectConverged(await applying);
  });

  test("what left the file stays as an orphan until it is pruned", async () => {
    await place.write(pipeline({ source: "max.batch.size: 1024", without: "sink" }));
    const orphaned = await plan();
    expect(orphaned.stdout).toMatch(/1 orphan left alone: connector\/rows-sink/);
    const pruned = await apply("--prune");
    expect(pruned, pruned.stdout + pruned.stderr).toMatchObject({ code: 0 });
    expect(pruned.stdout).toContain("it is running, and reads topic/rows.public.purchases");
    expect(await rest("GET", "/connectors")).toEqual(["rows-source"]);
  });

  // Registered where there is one, so that a skipped test of the real servers stays a fault in CI.
  if (plugins === undefined)
    process.stderr.write("No JDBC source was tried: set KPIPE_TEST_PLUGINS to a folder with one.\n");
  else
    test("a JDBC source fills the topic of a sink", async () => {
      await place.write(
        pipeline({ without: "sink" })
          .replace('topics: ["rows.*"]', 'topics: ["rows.*", "jdbc.*"]')
          .replace("topics:\n", "topics:\n  jdbc.purchases: { partitions: 1, replicationFactor: 1 }\n")
          .replace(
            "connectors:\n  rows-source",
            `connectors:
  rows-jdbc:
    type: jdbc-source
    config:
      connection.url: ${postgres.jdbcUrl("shop")}
      connection.user: ${postgres.user}
      connection.password: \${env.SOURCE_PASSWORD}
      mode: incrementing
      incrementing.column.name: id
      table.whitelist: purchases
      topic.prefix: jdbc.
  rows-source`,
          ),
      );
      await expectConverged(await apply());
      await expect
        .poll(() => rest("GET", "/connectors/rows-jdbc/topics"), { timeout: 60_000 })
        .toMatchObject({ "rows-jdbc": { topics: ["jdbc.purchases"] } });
    });
});
