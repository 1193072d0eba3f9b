import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConnectorState, ConnectorStatus, ConnectPort } from "../../src/clients/connect.ts";

/** A Connect cluster under test; it has the file connectors of Kafka 4.3.1. */
export interface ConnectUnderTest {
  readonly connect: ConnectPort;
  readonly kafkaClusterId: string;
  close(): Promise<void>;
}

const source = "org.apache.kafka.connect.file.FileStreamSourceConnector";
const sink = "org.apache.kafka.connect.file.FileStreamSinkConnector";

/** What ConnectPort promises, the same for every implementation and every real worker. */
export function connectContract(name: string, open: () => Promise<ConnectUnderTest>): void {
  describe(name, () => {
    const run = `c${randomUUID().slice(0, 8)}`;
    let cluster: ConnectUnderTest;
    let connect: ConnectPort;
    beforeAll(async () => {
      cluster = await open();
      connect = cluster.connect;
    });
    afterAll(() => cluster?.close());

    const named = (suffix: string) => `${run}-${suffix}`;
    const config = (more: Readonly<Record<string, string>> = {}) =>
      new Map(
        Object.entries({ "connector.class": source, topic: `${run}.lines`, file: "/dev/null", ...more }),
      );
    /** Creates a connector and waits until it rests. */
    const create = async (suffix: string, state: ConnectorState = "running", more = {}) => {
      expect(await connect.create(named(suffix), config(more), state)).toEqual({ ok: true });
      await rest(named(suffix), state);
      return named(suffix);
    };
    const rest = async (connector: string, state: ConnectorState) => {
      let last: ConnectorStatus | undefined;
      for await (const status of connect.settle(connector, state, AbortSignal.timeout(60_000))) last = status;
      return last;
    };
    const statesOf = async (connector: string) => {
      const status = (await connect.connector(connector))?.status;
      return status && [status.connector.state, status.tasks.map(({ state }) => state)];
    };

    test("the worker tells its version, and the Kafka that it belongs to", async () => {
      expect(await connect.worker()).toEqual({ version: "4.3.1", kafkaClusterId: cluster.kafkaClusterId });
    });

    test("plugins tell their class, type and version", async () => {
      const plugins = await connect.plugins();
      expect(plugins).toContainEqual({ class: source, type: "source", version: "4.3.1" });
      expect(plugins).toContainEqual({ class: sink, type: "sink", version: "4.3.1" });
    });

    test("a plugin's keys are known, and an unknown plugin has none", async () => {
      const definitions = await connect.definitions(source);
      expect(definitions).toContainEqual({ name: "topic", type: "string", required: true });
      expect(definitions).toContainEqual({ name: "batch.size", type: "int", required: false });
      expect(await connect.definitions("does.not.Exist")).toBeUndefined();
    });

    describe("a created connector", () => {
      test("is there with its config and its name, and runs", async () => {
        const connector = await create("created");
        const live = await connect.connector(connector);
        expect(live).toMatchObject({ name: connector, status: { type: "source" } });
        expect(live?.config).toEqual(new Map([...config(), ["name", connector]]));
        expect(await statesOf(connector)).toEqual(["running", ["running"]]);
        expect((await connect.connectors()).get(connector)?.config).toEqual(live?.config);
      });

      test.each(["paused", "stopped"] as const)("can begin %s, without tasks", async (state) => {
        expect(await statesOf(await create(`begins-${state}`, state))).toEqual([state, []]);
      });

      test("may bear its own name in its config", async () => {
        const connector = await create("own", "stopped", { name: named("own") });
        expect((await connect.connector(connector))?.config.get("name")).toBe(connector);
      });

      test("can't be created twice", async () => {
        const connector = await create("twice", "stopped");
        expect(await connect.create(connector, config({ topic: "other" }), "running")).toEqual({
          ok: false,
          failure: { reason: "exists", message: `Connector ${connector} already exists` },
        });
        expect((await connect.connector(connector))?.config.get("topic")).toBe(`${run}.lines`);
      });
    });

    describe("a config that is put", () => {
      test("replaces the whole one", async () => {
        const connector = await create("replaced", "running", { "batch.size": "100" });
        expect(await connect.putConfig(connector, config({ topic: "other" }))).toEqual({ ok: true });
        expect((await connect.connector(connector))?.config).toEqual(
          new Map([...config({ topic: "other" }), ["name", connector]]),
        );
        await rest(connector, "running");
        expect(await statesOf(connector)).toEqual(["running", ["running"]]);
      });

      test("creates a connector that isn't there", async () => {
        const connector = named("put");
        expect(await connect.putConfig(connector, config())).toEqual({ ok: true });
        await rest(connector, "running");
        expect(await statesOf(connector)).toEqual(["running", ["running"]]);
      });

      test("leaves a stopped one stopped", async () => {
        const connector = await create("put-stopped", "stopped");
        expect(await connect.putConfig(connector, config({ topic: "other" }))).toEqual({ ok: true });
        // While its new config spreads, a worker that moves it tells no state.
        await expect.poll(() => statesOf(connector), { timeout: 60_000 }).toEqual(["stopped", []]);
      });

      test("changes nothing if it is refused", async () => {
        const connector = await create("put-bad", "stopped");
        const bad = new Map([["connector.class", source]]);
        expect(await connect.putConfig(connector, bad)).toMatchObject({ failure: { reason: "invalid" } });
        expect((await connect.connector(connector))?.config.get("topic")).toBe(`${run}.lines`);
      });

      test("can't have another name", async () => {
        const other = config({ name: "other" });
        expect(await connect.putConfig(named("named"), other)).toEqual({
          ok: false,
          failure: {
            reason: "invalid",
            message: `Connector name configuration (other) doesn't match connector name in the URL (${named("named")})`,
          },
        });
      });
    });

    describe("states", () => {
      test("a connector is paused, resumed, stopped and resumed with its tasks", async () => {
        const connector = await create("states");
        const states: unknown[] = [];
        for (const state of ["paused", "running", "stopped", "running"] as const) {
          expect(await connect.setState(connector, state)).toEqual({ ok: true });
          await rest(connector, state);
          states.push(await statesOf(connector));
        }
        expect(states).toEqual([
          ["paused", ["paused"]],
          ["running", ["running"]],
          ["stopped", []],
          ["running", ["running"]],
        ]);
      });

      test("restarting what failed leaves alone what runs", async () => {
        const connector = await create("healthy");
        expect(await connect.restartFailed(connector)).toEqual({ ok: true });
        expect(await statesOf(connector)).toEqual(["running", ["running"]]);
      });

      test("settling tells the status it came to, and nothing of what isn't there", async () => {
        const connector = await create("settled", "stopped");
        expect(await rest(connector, "stopped")).toMatchObject({
          type: "source",
          connector: { state: "stopped" },
          tasks: [],
        });
        const nobody = connect.settle(named("nobody"), "running", AbortSignal.timeout(1_000));
        for await (const status of nobody) expect.unreachable(JSON.stringify(status));
      });
    });

    test("a deleted connector is gone, and deleting it again succeeds", async () => {
      const connector = await create("deleted");
      expect(await connect.delete(connector)).toEqual({ ok: true });
      await expect.poll(() => connect.connector(connector), { timeout: 15_000 }).toBeUndefined();
      expect(await connect.delete(connector)).toEqual({ ok: true });
      expect((await connect.connectors()).has(connector)).toBe(false);
    });

    describe("a connector that isn't there", () => {
      test.each<[string, (connector: string) => Promise<unknown>, unknown]>([
        ["reading", (connector) => connect.connector(connector), undefined],
        ["its topics", (connector) => connect.activeTopics(connector), []],
        ["pausing", (connector) => connect.setState(connector, "paused"), missing("Unknown connector {}")],
        ["stopping", (connector) => connect.setState(connector, "stopped"), missing("Unknown connector {}")],
        ["resuming", (connector) => connect.setState(connector, "running"), missing("Unknown connector {}")],
        ["restarting", (connector) => connect.restartFailed(connector), missing("Unknown connector: {}")],
      ])("%s", async (_, ask, answer) => {
        const text = JSON.stringify(await ask(named("nobody"))) ?? "undefined";
        expect(text.replaceAll(named("nobody"), "{}")).toEqual(JSON.stringify(answer) ?? "undefined");
      });
    });

    describe("validation", () => {
      test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
        ["nothing", { "connector.class": source, name: "v", topic: "t" }, {}],
        ["an unknown key", { "connector.class": source, name: "v", topic: "t", nope: "1" }, {}],
        ["a class without its package", { "connector.class": "FileStreamSource", name: "v", topic: "t" }, {}],
        [
          "a missing key",
          { "connector.class": source, name: "v" },
          { topic: 'Missing required configuration "topic" which has no default value.' },
        ],
        [
          "a missing name",
          { "connector.class": source, topic: "t" },
          { name: 'Missing required configuration "name" which has no default value.' },
        ],
        [
          "values of the wrong type",
          { "connector.class": source, name: "v", topic: "t", "tasks.max": "zero", "batch.size": "1.5" },
          {
            "tasks.max": "Invalid value zero for configuration tasks.max: Not a number of type INT",
            "batch.size": "Invalid value 1.5 for configuration batch.size: Not a number of type INT",
          },
        ],
        [
          "topics in both ways",
          { "connector.class": sink, name: "v", topics: "a", "topics.regex": "b" },
          {
            topics: "topics and topics.regex are mutually exclusive options, but both are set.",
            "topics.regex": "topics and topics.regex are mutually exclusive options, but both are set.",
          },
        ],
      ])("finds %s", async (_, asked, first) => {
        const { errors, refusal } = await connect.validate(new Map(Object.entries(asked)));
        expect(refusal).toBeUndefined();
        // A worker may say more of a key than the first thing.
        expect(Object.fromEntries(errors.map(({ key, messages }) => [key, messages[0]]))).toEqual(first);
      });

      test("an unknown class is refused, by validating and by creating", async () => {
        const asked = new Map([["connector.class", "does.not.Exist"]]);
        const message =
          "Failed to find any class that implements Connector and which name matches does.not.Exist";
        expect(await connect.validate(asked)).toEqual({ errors: [], refusal: message });
        expect(await connect.create(named("unknown"), asked, "running")).toEqual({
          ok: false,
          failure: { reason: "invalid", message },
        });
      });

      test("a config without a class is refused", async () => {
        expect(await connect.create(named("classless"), new Map(), "running")).toEqual({
          ok: false,
          failure: {
            reason: "invalid",
            message: `Connector config {name=${named("classless")}} contains no connector type`,
          },
        });
      });

      test("an invalid connector is not created, and all that is wrong is told", async () => {
        const asked = new Map([
          ["connector.class", sink],
          ["topics", "a"],
          ["topics.regex", "b"],
        ]);
        const each = "topics and topics.regex are mutually exclusive options, but both are set.";
        expect(await connect.create(named("invalid"), asked, "running")).toEqual({
          ok: false,
          failure: {
            reason: "invalid",
            message: `Connector configuration is invalid and contains the following 2 error(s):\n${each}\n${each}`,
          },
        });
        expect(await connect.connector(named("invalid"))).toBeUndefined();
      });
    });
  });
}

function missing(message: string) {
  return { ok: false, failure: { reason: "missing", message } };
}
