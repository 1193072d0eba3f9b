import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import type { KafkaPort, NewTopic, Results, TopicDescription } from "../../src/clients/kafka.ts";

/** A cluster of one broker under test, and what applications do on it. */
export interface KafkaUnderTest {
  readonly kafka: KafkaPort;
  readonly clusterId: string;
  /** Sends what is too much for one request in several; otherwise it is refused as the broker refuses it. */
  readonly splitsBatches?: true;
  /** Appends records to partition 0. */
  produce(topic: string, records: number): Promise<void>;
  /** Joins a group as a consumer of the topic, until the returned function is called. */
  join(group: string, topic: string): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** The cluster at hand and what the tests of it share. Every name begins with the run's. */
export class KafkaBench {
  readonly run = `c${randomUUID().slice(0, 8)}`;
  #cluster: KafkaUnderTest | undefined;

  async open(open: () => Promise<KafkaUnderTest>): Promise<void> {
    this.#cluster = await open();
  }

  async close(): Promise<void> {
    await this.#cluster?.close();
  }

  get cluster(): KafkaUnderTest {
    if (!this.#cluster) throw new Error("the cluster is not open");
    return this.#cluster;
  }

  get kafka(): KafkaPort {
    return this.cluster.kafka;
  }

  /** A topic of this run to ask for: one partition, one replica, unless told. */
  topic(suffix: string, more: Partial<NewTopic> = {}): NewTopic {
    return { name: `${this.run}.${suffix}`, partitions: 1, replicationFactor: 1, config: new Map(), ...more };
  }

  /** Creates a topic and waits until the brokers' metadata have it. */
  async create(suffix: string, more: Partial<NewTopic> = {}): Promise<string> {
    const wanted = this.topic(suffix, more);
    expectOk(await this.kafka.createTopics([wanted], "execute"), wanted.name);
    await vi.waitFor(
      async () => expect(await this.partitionsOf(wanted.name)).toBe(wanted.partitions ?? 1),
      waiting,
    );
    return wanted.name;
  }

  async found(name: string): Promise<TopicDescription | undefined> {
    return (await this.kafka.topics()).find((it) => it.name === name);
  }

  async partitionsOf(name: string): Promise<number | undefined> {
    return (await this.found(name))?.partitions.length;
  }

  async overridesOf(name: string): Promise<Readonly<Record<string, string | null>> | undefined> {
    const overrides = (await this.kafka.topicOverrides([name])).get(name);
    return overrides && Object.fromEntries(overrides);
  }
}

const waiting = { timeout: 15_000, interval: 100 };

/** Brokers learn of a change some time after the controller. */
export function soon<T>(look: () => Promise<T>) {
  return expect.poll(look, waiting);
}

export function expectOk(results: Results, ...names: readonly string[]): void {
  expect(Object.fromEntries(results)).toEqual(Object.fromEntries(names.map((name) => [name, { ok: true }])));
}

export function codeOf(results: Results, name: string): number | "ok" | undefined {
  const result = results.get(name);
  return result?.ok ? "ok" : result?.error.code;
}
