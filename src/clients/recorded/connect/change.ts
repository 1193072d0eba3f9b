import type {
  ConnectFailure,
  ConnectorState,
  ConnectorType,
  ConnectResult,
  PartStatus,
  WrittenConfig,
} from "../../connect.ts";
import { recordable } from "../secrecy.ts";
import type { ConnectorEntry, ConnectState } from "../state.ts";
import { pluginOf, validation } from "./validate.ts";

const done: ConnectResult = { ok: true };
const running: PartStatus = { state: "running", worker: "" };

export function create(
  state: ConnectState,
  name: string,
  config: WrittenConfig,
  wanted: ConnectorState,
): ConnectResult {
  const judged = judge(state, name, config);
  if ("reason" in judged) return { ok: false, failure: judged };
  if (state.connectors.has(name)) return failed("exists", `Connector ${name} already exists`);
  const { type, kept } = judged;
  // One that never ran has no tasks yet.
  const tasks = wanted === "running" ? tasksOf(type, kept) : [];
  state.connectors.set(name, {
    config: kept,
    type,
    status: { ...running, state: wanted },
    target: undefined,
    tasks,
    topics: [],
  });
  return done;
}

/** Replaces the config. What is to run starts anew with it; what rests keeps its tasks as they are. */
export function putConfig(state: ConnectState, name: string, config: WrittenConfig): ConnectResult {
  const connector = state.connectors.get(name);
  if (!connector) return create(state, name, config, "running");
  const judged = judge(state, name, config);
  if ("reason" in judged) return { ok: false, failure: judged };
  const { type, kept } = judged;
  const target = targetOf(connector);
  const anew = target === "running" ? { tasks: tasksOf(type, kept) } : {};
  const status = { ...running, state: target };
  state.connectors.set(name, { ...connector, config: kept, type, status, target: undefined, ...anew });
  return done;
}

/** What it was last asked to be; one that failed and was asked nothing since is to run. */
function targetOf({ status: { state }, target }: ConnectorEntry): ConnectorState {
  return state === "paused" || state === "stopped" ? state : (target ?? "running");
}

/** Pause, resume and stop. A failed part stays failed until it is started again, and remembers the target. */
export function setState(state: ConnectState, name: string, wanted: ConnectorState): ConnectResult {
  const connector = state.connectors.get(name);
  if (!connector) return failed("missing", `Unknown connector ${name}`);
  const turned = (it: PartStatus) => (it.state === "failed" ? it : { ...it, state: wanted });
  const started = wanted === "running" && connector.tasks.length === 0;
  const tasks = started ? tasksOf(connector.type, connector.config) : connector.tasks.map(turned);
  state.connectors.set(name, {
    ...connector,
    status: turned(connector.status),
    target: connector.status.state === "failed" && wanted !== "running" ? wanted : undefined,
    tasks: wanted === "stopped" ? [] : tasks,
  });
  return done;
}

/** What failed runs again, or rests as it was asked to: a recording can't know better. */
export function restartFailed(state: ConnectState, name: string): ConnectResult {
  const connector = state.connectors.get(name);
  if (!connector) return failed("missing", `Unknown connector: ${name}`);
  const target = targetOf(connector);
  const again = (it: PartStatus) => (it.state === "failed" ? { state: target, worker: it.worker } : it);
  const { status, tasks } = connector;
  state.connectors.set(name, {
    ...connector,
    status: again(status),
    target: undefined,
    tasks: tasks.map(again),
  });
  return done;
}

/** The type and the config to keep, or what a worker refuses. */
function judge(
  state: ConnectState,
  name: string,
  config: WrittenConfig,
): ConnectFailure | { readonly type: ConnectorType; readonly kept: ReadonlyMap<string, string> } {
  const own = config.get("name") ?? name;
  if (typeof own === "string" && own !== name)
    return {
      reason: "invalid",
      message: `Connector name configuration (${own}) doesn't match connector name in the URL (${name})`,
    };
  const named = new Map([...config, ["name", name]]);
  const found = pluginOf(state, named);
  if ("refusal" in found) return { reason: "invalid", message: found.refusal };
  const messages = validation(state, named).errors.flatMap((it) => it.messages);
  if (messages.length > 0)
    return {
      reason: "invalid",
      message: `Connector configuration is invalid and contains the following ${messages.length} error(s):\n${messages.join("\n")}`,
    };
  const { type, definitions } = found.plugin;
  const kept = [...config].filter(([key]) => key !== "name");
  return { type, kept: new Map(kept.map(([key, value]) => [key, recordable(key, value, definitions)])) };
}

/** A sink has as many tasks as it may; how many a source makes only the source knows, and one is usual. */
function tasksOf(type: ConnectorType, config: ReadonlyMap<string, string | null>): readonly PartStatus[] {
  const most = type === "sink" ? Number(config.get("tasks.max") ?? 1) : 1;
  return Array.from({ length: Number.isInteger(most) && most > 0 ? most : 1 }, () => running);
}

function failed(reason: ConnectFailure["reason"], message: string): ConnectResult {
  return { ok: false, failure: { reason, message } };
}
