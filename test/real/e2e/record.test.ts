import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ConnectWorker, startConnect } from "../../../stack/connect.ts";
import { type Project, project } from "../../builders/project.ts";
import { applicationsOn } from "../kafka/applications.ts";

const p = `rec-${randomUUID().slice(0, 8)}`;
const other = `other-${p}`;
const [SOURCE, SINK] = ["Source", "Sink"].map(
  (it) => `org.apache.kafka.connect.file.FileStream${it}Connector`,
);
const day = 86_400_000;
const environment = { OLD_PASSWORD: "hunter-one", NEW_PASSWORD: "hunter-two" };

const head = (connect: string) => `apiVersion: kpipe.dev/v1
kind: Pipeline
metadata: { name: recorded }
connections: { kafka: { brokers: ["${inject("kafka").bootstrap[0]}"] }, connect: { url: "${connect}" } }
claim: { topics: ["${p}.*"], connectors: ["${p}-*"], groups: ["${p}-*"] }
policies: { deletes: { topic: 1, connector: 1, group: 1 } }
defaults: { topic: { partitions: 2, replicationFactor: 1 } }
`;

/** What the cluster has when it is recorded, as far as kpipe makes it. */
const before = `
topics:
  ${p}.orders: { config: { retention.ms: 7d } }
  ${p}.payments: { config: { flush.ms: 1000, cleanup.policy: compact } }
  ${p}.old: { config: { retention.ms: 7d } }
  ${p}.orphan:
connectors:
  ${p}-source: { class: ${SOURCE}, config: { topic: ${p}.orders, file: /dev/null, db.password: "\${env.OLD_PASSWORD}" } }
  ${p}-same: { class: ${SOURCE}, config: { topic: ${p}.orders, file: /dev/null, db.password: "\${env.OLD_PASSWORD}" } }
  ${p}-resting: { class: ${SOURCE}, config: { topic: ${p}.orders, file: /dev/null } }
  ${p}-old: { class: ${SINK}, config: { topics: ${p}.payments, file: /dev/null }, state: paused }
  ${p}-orphan: { class: ${SINK}, config: { topics: ${p}.payments, file: /dev/null }, state: paused }
consumerGroups:
  ${p}-reader: { topics: [${p}.orders], config: { consumer.session.timeout.ms: 45000 } }
  ${p}-old: { topics: [${p}.orders], startFrom: earliest }
  ${p}-orphan: { topics: [${p}.orders], startFrom: latest }
`;

/** Changes of every action, of every section. */
const after = `
removed: [topic/${p}.old, connector/${p}-old, group/${p}-old]
topics:
  ${p}.orders: { partitions: 4, config: { retention.ms: 1d } }
  ${p}.payments: { config: { cleanup.policy: compact } }
  ${p}.new: { config: { segment.bytes: 64MiB } }
connectors:
  ${p}-source: { class: ${SOURCE}, config: { topic: ${p}.orders, file: /dev/null, batch.size: 100, db.password: "\${env.NEW_PASSWORD}" } }
  ${p}-same: { class: ${SOURCE}, config: { topic: ${p}.orders, file: /dev/null, db.password: "\${env.OLD_PASSWORD}" } }
  ${p}-resting: { class: ${SOURCE}, config: { topic: ${p}.orders, file: /dev/null }, state: paused }
  ${p}-new: { class: ${SINK}, config: { topics: ${p}.new, file: /dev/null, db.password: "\${env.NEW_PASSWORD}" } }
consumerGroups:
  ${p}-reader: { topics: [${p}.orders], maxLag: 0, config: { consumer.session.timeout.ms: 50000 } }
  ${p}-billing: { topics: [${p}.orders, ${p}.new], startFrom: earliest }
`;

const client = new kafkajs.Kafka({
  brokers: [...inject("kafka").bootstrap],
  logLevel: kafkajs.logLevel.NOTHING,
});
const admin = client.admin();
let connect: ConnectWorker;
let user: Project;
let leave: () => Promise<void>;

/** Records of two days ago and of now, in partition 0. */
async function produce(topic: string): Promise<void> {
  const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  const at = (timestamp: number) => ({ partition: 0, value: "x", timestamp: String(timestamp) });
  await producer.send({
    topic,
    messages: [at(Date.now() - 2 * day), at(Date.now() - 2 * day), at(Date.now())],
  });
  await producer.disconnect();
}

/** What others have on the cluster: some of it reads what is claimed, some has nothing to do with it. */
async function settleOthers(): Promise<void> {
  await admin.createTopics({ topics: [`${other}.far`, `${other}.near`].map((topic) => ({ topic })) });
  for (const [name, topics] of [
    [`${other}-near`, `${p}.payments,${other}.near`],
    [`${other}-far`, `${other}.far`],
  ]) {
    const config = { "connector.class": SINK, topics, file: "/dev/null", "db.password": "hunter-three" };
    const body = JSON.stringify({ name, config, initial_state: "PAUSED" });
    const headers = { "content-type": "application/json" };
    expect((await fetch(`${connect.url}/connectors`, { method: "POST", headers, body })).status).toBe(201);
  }
  for (const [groupId = "", topic = ""] of [
    [`${other}-near`, `${p}.old`],
    [`${other}-near`, `${other}.far`],
    [`${other}-far`, `${other}.far`],
  ]) {
    await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: "0" }] });
  }
}

describe.skipIf(inject("stackMissing") !== "")("a recording of real servers", () => {
  beforeAll(async () => {
    [connect] = await Promise.all([startConnect({ bootstrap: inject("kafka").bootstrap }), admin.connect()]);
    user = await project({ "pipeline.yaml": head(connect.url) + before });
    expect(await kpipe("apply --auto-approve")).toMatchObject({ status: 0 });
    for (const topic of ["orders", "old", "orphan"]) await produce(`${p}.${topic}`);
    await settleOthers();
    leave = await applicationsOn(inject("kafka").bootstrap).join(`${p}-reader`, `${p}.orders`);
    await user.write("pipeline.yaml", head(connect.url) + after);
    expect(await kpipe("record -o recorded.json")).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await leave?.();
    await Promise.all([connect?.stop(), admin.disconnect(), user?.remove()]);
  });

  const kpipe = (args: string) => user.kpipe(args, { environment });
  const plan = async (flags = "") => {
    const { stdout, stderr } = await kpipe(`plan --json ${flags}`);
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  };
  const recorded = (file = "recorded.json") => readFile(join(user.dir, file), "utf8");

  it("plans as they do, secret fields apart", async () => {
    const [live, offline] = [await plan(), await plan("--cluster recorded.json")];
    expect(withoutSecrets(offline.resource_changes)).toEqual(withoutSecrets(live.resource_changes));
    expect(offline.orphans).toEqual(live.orphans);
    expect(offline.diagnostics).toEqual(live.diagnostics);
    expect(actionsIn(live)).toEqual({
      topic: ["create", "delete", "none", "update"],
      connector: ["create", "delete", "none", "operate", "update"],
      group: ["create", "delete", "update"],
    });
    expect(live.orphans.map(({ address }: { address: string }) => address)).toEqual([
      `connector/${p}-orphan`,
      `group/${p}-orphan`,
      `topic/${p}.orphan`,
    ]);
    expect(offline.unverifiable.map(({ address }: { address: string }) => address)).toEqual(
      expect.arrayContaining([`connector/${p}-source`, `connector/${p}-same`]),
    );
    expect(offline.notChecked).not.toEqual([]);
  });

  it("says what an edit costs, as they do", async () => {
    const { stdout } = await kpipe("plan --cluster recorded.json");
    expect(stdout).toMatch(/older than 1d and becomes? deletable/);
    expect(stdout).toContain(`${other}-near`);
  });

  it("holds of others the names and edges of what touches the claim, and no secret", async () => {
    const text = await recorded();
    const { kafka, connect: clusters } = JSON.parse(text);
    expect(text).not.toMatch(/hunter-/);
    expect(text).not.toContain(`${other}-far`);
    expect(text).not.toContain(`${other}.far`);
    expect(clusters.default.connectors[`${other}-near`].config).toEqual({
      "connector.class": SINK,
      topics: `${p}.payments,${other}.near`,
    });
    expect(Object.keys(kafka.topics)).toContain(`${other}.near`);
    expect(kafka.groups[`${other}-near`].committed).toEqual({ [`${p}.old`]: { "0": "0" } });
  });

  it("is the same bytes when nothing has changed, but for what the clock says", async () => {
    expect(await kpipe("record -o again.json")).toMatchObject({ status: 0 });
    const timeless = (text: string) => text.replaceAll(/\[1\d{12}, /g, "[0, ");
    expect(timeless(await recorded("again.json"))).toBe(timeless(await recorded()));
  });

  it("rehearses what an apply then does", async () => {
    const planned = await plan();
    const { rehearsal, ...rehearsed } = await plan("--rehearse");
    expect(rehearsal).toMatchObject({ clean: true, failed: 0, skipped: 0, remaining: [], diagnostics: [] });
    expect(rehearsed.resource_changes).toEqual(planned.resource_changes);
    expect((await plan()).resource_changes).toEqual(planned.resource_changes);

    const applied = await kpipe("apply --auto-approve --cluster recorded.json");
    expect(applied, applied.stdout + applied.stderr).toMatchObject({ status: 0 });
    expect(await kpipe("plan --detailed-exitcode --cluster recorded.json")).toMatchObject({ status: 0 });
    expect(await kpipe("plan --detailed-exitcode")).toMatchObject({ status: 2 });

    const really = await kpipe("apply --auto-approve");
    expect(really, really.stdout + really.stderr).toMatchObject({ status: 0 });
    expect(await kpipe("plan --detailed-exitcode")).toMatchObject({ status: 0 });
  });
});

interface Planned {
  readonly type: string;
  readonly action: string;
  readonly fields?: readonly { readonly path: readonly string[] }[];
}

/** A secret can't be compared offline, so that it is no field that differs. */
function withoutSecrets(changes: readonly Planned[]): readonly Planned[] {
  return changes.map((change) =>
    change.fields
      ? { ...change, fields: change.fields.filter(({ path }) => path.at(-1) !== "db.password") }
      : change,
  );
}

function actionsIn(plan: { readonly resource_changes: readonly Planned[] }): Record<string, string[]> {
  const kinds = new Set(plan.resource_changes.map(({ type }) => type));
  const of = (kind: string) =>
    plan.resource_changes.filter(({ type }) => type === kind).map(({ action }) => action);
  return Object.fromEntries([...kinds].map((kind) => [kind, [...new Set(of(kind))].toSorted()]));
}
