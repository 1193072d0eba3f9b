import { groupConfigKeys } from "../../src/clients/kafka-config-keys.ts";
import { Doubts } from "../../src/clients/recorded/doubts.ts";
import { kafkaOf } from "../../src/clients/recorded/kafka/port.ts";
import { memoryStore } from "../../src/clients/recorded/store.ts";
import { recording } from "../clients/recorded/recordings.ts";
import { kafkaContract } from "./kafka.ts";
import type { KafkaUnderTest } from "./kafka-bench.ts";

/** A recorded cluster, and applications that change its state from outside. */
async function open(): Promise<KafkaUnderTest> {
  const document = recording({ groupConfigKeys });
  const store = memoryStore(document);
  return {
    kafka: kafkaOf(store, new Doubts()),
    clusterId: document.kafka.clusterId,
    produce: (topic, records) =>
      store.write(({ kafka: { topics } }) => {
        const [first, ...rest] = topics.get(topic)?.partitions ?? [];
        if (!first) throw new Error(`no topic ${topic}`);
        const latest = first.latest + BigInt(records);
        const times = [
          ...first.times,
          [Date.now(), first.latest] as const,
          [Date.now() + 1, latest] as const,
        ];
        const filled = { ...first, latest, bytes: first.bytes + 70 * records, times };
        topics.get(topic)?.partitions.splice(0, 1 + rest.length, filled, ...rest);
      }),
    join: async (group, topic) => {
      const member = { clientId: "reader", host: "/127.0.0.1", topics: [topic] };
      const committed = new Map();
      await store.write(({ kafka: { groups } }) => {
        groups.set(group, { protocol: "classic", state: "Stable", members: [member], committed });
      });
      return () =>
        store.write(({ kafka: { groups } }) => {
          groups.set(group, { protocol: "classic", state: "Empty", members: [], committed });
        });
    },
    close: async () => {},
  };
}

kafkaContract("a recorded Kafka", open);
