import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/program.ts";
import type { ConnectRecording } from "../../src/clients/recorded/document.ts";
import { printRecording } from "../../src/clients/recorded/print.ts";
import { awkward, expectNoSecret, leaksIn, marked } from "../builders/marked.ts";
import { fileConnectors } from "../clients/recorded/file-connectors.ts";
import { recording } from "../clients/recorded/recordings.ts";

const FILE_SINK = "org.apache.kafka.connect.file.FileStreamSinkConnector";

/** Everything here that takes a secret holds one, by every way by which it can get there. */
const pipeline = `
apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: secrets }
connections:
  kafka:
    brokers: ["\${env.BROKER}"]
    ssl: { ca: ca.pem, cert: "\${env.CERT}", key: "\${env.KEY}", passphrase: ${marked("passphrase")} }
    sasl: { mechanism: scram-sha-512, username: "\${env.SASL_USER}", password: ${marked("sasl-clear")} }
  connect:
    main: { url: "https://connect:8083", auth: { username: "\${env.REST_USER}", password: "\${env.FROM_FILE}" } }
    other: { url: "https://other:8083", auth: { token: "\${env.FROM_ENV_FILE}" } }
claim: { topics: ["orders"], connectors: ["sink-*"] }
topics:
  orders: { partitions: 1 }
connectors:
  sink-new:
    connect: main
    class: ${FILE_SINK}
    config:
      topics: orders
      database.password: ${marked("clear")}
      some.api.key: ${marked("api-key")}
      sasl.jaas.config: 'ScramLoginModule required username="a" password="${marked("jaas")}";'
      connection.url: jdbc:postgresql://loader:${marked("userinfo")}@db/shop?password=${marked("query")}&x=1
      plain: "before \${env.PLAIN} after"
      long: "\${env.LONG}"
      lines: "\${env.LINES_OF_IT}"
      quoted: "\${env.QUOTED}"
      from.file: "\${env.FROM_FILE}"
      from.env.file: "\${env.FROM_ENV_FILE}"
  sink-changed:
    connect: main
    class: ${FILE_SINK}
    config: { topics: orders, database.password: "\${env.PLAIN}", file: /tmp/new }
  sink-failed:
    connect: main
    class: ${FILE_SINK}
    config: { topics: orders, long: "\${env.LONG}", lines: "\${env.LINES_OF_IT}", my.password: "\${env.PLAIN}" }
`;

/** A pipeline with a mistake, and the same secrets around it. */
const mistakes: Readonly<Record<string, string>> = {
  "no mistake": pipeline,
  "an unknown key beside a password": pipeline.replace("passphrase:", "passfrase:"),
  "a password of the wrong type": pipeline.replace(
    `password: ${marked("sasl-clear")}`,
    `password: [${marked("sasl-clear")}]`,
  ),
  "a secret where none may stand": pipeline.replace("partitions: 1", 'partitions: "${env.PLAIN}"'),
  "an unknown mechanism": pipeline.replace("scram-sha-512", marked("mechanism").replaceAll("zq7x", "none")),
  "an unset variable": pipeline.replace("env.LONG", "env.UNSET"),
  "broken YAML on the line of a password": pipeline.replace(
    `database.password: ${marked("clear")}`,
    `database.password: [${marked("clear")}`,
  ),
  "an address with a user and a password": pipeline.replace(
    "https://connect:8083",
    `https://user:${marked("in-url")}@connect:8083`,
  ),
  "a password key of the wrong type in a connector": pipeline.replace(
    `database.password: ${marked("clear")}`,
    `database.password: { a: ${marked("clear")} }`,
  ),
  "a connector without a class": pipeline.replace(`    class: ${FILE_SINK}\n`, ""),
  "the same password twice": pipeline.replace(
    `      database.password: ${marked("clear")}`,
    `      database.password: ${marked("clear")}\n      database.password: ${marked("again")}`,
  ),
};

const quoting = (...secrets: readonly string[]) =>
  [
    "org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.",
    "\tat org.apache.kafka.connect.runtime.WorkerSinkTask.deliverMessages(WorkerSinkTask.java:635)",
    ...secrets.map((it) => `Caused by: java.sql.SQLException: no login with '${it}' here, nor with ${it}`),
  ].join("\n");

/** Of which some fail and quote what they were given. */
const connect: ConnectRecording = {
  ...fileConnectors,
  connectors: {
    "sink-changed": {
      config: {
        "connector.class": FILE_SINK,
        topics: "orders",
        "database.password": marked("live"),
        file: "/tmp/old",
        "added.by.hand.token": marked("by-hand"),
      },
    },
    "sink-failed": {
      config: {
        "connector.class": FILE_SINK,
        topics: "orders",
        "my.password": "[hidden]",
        long: "[hidden]",
        lines: "[hidden]",
      },
      status: { trace: quoting(awkward.lines), state: "failed" },
      tasks: [
        { state: "failed", trace: quoting(marked("plain"), awkward.lines, awkward.long) },
        { state: "failed", trace: `${"x".repeat(290)}${marked("plain")}` },
      ],
    },
    "sink-orphan": {
      config: {
        "connector.class": FILE_SINK,
        topics: "orders",
        "own.password": marked("orphan"),
        "connection.url": `http://a:${marked("orphan-url")}@host`,
      },
      tasks: [{ state: "failed", trace: quoting(marked("orphan"), marked("orphan-url")) }],
    },
  },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kpipe-secrets-"));
});
afterAll(() => rm(folder, { recursive: true }));

const at = (file: string) => join(folder, file);

const environment = () => ({
  BROKER: "kafka:9092",
  CERT: "cert.pem",
  KEY: `-----BEGIN PRIVATE KEY-----\n${marked("key")}`,
  SASL_USER: marked("sasl-user"),
  REST_USER: marked("rest-user"),
  PLAIN: marked("plain"),
  LONG: awkward.long,
  LINES_OF_IT: awkward.lines,
  QUOTED: awkward.quoted,
  FROM_FILE_FILE: at("secret.txt"),
});

async function kpipe(args: readonly string[]) {
  const printed: string[] = [];
  const status = await run(
    args,
    {
      stdout: (text) => void printed.push(text),
      stderr: (text) => void printed.push(text),
      environment: environment(),
      width: 100,
      stdoutIsTerminal: false,
      stderrIsTerminal: true,
      ask: undefined,
      beginWriting: () => new AbortController().signal,
      clock: () => performance.now(),
    },
    "0.0.0",
  );
  return { status, text: printed.join("") };
}

async function written(text: string): Promise<void> {
  await mkdir(at(""), { recursive: true });
  await writeFile(at("pipeline.yaml"), text);
  await writeFile(at("secret.txt"), marked("from-file"));
  await writeFile(at(".env"), `FROM_ENV_FILE=${marked("from-env-file")}\nNOT A LINE ${marked("no-line")}\n`);
  await writeFile(
    at("cluster.json"),
    printRecording({ ...recording(), connect: { main: connect, other: fileConnectors } }),
  );
}

const commands = ["validate", "plan", "plan --prune", "drift", "apply --auto-approve --prune"].flatMap(
  (it) => [it, `${it} --json`],
);

describe("no secret is printed", () => {
  test.each(Object.entries(mistakes))("with %s", async (_, text) => {
    for (const command of commands) {
      await written(text);
      const onCluster = command.startsWith("validate") ? [] : ["--cluster", at("cluster.json")];
      const where = ["-f", at("pipeline.yaml"), "--env-file", at(".env"), ...onCluster];
      const { status, text: shown } = await kpipe([...command.split(" "), ...where]);
      expect([status, shown.includes("KP9001")], shown).toEqual([expect.any(Number), false]);
      expectNoSecret(command, shown);
    }
  });
});

test("no secret of the file is written into the recording, nor beside it", async () => {
  await written(pipeline);
  const before = await readdir(folder);
  const { text } = await kpipe([
    "apply",
    "--auto-approve",
    ...["-f", at("pipeline.yaml"), "--env-file", at(".env"), "--cluster", at("cluster.json")],
  ]);
  expect(await readdir(folder)).toEqual(before);
  const kept = await readFile(at("cluster.json"), "utf8");
  expect(kept, text).toContain("sink-new");
  // What the test itself has put into the recording is not the file's.
  for (const place of ["clear", "api-key", "jaas", "userinfo", "query", "from-file", "from-env-file"])
    expect(kept).not.toContain(marked(place));
});

test("the search finds what it looks for", () => {
  const secret = marked("place");
  const shapes = [secret, Buffer.from(`u:${secret}`).toString("base64"), Buffer.from(secret).toString("hex")];
  for (const shape of shapes) expect(leaksIn(`before ${shape} after`)).not.toEqual([]);
  expect(leaksIn("before (secret) after")).toEqual([]);
});
