import { isDeepStrictEqual } from "node:util";
import type { KafkaRecording } from "../../src/clients/recorded/document.ts";
import { parseRecording } from "../../src/clients/recorded/parse.ts";

/** Addresses of what differs between two recordings, other than what Kafka itself does along the way. */
export function touched(before: string, after: string): readonly string[] {
  if (before === after) return [];
  const [one, other] = [resources(before), resources(after)];
  const sinks = sinksOf(after);
  const gone = [...one.keys()].filter((address) => !other.has(address));
  return [...new Set([...one.keys(), ...other.keys()])].filter((address) => {
    const [was, is] = [one.get(address), other.get(address)];
    if (was === undefined && sinks.has(address)) return false;
    return !isDeepStrictEqual(withoutCommitsOn(gone, was), withoutCommitsOn(gone, is));
  });
}

/** Topics that ksqlDB makes for what it creates. */
function sinksOf(text: string): ReadonlySet<string> {
  const sources = Object.values(parseRecording(text, "cluster.json").ksql?.sources ?? {});
  return new Set(
    sources.filter(({ statement }) => / AS SELECT/.test(statement)).map(({ topic }) => `topic/${topic}`),
  );
}

function resources(text: string): ReadonlyMap<string, unknown> {
  const { kafka, connect = {}, ksql } = parseRecording(text, "cluster.json");
  const named = (kind: string, things: object = {}) =>
    Object.entries(things).map(([name, it]) => [`${kind}/${name}`, it] as const);
  return new Map<string, unknown>([
    ...named("topic", kafka.topics),
    ...groups(kafka),
    ...Object.values(connect).flatMap(({ connectors }) => named("connector", connectors)),
    ...Object.entries(ksql?.sources ?? {}).map(([name, it]) => [`${it.type}/${name}`, it] as const),
    // The query of a CREATE ... AS belongs to what it creates, whose address stands for both.
    ...named("query", ksql?.queries).filter(([address]) => !/^query\/C[ST]AS_/.test(address)),
  ]);
}

/** A group with its configs, which need no group. */
function groups({ groups = {}, groupConfigs = {} }: KafkaRecording): readonly (readonly [string, unknown])[] {
  return [...new Set([...Object.keys(groups), ...Object.keys(groupConfigs)])].map((name) => {
    const { committed = {}, ...group } = groups[name] ?? {};
    return [`group/${name}`, { ...group, committed, config: groupConfigs[name] ?? {} }];
  });
}

/** Brokers drop the commits on a topic that is deleted. */
function withoutCommitsOn(gone: readonly string[], resource: unknown): unknown {
  if (typeof resource !== "object" || resource === null || !("committed" in resource)) return resource;
  const left = Object.entries(resource.committed ?? {}).filter(([topic]) => !gone.includes(`topic/${topic}`));
  return { ...resource, committed: Object.fromEntries(left) };
}
