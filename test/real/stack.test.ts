import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../stack/cluster.ts";
import { freePorts } from "../../stack/ports.ts";

async function ask<T>(address: string, question: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
  const admin = new kafkajs.Kafka({
    brokers: [address],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    retry: { retries: 0 },
  }).admin();
  try {
    await admin.connect();
    return await question(admin);
  } finally {
    await admin.disconnect();
  }
}

const topicsOf = (address: string) => ask(address, (admin) => admin.listTopics());
const createTopic = (address: string, topic: string, replicationFactor = 1) =>
  ask(address, (admin) => admin.createTopics({ topics: [{ topic, replicationFactor }] }));
const first = ({ bootstrap: [address = ""] }: { readonly bootstrap: readonly string[] }) => address;

async function accepts(address: string): Promise<boolean> {
  const [host, port] = address.split(":");
  const socket = connect({ host: host ?? "", port: Number(port) });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Holds a port, as a program that has nothing to do with the stack would. */
async function holdPort(port: number): Promise<() => void> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return () => server.close();
}

test("the shared broker is the cluster that it says it is", async () => {
  const { clusterId } = await ask(first(inject("kafka")), (admin) => admin.describeCluster());
  expect(clusterId).toBe(inject("kafka").clusterId);
});

describe.each(["4.3.1", "3.9.2"] as const)("a broker of Kafka %s", (version) => {
  let kafka: KafkaCluster;
  beforeAll(async () => {
    kafka = await startKafka({ version });
  });
  afterAll(() => kafka?.stop());

  test("answers, and creates no topics by itself", async () => {
    expect(await topicsOf(first(kafka))).toEqual([]);
    expect(await kafka.logs(0)).toContain("Kafka Server started");
  });

  test("keeps its topics when it is killed and started again", async () => {
    await createTopic(first(kafka), "kept");
    await kafka.kill(0);
    expect(await accepts(first(kafka))).toBe(false);
    await kafka.restart(0);
    expect(await topicsOf(first(kafka))).toEqual(["kept"]);
  });

  test("accepts and stays silent while it is paused", async () => {
    kafka.pause(0);
    expect(await accepts(first(kafka))).toBe(true);
    // A process that is told to stop may still answer once.
    const silent = () =>
      topicsOf(first(kafka)).then(
        () => false,
        () => true,
      );
    await expect.poll(silent, { timeout: 60_000 }).toBe(true);
    kafka.resume(0);
    await expect.poll(() => topicsOf(first(kafka)), { timeout: 60_000 }).toEqual(["kept"]);
  });
});

test("three brokers hold three copies, and serve on when one is killed", async () => {
  const kafka = await startKafka({ brokers: 3 });
  try {
    await createTopic(first(kafka), "copied", 3);
    await kafka.kill(0);
    // A client meets the dead broker in the metadata until the cluster has noticed.
    await expect.poll(() => topicsOf(kafka.bootstrap[1] ?? ""), { timeout: 60_000 }).toEqual(["copied"]);
  } finally {
    await kafka.stop();
  }
});

describe("what goes wrong", () => {
  test("a port that something else holds is named before anything starts", async () => {
    const [port = 0] = await freePorts(1);
    const release = await holdPort(port);
    await expect(startKafka({ ports: [port] })).rejects.toThrow(
      `Port ${port}, wanted for kafka-1, is held by another program.`,
    );
    release();
  });

  test("a server that dies shows the end of its log", async () => {
    const started = startKafka({ properties: { "authorizer.class.name": "no.such.Authorizer" } });
    await expect(started).rejects.toThrow(
      /^kafka-1 ended with code 1 before it answered\.[\s\S]+ \| .*no\.such\.Authorizer/,
    );
  });

  test("brokers end with the program that started them, even if it is killed", async () => {
    const temporary = await mkdtemp(join(tmpdir(), "kpipe-owner-"));
    const owner = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "kafka-owner.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TMPDIR: temporary },
    });
    const [output] = await once(owner.stdout, "data");
    const address = String(output).trim();
    expect(await accepts(address)).toBe(true);
    owner.kill("SIGKILL");
    await expect.poll(() => accepts(address), { timeout: 20_000 }).toBe(false);
    // tsx keeps a cache of its own there.
    const left = async () => (await readdir(temporary)).filter((name) => name.startsWith("kpipe-"));
    await expect.poll(left, { timeout: 20_000 }).toEqual([]);
    await rm(temporary, { recursive: true });
  });
});

describe("npm run stack", () => {
  let dir: string;
  let base: number;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "kpipe-stack-"));
    base = (await freePorts(1))[0] ?? 0;
  });
  afterAll(async () => {
    await stack("down", "--wipe");
    await rm(dir, { recursive: true });
  });

  async function stack(...args: readonly string[]): Promise<{ code: number; output: string }> {
    const main = join(import.meta.dirname, "..", "..", "stack", "main.ts");
    const env = { ...process.env, KPIPE_STACK_DIR: dir, KPIPE_STACK_PORT_BASE: String(base) };
    const run = promisify(execFile)(process.execPath, ["--import", "tsx", main, ...args], { env });
    return run.then(
      ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
      (error) => ({ code: Number(error.code), output: `${error.stdout}${error.stderr}` }),
    );
  }

  test("refuses a port that something else holds and says what to do", async () => {
    const release = await holdPort(base);
    const { code, output } = await stack("up", "kafka");
    release();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${base}, wanted for kafka-1, is held by another program.`);
    expect(output).toContain("--port-base");
  });

  test("starts once, lists, shows the log and stops", async () => {
    expect((await stack("status")).output).toContain("Nothing is up");
    expect((await stack("up", "kafka")).output).toContain(`kafka-1: answers on 127.0.0.1:${base}`);
    expect(await topicsOf(`127.0.0.1:${base}`)).toEqual([]);
    expect((await stack("up", "kafka")).output).toContain(`kafka-1: already up on 127.0.0.1:${base}`);
    expect((await stack("status")).output).toMatch(/^kafka-1 +up /);
    expect((await stack("logs", "kafka")).output).toContain("Kafka Server started");
    expect((await stack("up", "kafka", "--brokers", "3")).output).toContain(
      "First run: npm run stack -- down kafka",
    );
    expect((await stack("down", "kafka")).output).toContain("kafka-1: stopped");
    expect(await accepts(`127.0.0.1:${base}`)).toBe(false);
  });

  test("says what it has when it is asked for something else", async () => {
    expect(await stack("up", "kafkaa")).toEqual({
      code: 1,
      output: expect.stringContaining(
        "There is no kafkaa in the stack. It has: kafka, kafka-secured, postgres, connect",
      ),
    });
  });
});
