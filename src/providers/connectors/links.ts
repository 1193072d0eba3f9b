import type { Links } from "../../core/kind.ts";
import { type Address, addressOf, kindOf, nameOf, type World } from "../../core/model.ts";
import { valueFormat } from "./formats.ts";
import { type ConnectorSpec, knownText } from "./spec.ts";
import { tablesOf } from "./tables.ts";
import { isSink, topicsOf } from "./topics.ts";

/** What a connector reads, writes and makes for itself: tables, topics, its group, its dead letters. */
export function connectorLinks(spec: ConnectorSpec, name: string, world: World): Links {
  const { reads, writes, writesLike, deadLetters } = topicsOf(spec, () => knownTopics(world));
  const topic = (it: string): Address => addressOf("topic", it);
  const sink = isSink(spec);
  const tables = tablesOf(spec, reads);
  const group = knownText(spec.config, "consumer.override.group.id") ?? `connect-${name}`;
  const written = [...writes, ...(deadLetters === undefined ? [] : [deadLetters])].map(topic);
  const format = valueFormat(spec);
  return {
    reads: sink ? reads.map(topic) : tables,
    writes: sink ? [...written, ...tables] : written,
    owns: [...written, ...writesLike.map(topic), ...(sink ? [addressOf("group", group)] : [])],
    ...(format && {
      formats: (sink ? reads : writes).map((it) => ({
        topic: topic(it),
        use: sink ? ("reads" as const) : ("writes" as const),
        ...format,
      })),
    }),
  };
}

function* knownTopics({ desired, actual }: World): Iterable<string> {
  for (const address of desired.keys()) if (kindOf(address) === "topic") yield nameOf(address);
  for (const address of actual.keys()) if (kindOf(address) === "topic") yield nameOf(address);
}
