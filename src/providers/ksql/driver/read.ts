import type { KsqlPort, KsqlQuery, KsqlSource, KsqlState, KsqlType } from "../../../clients/ksql.ts";
import { error, KpipeError } from "../../../core/errors.ts";
import type { Scope } from "../../../core/kind.ts";
import { type Address, type Ailment, addressOf, kindOf, type Live, type World } from "../../../core/model.ts";
import { typeFromReport } from "../../../ksql/canonical/index.ts";
import { parseStatement, printName, printType } from "../../../ksql/syntax/index.ts";
import { ailment } from "../ailments.ts";
import { definitionsOf } from "../definitions.ts";
import { type KsqlSpec, ksqlKindNames, type Reported } from "../spec.ts";
import { verdictOf } from "../verdict.ts";

type LiveObjects = ReadonlyMap<Address, Live<KsqlSpec>>;

/** Everything that the server has, claimed or not: what a drop costs depends on all of it. */
export async function readKsql(ksql: KsqlPort | undefined, scope: Scope): Promise<LiveObjects> {
  if (ksql === undefined) {
    const declared = [...(scope.desired ?? [])].find(([address]) => isKsql(address));
    if (declared === undefined) return new Map();
    const [address, { position }] = declared;
    throw new KpipeError(
      error("KP2200", "there is no ksqlDB server to declare this on", { address, position }),
    );
  }
  return adopted(liveObjects(await ksql.read()), scope);
}

function isKsql(address: Address): boolean {
  return ksqlKindNames.some((kind) => kind === kindOf(address));
}

/** A server's state as live resources. */
export function liveObjects({ sources, queries, types }: KsqlState): LiveObjects {
  const gone = new Set(sources.filter(({ partitions }) => partitions === 0).map(({ name }) => name));
  const inserts = new Set(queries.filter(isInsert));
  const own = new Map(
    queries
      .filter((it) => !inserts.has(it))
      .flatMap((query) => madeFor(query).map((name) => [name, query] as const)),
  );
  return new Map([
    ...[...types].map(([name, type]) => entry(liveType(name, type))),
    ...sources.map((source) => entry(liveSource(source, own.get(source.name), gone))),
    ...[...inserts].map((query) => entry(liveInsert(query, gone))),
  ]);
}

function entry(live: Live<KsqlSpec>): readonly [Address, Live<KsqlSpec>] {
  return [live.address, live];
}

function isInsert({ text }: KsqlQuery): boolean {
  return parseStatement(text).kind === "insert-select" || /^\s*INSERT\s/i.test(text);
}

/** A query is its sink's: of a CREATE ... AS SELECT; the one of a SOURCE TABLE has none, and is its source's. */
function madeFor({ sinks, sources }: KsqlQuery): readonly string[] {
  return sinks.length > 0 ? sinks : sources;
}

function liveType(name: string, type: KsqlType): Live<KsqlSpec> {
  const statement = `CREATE TYPE ${printName(name)} AS ${printType(typeFromReport(type))}`;
  const spec: KsqlSpec = { statement, topic: null, reported: null, query: null, properties: {} };
  return { address: addressOf("type", name), spec, health: [] };
}

function liveSource(
  source: KsqlSource,
  query: KsqlQuery | undefined,
  gone: ReadonlySet<string>,
): Live<KsqlSpec> {
  const { name, type, topic, statement } = source;
  const spec: KsqlSpec = {
    statement: statement.trim().replace(/;$/, ""),
    topic,
    reported: reportedOf(source),
    query: query?.id ?? null,
    properties: query?.properties ?? {},
  };
  const isCreatedAs = parseStatement(statement).kind === "create-as";
  return {
    address: addressOf(type, name),
    spec,
    health: [
      ...(gone.has(name) ? [topicGone(topic, isCreatedAs)] : []),
      ...(query === undefined
        ? isCreatedAs
          ? [ailment("terminated", "nothing runs that writes into it")]
          : []
        : queryAilments(query, gone)),
    ],
  };
}

function reportedOf({ keyFormat, valueFormat, windowType, fields }: KsqlSource): Reported {
  return {
    keyFormat,
    valueFormat,
    windowed: windowType !== null,
    columns: fields.map(({ name, type, role }) => ({ name, type: printType(typeFromReport(type)), role })),
  };
}

function liveInsert(query: KsqlQuery, gone: ReadonlySet<string>): Live<KsqlSpec> {
  const { id, text, properties } = query;
  const statement = text.trim().replace(/;$/, "");
  return {
    address: addressOf("query", id),
    spec: { statement, topic: null, reported: null, query: id, properties },
    health: queryAilments(query, gone),
  };
}

function topicGone(topic: string, isSink: boolean): Ailment {
  return ailment(isSink ? "without its sink" : "without its topic", `topic/${topic} is gone`);
}

/** Errors of a query that runs are of the past, unless a topic that it needs is gone: it never says so itself. */
function queryAilments(query: KsqlQuery, gone: ReadonlySet<string>): readonly Ailment[] {
  const { id, state, errors, sources } = query;
  const [newest] = errors;
  const message = newest === undefined ? id : `${id}: ${newest.message}`;
  switch (state) {
    case "paused":
      return [ailment("paused", id)];
    case "error":
      return [ailment("failing", message)];
    case "unresponsive":
      return [ailment("failing", `${message} (it does not respond)`)];
    case "running":
      return newest !== undefined && sources.some((source) => gone.has(source))
        ? [ailment("without its topic", message)]
        : [];
  }
}

/**
 * An INSERT query that has another id than the file gives it is the declared one all the same, if it means the same
 * and no declaration names its id.
 */
function adopted(live: LiveObjects, { desired = new Map(), declared }: Scope): LiveObjects {
  const isQuery = (address: Address) => kindOf(address) === "query";
  const wanted = [...desired.keys()].filter((it) => isQuery(it) && !live.has(it));
  const nameless = new Set([...live.keys()].filter((it) => isQuery(it) && !declared.has(it)));
  const world: World = { desired, actual: live };
  const objects = new Map(live);
  for (const address of wanted) {
    const found = [...nameless].find((it) => isSame(it, address, world));
    const query = found && live.get(found);
    if (found === undefined || query === undefined) continue;
    nameless.delete(found);
    objects.delete(found);
    objects.set(address, { ...query, address });
  }
  return objects;
}

function isSame(found: Address, declared: Address, world: World): boolean {
  const definitions = definitionsOf(world);
  const [live, desired] = [definitions.live(found), definitions.desired(declared)];
  if (live === undefined || desired === undefined || "kind" in live || "kind" in desired) return false;
  return verdictOf(live, desired).kind === "same";
}
