import type { RestConnection } from "../../../core/connections.ts";
import { error, KpipeError } from "../../../core/errors.ts";
import { scrub } from "../../../core/secret.ts";
import type {
  ConnectorState,
  ConnectPort,
  ConnectResult,
  ConnectWorker,
  LiveConnector,
} from "../../connect.ts";
import { type Clock, systemClock } from "../clock.ts";
import { type RestAnswer, type RestRequest, restClient } from "../rest.ts";
import {
  connectorOf,
  connectorsOf,
  definitionsOf,
  messageOf,
  pluginsOf,
  statusOf,
  topicsOf,
  validationOf,
  workerOf,
} from "./answers.ts";
import { exchange, expectOk, isBusy } from "./exchange.ts";
import { holds, holdsOnly, OK, resultOf, type Sent, sentOf } from "./sent.ts";
import { settle } from "./settle.ts";

export interface ConnectOptions {
  /** Milliseconds that the worker may take to answer a plain question. */
  readonly timeoutMs: number;
  /** Milliseconds to wait for what passes: a start, a rebalance, tasks that come up. */
  readonly patienceMs: number;
  readonly clock?: Clock;
}

/** One Connect cluster through its REST API (https://kafka.apache.org/documentation/#connect_rest). */
export function connectCluster(connection: RestConnection, options: ConnectOptions): ConnectPort {
  const { position } = connection;
  const { timeoutMs, patienceMs, clock = systemClock } = options;
  const client = restClient(connection, { server: "Connect worker", timeoutMs });
  const { send } = exchange(client, position, { patienceMs, clock });
  // A worker opens databases while it validates, and hands writes on to the leader.
  const slow = Math.max(timeoutMs, patienceMs);

  const get = async (path: string, what: string) =>
    expectOk(await send({ method: "GET", path }), client, position, what);

  const getUnlessMissing = async (path: string, what: string) => {
    const answer = await send({ method: "GET", path });
    return answer.status === 404 ? undefined : expectOk(answer, client, position, what);
  };

  let worker: Promise<ConnectWorker> | undefined;
  const identify = async (): Promise<ConnectWorker> => {
    const found = workerOf(await get("/", "its version"));
    if (found !== undefined) return found;
    throw new KpipeError(
      error("KP3027", `${client.url} doesn't answer as a Connect worker does`, { position }),
    );
  };

  /** `isDone`: looked at where the answer got lost, so that work that was done isn't called a failure. */
  const change = (request: RestRequest, isDone: () => Promise<boolean>) =>
    send({ ...request, timeoutMs: slow }, async () => ((await isDone()) ? DONE : undefined));

  const readConnector = async (name: string): Promise<LiveConnector | undefined> => {
    const info = await getUnlessMissing(at(name), `connector ${name}`);
    if (info === undefined) return undefined;
    return connectorOf(name, info, await getUnlessMissing(at(name, "/status"), `the status of ${name}`));
  };

  const setState = async (name: string, state: ConnectorState) => {
    const isDone = async () => (await readConnector(name))?.status.connector.state === state;
    return resultOf(await change({ method: "PUT", path: at(name, VERBS[state]) }, isDone), []);
  };

  const create = async (name: string, sent: Sent, state: ConnectorState): Promise<ConnectResult> => {
    const isDone = async () => {
      const live = await readConnector(name);
      return live !== undefined && holds(live, sent);
    };
    const post = (body: unknown) => change({ method: "POST", path: "/connectors", body }, isDone);
    const plain = { name, config: sent.body };
    if (state === "running") return resultOf(await post(plain), sent.secrets);
    const answer = await post({ ...plain, initial_state: state.toUpperCase() });
    if (!speaksOfInitialState(answer)) return resultOf(answer, sent.secrets);
    // Before Kafka 3.7 (KIP-980) every connector is created running.
    const created = resultOf(await post(plain), sent.secrets);
    return created.ok ? setState(name, state) : created;
  };

  return {
    position,
    close: async () => client.close(),
    worker: () => {
      worker ??= identify();
      return worker;
    },
    plugins: async () => pluginsOf(await get("/connector-plugins", "its plugins")),
    async definitions(pluginClass) {
      // A 500 is a plugin whose ConfigDef throws; validation then tells what is wrong with it.
      const path = `/connector-plugins/${encodeURIComponent(pluginClass)}/config`;
      const { status, json } = await send({ method: "GET", path });
      return status === 200 ? definitionsOf(json) : undefined;
    },
    connectors: async () =>
      connectorsOf(await get("/connectors?expand=info&expand=status", "its connectors")),
    connector: readConnector,
    async activeTopics(name) {
      return topicsOf(name, await getUnlessMissing(at(name, "/topics"), `the topics of ${name}`));
    },
    async validate(config) {
      const { body, secrets } = sentOf(config);
      const path = `/connector-plugins/${encodeURIComponent(body["connector.class"] ?? "")}/config/validate`;
      const answer = await send({ method: "PUT", path, body, timeoutMs: slow });
      const { status, json, text } = answer;
      if (status !== 200) {
        if (isBusy(answer)) expectOk(answer, client, position, "whether a configuration is valid");
        return { errors: [], refusal: messageOf(json, text, secrets) };
      }
      const { errors } = validationOf(json);
      return {
        errors: errors.map(({ key, messages }) => ({
          key,
          messages: messages.map((it) => scrub(it, secrets)),
        })),
      };
    },
    create: async (name, config, state) => create(name, sentOf(config), state),
    async putConfig(name, config) {
      const sent = sentOf(config);
      const isDone = async () => {
        const live = await readConnector(name);
        return live !== undefined && holdsOnly(live, sent);
      };
      const request: RestRequest = { method: "PUT", path: at(name, "/config"), body: sent.body };
      return resultOf(await change(request, isDone), sent.secrets);
    },
    setState,
    async restartFailed(name) {
      const path = at(name, "/restart?includeTasks=true&onlyFailed=true");
      return resultOf(await send({ method: "POST", path, timeoutMs: slow }), []);
    },
    async delete(name) {
      const isDone = async () => (await readConnector(name)) === undefined;
      const result = resultOf(await change({ method: "DELETE", path: at(name) }, isDone), []);
      return !result.ok && result.failure.reason === "missing" ? OK : result;
    },
    settle(name, state, signal) {
      const read = async () => {
        const status = await getUnlessMissing(at(name, "/status"), `the status of ${name}`);
        if (status === undefined) return undefined;
        return statusOf(await getUnlessMissing(at(name), `connector ${name}`), status);
      };
      return settle(read, state, { patienceMs, clock, signal });
    },
  };
}

/** What a write that was done was answered with, as far as anybody looks. */
const DONE: RestAnswer = { status: 200, text: "{}", json: {} };
const VERBS = { running: "/resume", paused: "/pause", stopped: "/stop" } as const;

function at(name: string, rest = ""): string {
  return `/connectors/${encodeURIComponent(name)}${rest}`;
}

/** The answer of a worker older than the field, which it can't read. */
function speaksOfInitialState({ json, text }: RestAnswer): boolean {
  return messageOf(json, text).includes('Unrecognized field "initial_state"');
}
