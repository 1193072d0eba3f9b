import kafkajs from "kafkajs";
import type { Request } from "../../../src/clients/live/kafka/protocol/request.ts";
import { openSession } from "../../../src/clients/live/kafka/session.ts";
import { position } from "./on-brokers.ts";

/** What applications do on a cluster, in kafkajs' ways. */
export interface Applications {
  /** Appends records to partition 0. */
  produce(topic: string, records: number): Promise<void>;
  /** Joins a group of the classic protocol, until the returned function is called. */
  join(group: string, topic: string): Promise<() => Promise<void>>;
}

export function applicationsOn(brokers: readonly string[]): Applications {
  const applications = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  return {
    produce: async (topic, records) => {
      const producer = applications.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
      await producer.connect();
      const messages = Array.from({ length: records }, (_, at) => ({ partition: 0, value: `${at}` }));
      await producer.send({ topic, messages });
      await producer.disconnect();
    },
    join: async (group, topic) => {
      const consumer = applications.consumer({ groupId: group });
      await consumer.connect();
      await consumer.subscribe({ topics: [topic] });
      const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
      await consumer.run({ eachMessage: async () => {} });
      await joined;
      return () => consumer.disconnect();
    },
  };
}

interface Heartbeat {
  readonly group: string;
  readonly member: string;
  readonly epoch: number;
  /** null: as before. */
  readonly topics: readonly string[] | null;
}

/** A member's word to the coordinator (KIP-848); epoch 0 joins, -1 leaves. */
const heartbeat: Request<
  Heartbeat,
  { readonly code: number; readonly message: string | null; readonly member: string; readonly epoch: number }
> = {
  key: 68,
  name: "ConsumerGroupHeartbeat",
  versions: [0, 0],
  flexibleFrom: 0,
  since: "3.7",
  write(out, { group, member, epoch, topics }) {
    out.string(group);
    out.string(member);
    out.int32(epoch);
    out.string(null); // instance_id
    out.string(null); // rack_id
    out.int32(epoch === 0 ? 60_000 : -1); // rebalance_timeout_ms
    out.strings(topics);
    out.string(null); // server_assignor
    out.array(epoch === 0 ? [] : null, () => {}); // topic_partitions
    out.end();
  },
  read(from) {
    from.int32(); // throttle_time_ms
    const code = from.int16();
    const message = from.string();
    return { code, message, member: from.text(), epoch: from.int32() };
  },
};

/** Joins a group of the consumer protocol, which kafkajs doesn't know, until the returned function is called. */
export async function joinByConsumerProtocol(
  broker: { readonly host: string; readonly port: number },
  group: string,
  topic: string,
): Promise<() => Promise<void>> {
  const session = openSession({
    bootstrap: [broker],
    clusterId: undefined,
    clientId: "kip-848",
    timeoutMs: 20_000,
    tls: undefined,
    sasl: undefined,
    onRequest: undefined,
    facts: { position, timeoutMs: 20_000, encrypted: false, authenticated: false, labels: new Map() },
  });
  const beat = async (member: string, epoch: number, topics: readonly string[] | null) => {
    const answer = await session.any(heartbeat, { group, member, epoch, topics }, session.deadline());
    if (answer.code !== 0) throw new Error(`${answer.code} ${answer.message}`);
    return answer;
  };
  let { member, epoch } = await beat("", 0, [topic]);
  for (let again = 0; again < 3; again += 1) ({ member, epoch } = await beat(member, epoch, null));
  return async () => {
    await beat(member, -1, null);
    session.close();
  };
}
