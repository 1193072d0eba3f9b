import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type ConnectWorker, startConnect } from "../../stack/connect.ts";
import { awkward, expectNoSecret, marked } from "../builders/marked.ts";
import { type Project, project } from "../builders/project.ts";

const p = `secret-${randomUUID().slice(0, 8)}`;
const SOURCE = "org.apache.kafka.connect.file.FileStreamSourceConnector";
const environment = {
  PLAIN: marked("plain"),
  IN_URL: marked("url"),
  IN_TEXT: marked("text"),
  LONG: awkward.long,
  QUOTED: awkward.quoted,
  LINES: awkward.lines,
  REST: marked("rest"),
  SASL: marked("sasl"),
  OAUTH: marked("oauth"),
  TLS: marked("tls"),
  NO_NUMBER: marked("number"),
  CHANGED: marked("changed"),
  FROM_FILE_FILE: "secret.txt",
};

let worker: ConnectWorker;
let user: Project;

/** Secrets at keys that a plugin knows nothing of, in an address, within a text, from a file. */
function file({ kafka = "", password = "PLAIN", tasks = "1" } = {}): string {
  return `apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: secrets }
connections:
  kafka: { brokers: ["${inject("kafka").bootstrap[0]}"]${kafka} }
  connect: { url: "${worker.url}", auth: { username: kpipe, password: "\${env.REST}" } }
claim: { topics: ["${p}*"], connectors: ["${p}*"] }
topics:
  ${p}: { partitions: 1, replicationFactor: 1 }
connectors:
  ${p}-source:
    class: ${SOURCE}
    config:
      file: /dev/null
      topic: ${p}
      tasks.max: ${tasks}
      db.password: "\${env.${password}}"
      db.url: "jdbc:postgresql://kpipe:\${env.IN_URL}@db:5432/shop"
      header: "Bearer \${env.IN_TEXT} and more"
      api.token: "\${env.LONG}"
      quoted.secret: "\${env.QUOTED}"
      lines.secret: "\${env.LINES}"
      file.secret: "\${env.FROM_FILE}"
`;
}

describe.skipIf(inject("stackMissing") !== "")(
  "no secret leaves kpipe but for the servers that it is for",
  () => {
    beforeAll(async () => {
      worker = await startConnect({ bootstrap: inject("kafka").bootstrap });
      const pem = (name: string) => readFile(new URL(`../replay/tls/${name}`, import.meta.url), "utf8");
      user = await project({
        "secret.txt": marked("file"),
        "ca.pem": await pem("ca.pem"),
        "client.pem": await pem("client.pem"),
        "client-key.pem": await pem("client-key.pem"),
      });
      // One that the worker holds and the file doesn't.
      const config = {
        "connector.class": SOURCE,
        topic: p,
        file: "/dev/null",
        "db.password": marked("held"),
      };
      const body = JSON.stringify({ name: `${p}-held`, config });
      const headers = { "content-type": "application/json" };
      expect((await fetch(`${worker.url}/connectors`, { method: "POST", headers, body })).status).toBe(201);
    });
    afterAll(async () => {
      await user?.remove();
      await worker?.stop();
    });

    /** Runs a command and looks at everything that it said and wrote. */
    async function run(args: string, yaml: string): Promise<number | null> {
      await user.write("pipeline.yaml", yaml);
      const { status, stdout, stderr } = await user.kpipe(args, { environment });
      expectNoSecret(args, stdout, stderr);
      for (const name of await readdir(user.dir)) {
        if (name !== "secret.txt")
          expectNoSecret(`${args}: ${name}`, await readFile(join(user.dir, name), "utf8"));
      }
      return status;
    }

    test.each<[args: string, status: number]>([
      ["validate", 0],
      ["validate --json", 0],
      ["plan", 0],
      ["plan --json", 0],
      ["plan --rehearse", 0],
      ["apply --auto-approve", 0],
      ["plan --detailed-exitcode", 0],
      ["plan --prune", 0],
      ["plan --prune --json", 0],
      ["drift", 0],
      ["drift --json", 0],
      ["record -o cluster.json", 0],
      ["plan --cluster cluster.json", 0],
      ["plan --cluster cluster.json --json", 0],
    ])("kpipe %s", async (args, status) => expect(await run(args, file())).toBe(status));

    test.each(["plan", "plan --json", "drift", "apply --auto-approve --json"])(
      "an edited password: kpipe %s",
      async (args) => {
        expect(await run(args, file({ password: "CHANGED" }))).toBe(args === "drift" ? 2 : 0);
      },
    );

    test.each(["plan", "plan --json", "apply --auto-approve"])(
      "a value that the worker refuses and quotes: kpipe %s",
      async (args) => {
        expect(await run(args, file({ tasks: '"${env.NO_NUMBER}"' }))).toBe(1);
      },
    );

    const tls = '{ ca: ca.pem, cert: client.pem, key: client-key.pem, passphrase: "${env.TLS}" }';
    const endpoint =
      '{ endpoint: "http://127.0.0.1:9/token", clientId: kpipe, clientSecret: "${env.OAUTH}" }';
    describe.each([
      ["PLAIN", ', sasl: { mechanism: plain, username: kpipe, password: "${env.SASL}" }'],
      ["SCRAM", ', sasl: { mechanism: scram-sha-512, username: kpipe, password: "${env.SASL}" }'],
      ["OAUTHBEARER", `, sasl: { mechanism: oauthbearer, token: ${endpoint} }`],
      ["mTLS", `, ssl: ${tls}`],
    ])("a login that fails, by %s", (_how, kafka) => {
      test.each(["plan", "plan --json", "record -o other.json"])("kpipe %s", async (args) => {
        expect(await run(`${args} --timeout 2s --wait 2s`, file({ kafka }))).toBe(1);
      });
    });
  },
);
