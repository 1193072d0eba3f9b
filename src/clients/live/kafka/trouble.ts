/** How far a connection had come: nothing but the handshake is done before the first answer. */
export type Stage = "handshake" | "first" | "later";

/** What stood between kpipe and an answer. What to say of it is said in diagnosis.ts. */
export type Trouble =
  /** No connection: refused, no route, or nothing came back (code ETIMEDOUT). */
  | { readonly type: "unreachable"; readonly code: string }
  | { readonly type: "unknown-host"; readonly host: string }
  /** Connected, and no answer came. `request`: what it was asked; undefined: the first handshake. */
  | { readonly type: "silent"; readonly request: string | undefined }
  /** The connection ended while an answer was due. `after`: what trying again met. */
  | {
      readonly type: "lost";
      readonly request: string | undefined;
      readonly stage: Stage;
      readonly after?: Trouble;
    }
  /** The cluster's metadata doesn't have the broker (or, undefined, a controller) that it should have. */
  | { readonly type: "absent"; readonly broker: number | undefined }
  | { readonly type: "wrong-cluster"; readonly expected: string; readonly found: string }
  | {
      readonly type: "certificate";
      readonly reason: "untrusted" | "expired" | "host";
      readonly detail: string;
    }
  /** The two ends don't agree whether to encrypt, or how. */
  | { readonly type: "tls"; readonly reason: "not-spoken" | "needed" | "failed"; readonly detail: string }
  | { readonly type: "not-kafka"; readonly speaks: "http" | "unknown" }
  /** It answered as Kafka before, and this answer does not have the shape of its version. */
  | { readonly type: "garbled"; readonly request: string }
  | { readonly type: "denied"; readonly mechanism: string; readonly detail: string }
  | { readonly type: "mechanism"; readonly mechanism: string; readonly offered: readonly string[] }
  /** The listener doesn't want SASL at all. */
  | { readonly type: "no-sasl" }
  | { readonly type: "too-old"; readonly request: string; readonly since: string }
  /** No token is to be had; `detail` is what a user reads. */
  | { readonly type: "token"; readonly detail: string; readonly next?: string };

/** A server that could not be reached or understood; becomes a KpipeError at the port. */
export class KafkaTrouble extends Error {
  readonly trouble: Trouble;
  /** `host:port`. */
  readonly address: string;
  /** What the other addresses that were tried answered. */
  readonly others: readonly KafkaTrouble[];

  constructor(trouble: Trouble, address: string, cause?: unknown, others: readonly KafkaTrouble[] = []) {
    super(`${trouble.type} ${address}`, cause === undefined ? {} : { cause });
    this.name = "KafkaTrouble";
    this.trouble = trouble;
    this.address = address;
    this.others = others;
  }
}

/** Whether another broker, or the same one a moment later, may well answer. */
export function mayPass({ type }: Trouble): boolean {
  return ["unreachable", "unknown-host", "silent", "lost", "absent"].includes(type);
}
