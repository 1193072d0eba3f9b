import type { Socket } from "node:net";
import { Reader, Writer } from "../../../../src/clients/live/kafka/protocol/wire.ts";
import { listening, type TcpServer } from "./tcp-servers.ts";

/** What a broker does with a request: answers it, or doesn't. */
export type Reply = ((out: Writer) => void) | "silence" | "reset" | "close";

export interface Received {
  readonly api: number;
  readonly version: number;
  /** Its body, to read what was asked. */
  readonly body: Reader;
  /** How many of its API came before it. */
  readonly before: number;
}

export type Script = Readonly<Record<number, (request: Received) => Reply>>;

export interface FakeBroker extends TcpServer {
  /** The API keys of what came, handshakes too. */
  readonly received: readonly number[];
  count(api: number): number;
}

export const api = {
  listOffsets: 2,
  metadata: 3,
  saslHandshake: 17,
  apiVersions: 18,
  createTopics: 19,
  deleteTopics: 20,
  describeConfigs: 32,
  saslAuthenticate: 36,
  createPartitions: 37,
  alterConfigs: 44,
} as const;

/** Versions whose fields are not in the flexible form, so that one Writer serves all. */
const offered: Readonly<Record<number, number>> = {
  [api.listOffsets]: 3,
  [api.metadata]: 7,
  [api.saslHandshake]: 1,
  [api.apiVersions]: 2,
  [api.createTopics]: 4,
  [api.deleteTopics]: 3,
  [api.describeConfigs]: 1,
  [api.saslAuthenticate]: 1,
  [api.createPartitions]: 1,
  [api.alterConfigs]: 0,
};

/** Speaks just enough of Kafka to misbehave in ways that a real broker can't be asked to. */
export async function fakeBroker(script: Script): Promise<FakeBroker> {
  const received: number[] = [];
  const count = (key: number) => received.filter((it) => it === key).length;
  const server = await listening((socket) => {
    let buffered = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk]);
      while (buffered.length >= 4 && buffered.length >= 4 + buffered.readInt32BE(0)) {
        const end = 4 + buffered.readInt32BE(0);
        take(socket, buffered.subarray(4, end));
        buffered = buffered.subarray(end);
      }
    });
  });
  return { ...server, received, count };

  function take(socket: Socket, bytes: Buffer): void {
    const body = new Reader(bytes, false);
    const [key, version, correlation] = [body.int16(), body.int16(), body.int32()];
    body.string(); // client_id
    const before = count(key);
    received.push(key);
    const reply = (script[key] ?? usual[key])?.({ api: key, version, body, before }) ?? "silence";
    if (reply === "silence") return;
    if (reply === "close") return void socket.end();
    if (reply === "reset") return void socket.resetAndDestroy();
    const out = new Writer(false);
    out.int32(correlation);
    reply(out);
    const answer = out.encoder.buffer;
    const length = Buffer.alloc(4);
    length.writeInt32BE(answer.length);
    socket.write(Buffer.concat([length, answer]));
  }
}

const usual: Script = { [api.apiVersions]: () => versions(offered) };

/** ApiVersions 2. */
export function versions(highest: Readonly<Record<number, number>>): Reply {
  return (out) => {
    out.int16(0);
    out.array(Object.entries(highest), ([key, version]) => {
      out.int16(Number(key));
      out.int16(0);
      out.int16(version);
    });
    out.int32(0);
  };
}

export interface FakeCluster {
  readonly brokers: readonly { readonly id: number; readonly port: number; readonly host?: string }[];
  readonly controller?: number;
  /** By topic the leaders of its partitions, or the code that is answered instead. */
  readonly topics?: Readonly<Record<string, readonly number[] | number>>;
}

/** Metadata 7. */
export function metadata({ brokers, controller = 1, topics = {} }: FakeCluster): Reply {
  return (out) => {
    out.int32(0);
    out.array(brokers, ({ id, host = "127.0.0.1", port }) => {
      out.int32(id);
      out.string(host);
      out.int32(port);
      out.string(null);
    });
    out.string("fake-cluster");
    out.int32(controller);
    out.array(Object.entries(topics), ([name, partitions]) => {
      out.int16(typeof partitions === "number" ? partitions : 0);
      out.string(name);
      out.boolean(false);
      out.array(typeof partitions === "number" ? [] : [...partitions.entries()], ([partition, leader]) => {
        out.int16(leader < 0 ? 5 : 0);
        out.int32(partition);
        out.int32(leader);
        out.int32(0);
        out.int32s([1]);
        out.int32s([1]);
        out.int32s([]);
      });
    });
  };
}

/** CreateTopics 4 and CreatePartitions 1; `withMessages` false: DeleteTopics 3. */
export function codes(answers: Readonly<Record<string, number>>, withMessages = true): Reply {
  return (out) => {
    out.int32(0);
    out.array(Object.entries(answers), ([name, code]) => {
      out.string(name);
      out.int16(code);
      if (withMessages) out.string(null);
    });
  };
}

/** DescribeConfigs 1: what is set on each topic, or the code that is answered instead. */
export function overrides(
  topics: Readonly<Record<string, Readonly<Record<string, string>> | number>>,
): Reply {
  return (out) => {
    out.int32(0);
    out.array(Object.entries(topics), ([name, configs]) => {
      out.int16(typeof configs === "number" ? configs : 0);
      out.string(null);
      out.int8(2);
      out.string(name);
      out.array(typeof configs === "number" ? [] : Object.entries(configs), ([key, value]) => {
        out.string(key);
        out.string(value);
        out.boolean(false);
        out.int8(1);
        out.boolean(false);
        out.array([], () => {});
      });
    });
  };
}
