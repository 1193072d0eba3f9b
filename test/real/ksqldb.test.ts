import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { KafkaPort } from "../../src/clients/kafka.ts";
import { connectKafka } from "../../src/clients/live/kafka/index.ts";
import { type Project, project } from "../builders/project.ts";
import { type KsqlServer, startKsqlServer } from "../replay/ksql-server.ts";
import { position } from "./kafka/on-brokers.ts";

// The whole command with its real clients: topics on a real broker, ksqlDB's REST API over a recorded server.

const p = `k${randomUUID().slice(0, 8)}`;
const P = p.toUpperCase();
let kafka: KafkaPort;
let server: KsqlServer;
let user: Project;

beforeAll(async () => {
  const brokers = [...inject("kafka").bootstrap];
  kafka = connectKafka({ brokers, position }, { timeoutMs: 30_000, clientId: "kpipe-test" });
  server = await startKsqlServer(kafka);
  user = await project();
});
afterAll(async () => {
  const names = (await kafka.topics()).map(({ name }) => name);
  await kafka.deleteTopics(names.filter((name) => name.toUpperCase().startsWith(P)));
  await user.remove();
  await server.close();
  await kafka.close();
});

const file = (statements: string, more = "") => `apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: ksqldb }
connections: { kafka: { brokers: ["${inject("kafka").bootstrap[0]}"] }, ksql: { url: "${server.url}" } }
claim: { topics: ["${p}*", "${P}*"], ksql: ["${p}*"] }
topics:
  ${p}: { partitions: 2, replicationFactor: 1, config: { retention.ms: 1d } }
${more}ksql:
  ${p}: { stream: { topic: ${p}, valueFormat: JSON, columns: { username: VARCHAR, amount: INT } } }
${statements}`;
const filter = (name: string, threshold: number) =>
  `  ${p}_${name}: { sql: CREATE STREAM ${p}_${name} AS SELECT * FROM ${p} WHERE amount > ${threshold}; }\n`;

/** Runs kpipe on a pipeline; its output with the exit status before it. */
async function kpipe(args: string, yaml: string): Promise<string> {
  await user.write("pipeline.yaml", yaml);
  const { status, stdout, stderr } = await user.kpipe(`${args} --wait 60s`);
  return `${status}\n${stdout}${stderr}`;
}

describe("on a real broker and ksqlDB's REST API", () => {
  test("a stream and a filter are created, changed in place and dropped, and no topic goes with it", async () => {
    expect(await kpipe("apply --auto-approve", file(filter("high", 10)))).toMatch(/^0\n[\s\S]*3 done/);
    expect(await kpipe("plan --detailed-exitcode", file(filter("high", 10)))).toMatch(
      /^0\n[\s\S]*No changes/,
    );
    expect(await kpipe("apply --auto-approve", file(filter("high", 20)))).toMatch(/^0\n[\s\S]*1 done/);
    expect(server.executed.at(-1)).toContain("PARTITIONS=2, REPLICAS=1, RETENTION_MS=86400000");
    expect(await kpipe("drift", file(filter("high", 20)))).toMatch(/^0\n/);
    const dropped = `removed: [stream/${p}_high]\n${file("")}`;
    expect(await kpipe("apply --auto-approve", dropped)).toMatch(/^0\n[\s\S]*1 done/);
    expect((await kafka.topics()).map(({ name }) => name)).toContain(`${P}_HIGH`);
    expect(server.executed.join()).not.toContain("DELETE TOPIC");
  });

  test("what the sandbox refuses stands at its place in the file, and nothing is executed", async () => {
    const before = server.executed.length;
    const wrong = file(filter("bad", 1).replace("amount", "amuont"));
    const said = await kpipe("plan", wrong);
    expect(said).toMatch(/^1\n/);
    expect(said).toContain("'AMUONT' cannot be resolved");
    expect(said).toMatch(/pipeline\.yaml:10:\d+/);
    expect(server.executed).toHaveLength(before);
  });

  test.each(["lose the answer", "be busy", "restart"] as const)(
    "a server that does this ends well: %s",
    async (fault) => {
      const name = fault.replaceAll(" ", "_");
      expect(await kpipe("apply --auto-approve", file(""))).toMatch(/^0\n/);
      server.failNext(fault);
      expect(await kpipe("apply --auto-approve", file(filter(name, 1)))).toMatch(/^0\n[\s\S]*1 done/);
      expect(server.executed.filter((it) => it.includes(`STREAM ${p}_${name} `))).toHaveLength(1);
      expect(await kpipe("plan --detailed-exitcode", file(filter(name, 1)))).toMatch(/^0\n/);
    },
  );

  test("a recording plans what the servers plan", async () => {
    const wanted = file(filter("recorded", 1));
    const live = await kpipe("plan --json", wanted);
    await kpipe("record -o cluster.json", wanted);
    const offline = await kpipe("plan --json --cluster cluster.json", wanted);
    const changesOf = (said: string) => JSON.parse(said.slice(said.indexOf("{"))).resource_changes;
    expect(changesOf(offline)).toEqual(changesOf(live));
    expect(changesOf(live).filter(({ action }: { action: string }) => action === "create")).toHaveLength(1);
  });
});
