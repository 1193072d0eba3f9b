import type { Reader, Writer } from "./wire.ts";

/** One request of Kafka's protocol: how it is written and how its answer is read. */
export interface Request<Args, Answer> {
  readonly key: number;
  readonly name: string;
  /** The lowest and the highest version that `write` and `read` know. */
  readonly versions: readonly [lowest: number, highest: number];
  /** The first flexible version (KIP-482), whether or not `versions` reaches it. */
  readonly flexibleFrom: number;
  /** The Kafka release that brought the lowest version. */
  readonly since: string;
  write(out: Writer, args: Args, version: number): void;
  read(from: Reader, version: number): Answer;
}

/** What became of one entry of a request. */
export interface EntryAnswer {
  /** 0: done. */
  readonly code: number;
  /** The broker's words, if it gave any. */
  readonly message: string | null;
}

export interface NamedAnswer extends EntryAnswer {
  readonly name: string;
}

export interface PartitionAnswer extends EntryAnswer {
  readonly topic: string;
  readonly partition: number;
}
