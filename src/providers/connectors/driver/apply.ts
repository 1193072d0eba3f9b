import pLimit from "p-limit";
import type { ConnectorStatus, ConnectPort, ConnectResult, PartStatus } from "../../../clients/connect.ts";
import { channel } from "../../../core/channel.ts";
import { type Diagnostic, type ErrorCode, error, KpipeError } from "../../../core/errors.ts";
import type { Progress } from "../../../core/kind.ts";
import {
  type Change,
  type Create,
  type Delete,
  nameOf,
  type Resource,
  type Update,
} from "../../../core/model.ts";
import { scrub } from "../../../core/secret.ts";
import { connectorDiff } from "../diff.ts";
import { type ConnectorSpec, isJdbcType } from "../spec.ts";
import { traceLines } from "../trace.ts";
import { PARALLEL, writtenConfig } from "./check.ts";
import type { Facts, Ports } from "./facts.ts";
import { liveFrom } from "./read.ts";

type Send = (progress: Progress) => void;

/** Makes changes side by side, and waits for each until its connector has come to rest. */
export async function* applyConnectors(
  ports: Ports,
  facts: Facts,
  changes: readonly Change<ConnectorSpec>[],
  signal: AbortSignal,
): AsyncGenerator<Progress, void> {
  const events = channel<Progress>();
  const limit = pLimit(PARALLEL);
  const all = Promise.all(
    changes.map((change) =>
      limit(async () => {
        if (signal.aborted) return;
        events.send(await outcomeOf(change, { ports, facts, signal, send: events.send }));
      }),
    ),
  ).finally(() => events.close());
  // Whoever stops listening early must not leave a failure that nobody takes.
  all.catch(() => {});
  yield* events;
  await all;
}

interface Context {
  readonly ports: Ports;
  readonly facts: Facts;
  readonly signal: AbortSignal;
  readonly send: Send;
}

async function outcomeOf(change: Change<ConnectorSpec>, context: Context): Promise<Progress> {
  const { address } = change;
  const connect = (change.action === "delete" ? change.live : change.desired).spec.connect;
  try {
    const port = context.ports.get(connect);
    if (port === undefined) throw failure("KP2050", `there is no Connect cluster ${connect}`);
    return { type: "done", address, message: await make(change, port, context) };
  } catch (cause) {
    if (!(cause instanceof KpipeError)) throw cause;
    const [diagnostic = error("KP4001", cause.message)] = cause.diagnostics;
    return { type: "failed", address, diagnostic: { ...diagnostic, address } };
  }
}

/** What became of it in words; throws what went wrong. */
async function make(change: Change<ConnectorSpec>, port: ConnectPort, context: Context): Promise<string> {
  switch (change.action) {
    case "delete":
      return remove(change, port);
    case "create": {
      await create(change, port);
      const message = await settled(change.desired, port, context);
      await expectOurs(change.desired, port, context.facts);
      return message;
    }
    case "update":
    case "replace":
    case "operate":
      await update(change, port);
      return settled(change.desired, port, context);
  }
}

async function create({ address, desired }: Create<ConnectorSpec>, port: ConnectPort): Promise<void> {
  const { spec } = desired;
  if (isJdbcType(spec.class)) throw failure("KP2051", `no plugin was found for ${spec.class}`);
  const result = await port.create(nameOf(address), writtenConfig(address, spec), spec.state);
  // Whether somebody else's connector of this name will do is seen when it has come to rest.
  if (result.ok || result.failure.reason !== "exists") expectDone(result, desired);
}

/** Of two creates at the same moment both succeed, and the last one wins: what is there may be another's. */
async function expectOurs(desired: Resource<ConnectorSpec>, port: ConnectPort, facts: Facts): Promise<void> {
  const { address, spec } = desired;
  const found = await port.connector(nameOf(address));
  if (found === undefined) return;
  const isPassword = await facts.passwords(spec.connect, spec.class);
  const { fields } = connectorDiff(liveFrom(spec.connect, found, isPassword), desired);
  const others = fields.filter(({ path: [field] }) => field === "class" || field === "config");
  if (others.length === 0) return;
  const keys = others.map(({ path }) => path.at(-1)).join(", ");
  throw failure("KP4053", `somebody else created it meanwhile, with another ${keys}`);
}

/** Rest first: a connector that is to be paused or stopped takes its new config without running it. */
async function update(
  { address, live, desired, fields }: Update<ConnectorSpec>,
  port: ConnectPort,
): Promise<void> {
  const name = nameOf(address);
  const { state } = desired.spec;
  const has = (...parts: readonly string[]) => fields.some(({ path: [field = ""] }) => parts.includes(field));
  const changeState = async () => {
    if (has("state")) expectDone(await port.setState(name, state), desired);
  };
  if (state !== "running") await changeState();
  if (has("config", "class")) {
    expectDone(await port.putConfig(name, writtenConfig(address, desired.spec)), desired);
  }
  if (state === "running") await changeState();
  // A task whose own config stays the same isn't restarted by the new one of its connector. What failed comes
  // to rest by a restart only: pausing leaves it failed, and so does a new config of what is paused.
  const restsIll = state !== "running" && live.health.length > 0;
  if (has("task", "") || restsIll) expectDone(await port.restartFailed(name), desired);
}

async function remove({ address, live }: Delete<ConnectorSpec>, port: ConnectPort): Promise<string> {
  expectDone(await port.delete(nameOf(address)), live);
  return "deleted";
}

/** Waits for the connector, telling what it waits for; a failure comes with the start of its trace. */
async function settled(
  { address, spec }: Resource<ConnectorSpec>,
  port: ConnectPort,
  { signal, send }: Context,
): Promise<string> {
  let last: ConnectorStatus | undefined;
  for await (const status of port.settle(nameOf(address), spec.state, signal)) {
    last = status;
    send({ type: "progress", address, message: waitingFor(status, spec.state) });
  }
  if (last === undefined) return signal.aborted ? "sent" : missing();
  const failed = failureOf(last, Object.values(spec.config));
  if (failed !== undefined) throw new KpipeError(failed);
  const rests = [last.connector, ...last.tasks].every((part) => part.state === spec.state);
  if (!rests && !signal.aborted) throw failure("KP4052", waitingFor(last, spec.state));
  return rests ? restOf(last, spec.state) : `sent, ${waitingFor(last, spec.state)}`;
}

function missing(): never {
  throw failure("KP4054", "is not there any more");
}

function restOf({ tasks }: ConnectorStatus, state: ConnectorSpec["state"]): string {
  if (state !== "running") return state;
  if (tasks.length === 0) return "running, no tasks: it found nothing to do";
  return tasks.length === 1 ? "running, 1 task" : `running, ${tasks.length} tasks`;
}

function waitingFor({ connector, tasks }: ConnectorStatus, state: ConnectorSpec["state"]): string {
  if (connector.state !== state) return `${words[connector.state]}, not yet ${state}`;
  if (tasks.length === 0) return `${state}, no tasks yet`;
  const up = tasks.filter((task) => task.state === state).length;
  const open = tasks.findIndex((task) => task.state !== state);
  const rest = tasks[open];
  return `${up} of ${tasks.length} tasks ${state}${rest ? `, task ${open} is ${words[rest.state]}` : ""}`;
}

/** A part that no worker has, or that has said nothing yet, is about to start somewhere. */
const words: Readonly<Record<PartStatus["state"], string>> = {
  running: "running",
  paused: "paused",
  stopped: "stopped",
  failed: "failed",
  unassigned: "starting",
  restarting: "restarting",
  unknown: "in no known state",
};

function failureOf(
  { connector, tasks }: ConnectorStatus,
  secrets: readonly unknown[],
): Diagnostic | undefined {
  const parts = [
    { name: "it", ...connector },
    ...tasks.map((task, number) => ({ name: `task ${number}`, ...task })),
  ];
  const ill = parts.find((part) => part.state === "failed");
  if (ill === undefined) return undefined;
  const lines = ill.trace === undefined ? [] : traceLines(scrub(ill.trace, secrets));
  return error("KP4051", [`${ill.name} failed`, ...lines].join("\n"));
}

const codes: Readonly<Record<string, ErrorCode>> = {
  missing: "KP4054",
  busy: "KP3030",
  exists: "KP4053",
};

function expectDone(result: ConnectResult, { spec }: { readonly spec: ConnectorSpec }): void {
  if (result.ok) return;
  const { reason, message } = result.failure;
  throw failure(codes[reason] ?? "KP4050", scrub(message, Object.values(spec.config)));
}

function failure(code: ErrorCode, message: string): KpipeError {
  return new KpipeError(error(code, message));
}
