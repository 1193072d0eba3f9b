import type { KafkaPort } from "../../../src/clients/kafka.ts";
import { recordedKafka } from "../../../src/clients/recorded/clients.ts";
import type { KafkaRecording, TopicRecording } from "../../../src/clients/recorded/document.ts";
import type { Driver, Progress } from "../../../src/core/kind.ts";
import { type Address, addressOf, type Change, nameOf, type World } from "../../../src/core/model.ts";
import { topicDriver } from "../../../src/providers/topics/driver.ts";
import type { TopicSpec } from "../../../src/providers/topics/spec.ts";
import { declared, said, updateOf } from "./given.ts";

export const WORLD: World = { desired: new Map(), actual: new Map() };
export const NOW = Date.UTC(2026, 0, 1);
export const everything = { declared: new Set<Address>(), claims: () => true };

/** A recorded cluster of three brokers. */
export function cluster(recording: Partial<KafkaRecording>): KafkaPort {
  const brokers = [1, 2, 3].map((id) => ({ id, host: "localhost", port: 9090 + id }));
  return recordedKafka({
    kind: "Recording",
    formatVersion: 1,
    kafka: { clusterId: "c", brokers, ...recording },
  });
}

export function topic(
  partitions: number,
  replicas: readonly number[] = [1],
  config: TopicRecording["config"] = {},
): TopicRecording {
  return { partitions: Array.from({ length: partitions }, () => ({ replicas })), config };
}

/** A driver without patience, at a time that stands still. */
export function driver(kafka: KafkaPort): Driver<TopicSpec> {
  return topicDriver(kafka, { pace: { patience: 30, doubt: 10 }, now: () => NOW });
}

export async function specs(kafka: KafkaPort): Promise<Readonly<Record<string, TopicSpec>>> {
  const live = await driver(kafka).read(everything);
  return Object.fromEntries([...live].map(([address, { spec }]) => [nameOf(address), spec]));
}

/** The update that the planner would make of a live topic. */
export async function updating(kafka: KafkaPort, yaml: string, name: string): Promise<Change<TopicSpec>> {
  const live = (await driver(kafka).read(everything)).get(addressOf("topic", name));
  if (live === undefined) throw new Error(`no topic ${name}`);
  return updateOf(live, declared(yaml, name));
}

/** The events of an apply, as `done name: message` and `failed name: CODE place: message`. */
export async function applied(
  kafka: KafkaPort,
  changes: readonly Change<TopicSpec>[],
  signal = new AbortController().signal,
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const it of driver(kafka).apply(changes, WORLD, signal)) all.push(told(it));
  return all;
}

function told(progress: Progress): string {
  const text = progress.type === "failed" ? said(progress.diagnostic) : progress.message;
  return `${progress.type} ${nameOf(progress.address)}: ${text}`;
}

/** The port, and the names of the requests made of it. */
export function counting(kafka: KafkaPort): { readonly kafka: KafkaPort; readonly calls: string[] } {
  const calls: string[] = [];
  const counted = new Proxy(kafka, {
    get(port, name, receiver) {
      if (typeof name === "string") calls.push(name);
      return Reflect.get(port, name, receiver);
    },
  });
  return { kafka: counted, calls };
}
