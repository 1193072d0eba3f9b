import type { ConnectPort } from "./connect.ts";
import type { KafkaPort } from "./kafka.ts";
import type { KsqlPort } from "./ksql.ts";

/** The servers that a pipeline runs on. One cluster interface, two implementations: live and recorded. */
export interface Clients {
  readonly kafka: KafkaPort;
  /** By the name that the file gives; the only one of a file that names none is `default`. */
  readonly connect: ReadonlyMap<string, ConnectPort>;
  /** Absent: there is none. */
  readonly ksql?: KsqlPort;
  /** What was asked so far that these servers could not judge, and took; nothing on live ones. */
  notChecked(): readonly string[];
  close(): Promise<void>;
}
