import type { Links, TopicFormat, ValueFormat } from "../../core/kind.ts";
import { type Address, addressOf, nameOf, type World } from "../../core/model.ts";
import {
  foldAlters,
  isDeclaration,
  propertyOf,
  sinkOf,
  sourcesOf,
  usedTypes,
} from "../../ksql/canonical/index.ts";
import { type Declaration, parseStatements } from "../../ksql/syntax/index.ts";
import { addressOfSource, isKsqlSpec } from "./definitions.ts";
import type { KsqlSpec } from "./spec.ts";

const NONE: Links = { reads: [], writes: [], owns: [] };

/** What a statement reads, writes and makes; nothing is known of one that isn't understood. */
export function ksqlLinks({ statement: text, topic }: KsqlSpec, _name: string, world: World): Links {
  const statement = declarationIn(text);
  if (statement === undefined) return topic === null ? NONE : { ...NONE, reads: [addressOf("topic", topic)] };
  const topics = topic === null ? [] : [addressOf("topic", topic)];
  const sources = sourcesOf(statement).map((name) => addressOfSource(name, world));
  const types = usedTypes(statement).map((name) => addressOf("type", name));
  const formats = topics.flatMap((it) => formatOf(statement, it));
  switch (statement.kind) {
    case "create-type":
      return { reads: types, writes: [], owns: [] };
    case "create-source": {
      const makes = propertyOf(statement, "PARTITIONS") !== null;
      return { reads: [...topics, ...types], writes: [], owns: makes ? topics : [], formats };
    }
    case "create-as":
      return { reads: [...sources, ...types], writes: topics, owns: topics, formats };
    case "insert-select": {
      const sink = sinkOf(statement);
      return { reads: sources, writes: sink === null ? [] : [addressOfSource(sink, world)], owns: [] };
    }
  }
}

function declarationIn(text: string): Declaration | undefined {
  const [only, second] = foldAlters(parseStatements(text));
  return only !== undefined && second === undefined && isDeclaration(only) ? only : undefined;
}

const formatNames: Readonly<Record<string, ValueFormat>> = {
  JSON: "json",
  JSON_SR: "json-schema",
  AVRO: "avro",
  PROTOBUF: "protobuf",
};

function formatOf(statement: Declaration, topic: Address): readonly TopicFormat[] {
  const format = formatNames[propertyOf(statement, "VALUE_FORMAT") ?? ""];
  if (format === undefined) return [];
  const settings = Object.fromEntries(
    Object.entries(formatNames).map(([name, it]) => [it, `VALUE_FORMAT='${name}'`]),
  );
  return [
    {
      topic,
      use: statement.kind === "create-as" ? "writes" : "reads",
      format,
      path: ["statement"],
      settings,
    },
  ];
}

/**
 * Live objects that have to go before a stream or table can be dropped, the farthest first: what was created from
 * it and queries that read or write it, and so on.
 */
export function dependantsOf(address: Address, world: World): readonly Address[] {
  const users = usersOf(world);
  const found = new Set<Address>();
  const visit = (used: Address): void => {
    for (const user of users.get(used) ?? []) {
      if (found.has(user) || user === address) continue;
      visit(user);
      found.add(user);
    }
  };
  visit(address);
  return [...found];
}

const known = new WeakMap<World, ReadonlyMap<Address, readonly Address[]>>();

/** By stream or table, the live ksqlDB objects that use it. */
export function usersOf(world: World): ReadonlyMap<Address, readonly Address[]> {
  const before = known.get(world);
  if (before) return before;
  const users = new Map<Address, Address[]>();
  // Names are looked up among what is live: a declared one of another kind isn't there yet.
  const there: World = { desired: new Map(), actual: world.actual };
  for (const [address, { spec }] of world.actual) {
    if (!isKsqlSpec(address, spec)) continue;
    const { reads, writes } = ksqlLinks(spec, nameOf(address), there);
    for (const used of [...reads, ...writes]) {
      const list = users.get(used);
      if (list) list.push(address);
      else users.set(used, [address]);
    }
  }
  known.set(world, users);
  return users;
}
