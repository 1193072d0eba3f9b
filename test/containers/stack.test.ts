import { join } from "node:path";
import kafkajs from "kafkajs";
import {
  DockerComposeEnvironment,
  getContainerRuntimeClient,
  type StartedDockerComposeEnvironment,
} from "testcontainers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ksqlContract } from "../contract/ksql.ts";
import { openKsql } from "./live-ksql.ts";

const engine = await getContainerRuntimeClient().then(
  () => true,
  () => false,
);
if (!engine) process.stderr.write("\nCONTAINER TESTS SKIPPED: no container engine answers.\n\n");

async function get(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  return response.json();
}

describe.skipIf(!engine)("stack/compose.yaml", () => {
  let stack: StartedDockerComposeEnvironment;
  beforeAll(async () => {
    stack = await new DockerComposeEnvironment(join(import.meta.dirname, "../../stack"), "compose.yaml").up();
  });
  afterAll(() => stack?.down());

  test("Kafka answers on the usual port", async () => {
    const admin = new kafkajs.Kafka({
      brokers: ["127.0.0.1:9092"],
      logLevel: kafkajs.logLevel.NOTHING,
    }).admin();
    await admin.connect();
    expect((await admin.describeCluster()).brokers).toMatchObject([{ host: "127.0.0.1", port: 9092 }]);
    await admin.disconnect();
  });

  test("the worker has Confluent's JDBC source and sink", async () => {
    const plugins = await get("http://127.0.0.1:8083/connector-plugins");
    for (const name of ["JdbcSourceConnector", "JdbcSinkConnector"]) {
      expect(plugins).toContainEqual(expect.objectContaining({ class: `io.confluent.connect.jdbc.${name}` }));
    }
  });

  test("ksqlDB serves", async () => {
    const info = await get("http://127.0.0.1:8088/info");
    expect(info).toMatchObject({ KsqlServerInfo: { serverStatus: "RUNNING" } });
  });

  ksqlContract("its ksqlDB", (run) => openKsql("http://127.0.0.1:8088", ["127.0.0.1:9092"], run));
});
