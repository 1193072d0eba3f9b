import type { KafkaPort } from "../../clients/kafka.ts";
import { type Diagnostic, error } from "../../core/errors.ts";
import type { Progress } from "../../core/kind.ts";
import { counted } from "../../core/words.ts";
import type { Pace } from "../kafka/pace.ts";
import { moveReplicas } from "./move.ts";
import { changeOf, configFields, type TopicUpdate } from "./requests.ts";
import { carryOut } from "./write.ts";
import { configuring, growing } from "./writes.ts";

type Part = "partitions" | "config" | "replicas";

/**
 * Partitions first, so that new ones move with the others; then configs; then replicas. Only where replicas
 * are added configs come last: `min.insync.replicas` may need them.
 */
export async function* applyUpdates(
  kafka: KafkaPort,
  updates: readonly TopicUpdate[],
  signal: AbortSignal,
  pace: Pace,
): AsyncGenerator<Progress> {
  const open = new Map(updates.map((change) => [change, partsOf(change)]));
  const openFor = (part: Part) => [...open].filter(([, parts]) => parts.has(part)).map(([change]) => change);

  function* end(change: TopicUpdate, part: Part, diagnostic?: Diagnostic): Generator<Progress> {
    const { address } = change;
    const parts = open.get(change);
    parts?.delete(part);
    if (diagnostic === undefined && parts?.size !== 0) return;
    open.delete(change);
    if (diagnostic) yield { type: "failed", address, diagnostic };
    else yield { type: "done", address, message: updated(change) };
  }

  async function* configure(changes: readonly TopicUpdate[]): AsyncGenerator<Progress> {
    for await (const { change, diagnostic } of carryOut(kafka, changes, configuring(kafka), signal, pace))
      yield* end(change, "config", diagnostic);
  }

  for await (const it of carryOut(kafka, openFor("partitions"), growing(kafka), signal, pace))
    yield* end(it.change, "partitions", it.diagnostic);
  yield* configure(openFor("config").filter((it) => !addsReplicas(it)));
  for await (const event of moveReplicas(kafka, openFor("replicas"), signal, pace)) {
    switch (event.type) {
      case "progress":
        yield { type: "progress", address: event.change.address, message: event.message };
        break;
      case "failed":
        yield* end(event.change, "replicas", event.diagnostic);
        break;
      case "moved":
        for (const change of event.changes) yield* end(change, "replicas");
        yield* configure(openFor("config").filter((it) => event.changes.includes(it)));
    }
  }
  for (const [change, left] of open) {
    if (left.size < partsOf(change).size) yield halfWay(change, left);
  }
}

function halfWay({ address, position }: TopicUpdate, left: ReadonlySet<Part>): Progress {
  const message = `interrupted with ${[...left].join(" and ")} still to do`;
  return { type: "failed", address, diagnostic: error("KP4012", message, { address, position }) };
}

function partsOf(change: TopicUpdate): Set<Part> {
  const parts: readonly (Part | false)[] = [
    changeOf(change, "partitions") !== undefined && "partitions",
    configFields(change).length > 0 && "config",
    changeOf(change, "replicationFactor") !== undefined && "replicas",
  ];
  return new Set(parts.filter((it) => it !== false));
}

function addsReplicas(change: TopicUpdate): boolean {
  const field = changeOf(change, "replicationFactor");
  // Of an uneven topic (null) some partitions have too few.
  return field !== undefined && Number(field.after) > Number(field.before ?? 0);
}

/** `partitions 3 -> 6, 2 configs` */
function updated(change: TopicUpdate): string {
  const partitions = changeOf(change, "partitions");
  const replicas = changeOf(change, "replicationFactor");
  const configs = configFields(change).length;
  return [
    ...(partitions ? [`partitions ${partitions.before} -> ${partitions.after}`] : []),
    ...(replicas ? [`replication factor ${replicas.before ?? "uneven"} -> ${replicas.after}`] : []),
    ...(configs > 0 ? [counted(configs, "config")] : []),
  ].join(", ");
}
