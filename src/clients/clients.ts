import type { KafkaPort } from "./kafka.ts";

/** The servers that a pipeline runs on. One cluster interface, two implementations: live and recorded. */
export interface Clients {
  readonly kafka: KafkaPort;
  close(): Promise<void>;
}
