import type { Position } from "../core/model.ts";
import type { Secret } from "../core/secret.ts";

/** The operations on one Kafka Connect cluster that kpipe needs. */
export interface ConnectPort {
  /** Where the file names it; undefined for a recording. */
  readonly position: Position | undefined;
  /** Who answers, asked once. A worker that is still starting is waited for. */
  worker(): Promise<ConnectWorker>;
  /** The connectors that are installed, without converters and transforms. */
  plugins(): Promise<readonly ConnectorPlugin[]>;
  /** The keys that a plugin knows; undefined if the worker can't tell (older than Kafka 3.2, KIP-769). */
  definitions(pluginClass: string): Promise<readonly ConfigDefinition[] | undefined>;
  /** Every connector with config, status and tasks, in one request. */
  connectors(): Promise<ReadonlyMap<string, LiveConnector>>;
  /** One connector, read again; undefined if it isn't there. */
  connector(name: string): Promise<LiveConnector | undefined>;
  /** Topics that the connector has used since they were last reset; none if it isn't there. */
  activeTopics(name: string): Promise<readonly string[]>;
  /** What the worker says to a whole config, `name` and `connector.class` included; changes nothing. */
  validate(config: WrittenConfig): Promise<Validation>;
  /** Creates it in a state. `exists`: somebody else has, and nothing was changed. */
  create(name: string, config: WrittenConfig, state: ConnectorState): Promise<ConnectResult>;
  /** Replaces the whole config; creates the connector if it isn't there. */
  putConfig(name: string, config: WrittenConfig): Promise<ConnectResult>;
  setState(name: string, state: ConnectorState): Promise<ConnectResult>;
  /** Restarts the connector if it failed, and its failed tasks (KIP-745). */
  restartFailed(name: string): Promise<ConnectResult>;
  /** Already gone is a success. */
  delete(name: string): Promise<ConnectResult>;
  /**
   * The status each time it changes, until the connector rests in `state`: its tasks run, or one failed, or
   * it is paused or stopped. Ends too when the time is over or `signal` aborts; the last status tells.
   */
  settle(name: string, state: ConnectorState, signal: AbortSignal): AsyncIterable<ConnectorStatus>;
  close(): Promise<void>;
}

export interface ConnectWorker {
  /** Such as `4.3.1` or `7.9.3-ccs`. */
  readonly version: string;
  /** The Kafka cluster that it stores its connectors in. */
  readonly kafkaClusterId: string;
}

export interface ConnectorPlugin {
  readonly class: string;
  readonly type: ConnectorType;
  readonly version: string;
}

export type ConnectorType = "source" | "sink" | "unknown";

/** One key of a plugin's ConfigDef. */
export interface ConfigDefinition {
  readonly name: string;
  readonly type: ConfigKeyType;
  readonly required: boolean;
}

export type ConfigKeyType =
  | "boolean"
  | "string"
  | "int"
  | "short"
  | "long"
  | "double"
  | "list"
  | "class"
  | "password";

/** Connect keeps text, and a null that somebody sent as null. */
export type ReadConfig = ReadonlyMap<string, string | null>;
export type WrittenConfig = ReadonlyMap<string, string | Secret>;

export type ConnectorState = "running" | "paused" | "stopped";

export interface LiveConnector {
  readonly name: string;
  /** With `name` and `connector.class`, and what the server adds. */
  readonly config: ReadConfig;
  readonly status: ConnectorStatus;
}

export interface ConnectorStatus {
  readonly type: ConnectorType;
  readonly connector: PartStatus;
  /** By number, from 0. */
  readonly tasks: readonly PartStatus[];
}

/** The connector itself, or one of its tasks. */
export interface PartStatus {
  readonly state: "running" | "paused" | "stopped" | "failed" | "unassigned" | "restarting" | "unknown";
  /** `host:port`. */
  readonly worker: string;
  /** The Java stack trace of a failure. */
  readonly trace?: string;
}

export interface Validation {
  /** Per key in the worker's order, and only those with errors. */
  readonly errors: readonly { readonly key: string; readonly messages: readonly string[] }[];
  /** What was wrong with the request as a whole, such as a class that isn't installed. */
  readonly refusal?: string;
}

export type ConnectResult = { readonly ok: true } | { readonly ok: false; readonly failure: ConnectFailure };

export interface ConnectFailure {
  /** `busy`: the worker was still rebalancing when the time was over. */
  readonly reason: "exists" | "missing" | "invalid" | "busy" | "failed";
  /** The worker's own words, without secrets. */
  readonly message: string;
}
