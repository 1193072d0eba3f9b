import { type Secret, scrub } from "../../../core/secret.ts";
import type {
  ConfigDefinition,
  ConfigKeyType,
  ConnectorPlugin,
  ConnectorStatus,
  ConnectorType,
  ConnectWorker,
  LiveConnector,
  PartStatus,
  Validation,
} from "../../connect.ts";

/** JSON objects and lists of Connect's answers, read with care: plugins and forks add and leave out fields. */
type Json = Readonly<Record<string, unknown>>;

export function workerOf(answer: unknown): ConnectWorker | undefined {
  const { version, kafka_cluster_id: kafkaClusterId } = object(answer);
  return typeof version === "string" && typeof kafkaClusterId === "string"
    ? { version, kafkaClusterId }
    : undefined;
}

export function pluginsOf(answer: unknown): readonly ConnectorPlugin[] {
  return list(answer)
    .map(object)
    .map((it) => ({ class: text(it.class), type: typeOf(it.type), version: text(it.version) }));
}

export function definitionsOf(answer: unknown): readonly ConfigDefinition[] {
  return list(answer).map((it) => definitionOf(object(it)));
}

function definitionOf({ name, type, required }: Json): ConfigDefinition {
  return { name: text(name), type: keyTypes.get(text(type)) ?? "string", required: required === true };
}

const keyTypes: ReadonlyMap<string, ConfigKeyType> = new Map([
  ["BOOLEAN", "boolean"],
  ["STRING", "string"],
  ["INT", "int"],
  ["SHORT", "short"],
  ["LONG", "long"],
  ["DOUBLE", "double"],
  ["LIST", "list"],
  ["CLASS", "class"],
  ["PASSWORD", "password"],
]);

/** `GET /connectors?expand=info&expand=status`; one that is deleted meanwhile has no info, and is left out. */
export function connectorsOf(answer: unknown): ReadonlyMap<string, LiveConnector> {
  return new Map(
    Object.entries(object(answer)).flatMap(([name, entry]): [string, LiveConnector][] => {
      const { info, status } = object(entry);
      return info === undefined ? [] : [[name, connectorOf(name, info, status)]];
    }),
  );
}

export function connectorOf(name: string, info: unknown, status: unknown): LiveConnector {
  const { config } = object(info);
  return {
    name,
    config: new Map(Object.entries(object(config)).map(([key, value]) => [key, scalar(value)])),
    status: statusOf(info, status),
  };
}

/**
 * What the status tells, and what it doesn't: a connector that was just created has none, and a task that
 * hangs in its start, such as one that can't reach its database, stands in the info alone.
 */
export function statusOf(info: unknown, status: unknown): ConnectorStatus {
  const { tasks: configured, type } = object(info);
  const { connector, tasks, type: said } = object(status);
  const told = new Map(list(tasks).map((it) => [numberOf(object(it).id), partOf(object(it))]));
  const numbers = new Set([...list(configured).map((it) => numberOf(object(it).task)), ...told.keys()]);
  return {
    type: said === undefined || said === "unknown" ? typeOf(type) : typeOf(said),
    connector: partOf(object(connector)),
    tasks: [...numbers].toSorted((a, b) => a - b).map((number) => told.get(number) ?? partOf({})),
  };
}

/** A task's number, which some forks tell as text. */
function numberOf(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}

function partOf({ state, worker_id: worker, trace }: Json): PartStatus {
  return {
    state: states.get(text(state)) ?? "unassigned",
    worker: text(worker),
    ...(typeof trace === "string" && trace !== "" && { trace }),
  };
}

/** AbstractStatus.State of Connect's runtime; DESTROYED is never answered by the REST API. */
const states: ReadonlyMap<string, PartStatus["state"]> = new Map([
  ["RUNNING", "running"],
  ["PAUSED", "paused"],
  ["STOPPED", "stopped"],
  ["FAILED", "failed"],
  ["UNASSIGNED", "unassigned"],
  ["RESTARTING", "restarting"],
  ["DESTROYED", "unknown"],
]);

export function topicsOf(name: string, answer: unknown): readonly string[] {
  return list(object(object(answer)[name]).topics)
    .map(text)
    .toSorted();
}

export function validationOf(answer: unknown): Validation {
  const errors = list(object(answer).configs)
    .map((it) => object(object(it).value))
    .map(({ name, errors }) => ({ key: text(name), messages: [...new Set(list(errors).map(text))] }));
  return { errors: errors.filter(({ messages }) => messages.length > 0) };
}

const LONGEST_MESSAGE = 2_000;

/**
 * The `message` of an error answer; the start of its text where there is none. Without the secrets: what is
 * cut may end within one, which would not be found in it any more.
 */
export function messageOf(json: unknown, body: string, secrets: readonly Secret[] = []): string {
  const { message } = object(json);
  if (typeof message !== "string") return scrub(body, secrets).slice(0, 200);
  const words = plain(scrub(message, secrets));
  return words.length > LONGEST_MESSAGE ? `${words.slice(0, LONGEST_MESSAGE)}...` : words;
}

/** Without the names of exceptions in front, and the list of plugins that an unknown class draws. */
function plain(message: string): string {
  return message
    .replace(/^(?:[\w$]+\.)+[\w$]+(?:Exception|Error): /g, "")
    .replace(/^(?:[\w$]+\.)+[\w$]+(?:Exception|Error): /g, "")
    .replace(/, available connectors are: .*/s, "")
    .replace(/ Classes found: .*/s, "")
    .replace(/\nYou can also find the above list of errors at the endpoint .*/s, "")
    .trim();
}

function typeOf(value: unknown): ConnectorType {
  return value === "source" || value === "sink" ? value : "unknown";
}

function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Connect stores text; a number can only come from a fork, and is text here too. An object can't become text safely. */
function scalar(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? "(not text)" : String(value);
}
