import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../src/cli/program.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

let folder: string;
const before = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kpipe-cli-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

async function kpipe(line: string, over: Partial<Terminal> = {}) {
  const printed = { stdout: "", stderr: "" };
  const terminal: Terminal = {
    stdout: (text) => {
      printed.stdout += text;
    },
    stderr: (text) => {
      printed.stderr += text;
    },
    environment: {},
    width: 80,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    ask: undefined,
    beginWriting: () => new AbortController().signal,
    clock: () => 0,
    ...over,
  };
  const status = await run(line.split(" ").filter(Boolean), terminal, "1.2.3");
  return { status, ...printed };
}

describe("wrong usage ends with 64 and says what to write", () => {
  const cases: readonly [string, RegExp][] = [
    ["plna", /unknown command 'plna'[\s\S]*Did you mean plan/],
    ["plan --prnue", /unknown option '--prnue'[\s\S]*Did you mean --prune/],
    ["plan --timeout soon", /Write it as 10s, 500ms or 2m/],
    ["plan --timeout 0s", /Write it as 10s, 500ms or 2m/],
    ["plan --timeout 30d", /At most 24d can be waited/],
    ["plan --wait 24d1ms", /At most 24d can be waited/],
    ["plan --var region", /Write it as name=value/],
    ["record", /required option '-o, --output <file>'/],
    ["apply", /KP6401[\s\S]*--auto-approve/],
    ["apply --json", /KP6401/],
  ];
  it.each(cases)("kpipe %s", async (line, expected) => {
    const { status, stdout, stderr } = await kpipe(line);
    expect(status).toBe(64);
    expect(stdout + stderr).toMatch(expected);
  });
});

describe("help", () => {
  it.each(["init", "validate", "plan", "apply", "drift", "record"])(
    "of %s shows an example",
    async (command) => {
      const { status, stdout } = await kpipe(`${command} --help`);
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`Example:\\n +\\$ kpipe ${command}`));
    },
  );

  it("tells the version", async () =>
    expect(await kpipe("--version")).toMatchObject({ status: 0, stdout: "1.2.3\n" }));
});

describe("init", () => {
  it("writes a pipeline that is valid as it stands", async () => {
    expect(await kpipe("init")).toMatchObject({ status: 0 });
    expect(await kpipe("validate")).toMatchObject({ status: 0, stdout: "purchases is valid: 2 topics.\n" });
  });

  it("never writes over a file", async () => {
    await kpipe("init");
    const first = readFileSync("pipeline.yaml", "utf8");
    expect(await kpipe("init")).toMatchObject({ status: 1, stderr: expect.stringContaining("KP6010") });
    expect(readFileSync("pipeline.yaml", "utf8")).toBe(first);
  });
});

describe("without a cluster", () => {
  it.each(["plan", "drift", "apply --auto-approve"])("%s names both ways to give one", async (command) => {
    await kpipe("init");
    const text = readFileSync("pipeline.yaml", "utf8").replace(/connections:\n.*\n/, "");
    writeFileSync("pipeline.yaml", text);
    const { status, stderr } = await kpipe(command);
    expect(status).toBe(1);
    expect(stderr).toContain("connections.kafka.brokers");
    expect(stderr).toContain("--cluster FILE");
  });
});

describe("a group that starts on a topic which only its writer makes", () => {
  const source = `
connectors:
  orders-source:
    class: Lines
    config: { topic: orders }`;
  const group = `
consumerGroups:
  billing: { topics: [orders], startFrom: earliest }
`;
  const plugin = { type: "source", version: "1", definitions: { topic: { type: "string" } } };
  const recording = {
    kind: "Recording",
    formatVersion: 1,
    kafka: { clusterId: "k", brokers: [{ id: 1, host: "b", port: 9092 }], createsTopics: true },
    connect: { default: { version: "4.3.1", plugins: { Lines: plugin } } },
  };
  const cases: readonly [string, string, number][] = [
    ["is planned with the writer", "plan", 0],
    ["is refused without it", "plan --target group/*", 1],
  ];
  it.each(cases)("%s", async (_name, line, expected) => {
    writeFileSync("cluster.json", JSON.stringify(recording));
    const head = "apiVersion: kpipe.dev/v1\nkind: Pipeline\nmetadata: { name: orders }\n";
    writeFileSync("pipeline.yaml", head + source + group);
    const { status, stdout, stderr } = await kpipe(`${line} --cluster cluster.json`);
    expect(status, stdout + stderr).toBe(expected);
    expect(stderr.includes("KP2153")).toBe(expected === 1);
  });
});

describe("apply that asks", () => {
  const topics = (partitions: number) => ({
    kind: "Recording",
    formatVersion: 1,
    kafka: {
      clusterId: "k",
      brokers: [{ id: 1, host: "b", port: 9092 }],
      topics: { "purchases.audit": { partitions: Array(partitions).fill({ replicas: [1] }) } },
    },
  });
  const asked = async (answer: string, meanwhile = () => {}) => {
    await kpipe("init");
    writeFileSync("cluster.json", JSON.stringify(topics(1)));
    const ended = await kpipe("apply --cluster cluster.json", {
      ask: async () => {
        meanwhile();
        return answer;
      },
    });
    return { ...ended, cluster: JSON.parse(readFileSync("cluster.json", "utf8")) };
  };

  it("does nothing without a yes", async () => {
    const { status, stderr, cluster } = await asked("y");
    expect(status).toBe(1);
    expect(stderr).toBe("Nothing was changed.\n");
    expect(cluster).toEqual(topics(1));
  });

  it("makes the changes after a yes", async () => {
    const { status, cluster } = await asked("yes");
    expect(status).toBe(0);
    expect(Object.keys(cluster.kafka.topics)).toEqual(["purchases", "purchases.audit"]);
  });

  it("ends with 5 and writes nothing where the cluster moved while the question stood there", async () => {
    const moved = await asked("yes", () => {
      const changed = topics(1);
      Object.assign(changed.kafka.topics, { purchases: { partitions: [{ replicas: [1] }] } });
      writeFileSync("cluster.json", JSON.stringify(changed));
    });
    expect(moved.status).toBe(5);
    expect(moved.stderr).toContain("KP5001");
    expect(moved.cluster.kafka.topics.purchases.partitions).toHaveLength(1);
  });
});
