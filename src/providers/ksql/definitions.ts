import {
  type Address,
  addressOf,
  type Desired,
  kindOf,
  nameOf,
  type Spec,
  type World,
} from "../../core/model.ts";
import {
  type Canonical,
  type Context,
  canonicalize,
  contextAfter,
  emptyContext,
  isDeclaration,
  readBack,
  resultSchema,
  type SchemaColumn,
  type SourceSchema,
  sourcesOf,
  usedTypes,
} from "../../ksql/canonical/index.ts";
import { type Declaration, parseStatement, parseTypeText, type Unparsed } from "../../ksql/syntax/index.ts";
import { type KsqlSpec, ksqlKindNames, type Reported } from "./spec.ts";
import type { Definition } from "./upgrade.ts";

/** The meaning of every ksqlDB object of a world, each given what it reads. */
export interface Definitions {
  /** Declared addresses, each behind what it reads. */
  readonly order: readonly Address[];
  desired(address: Address): Definition | Unparsed | undefined;
  live(address: Address): Definition | Unparsed | undefined;
}

const known = new WeakMap<World, Definitions>();

/** Reads the definitions of a world; once for the same world, so that a thousand questions cost one pass. */
export function definitionsOf(world: World): Definitions {
  const definitions = known.get(world) ?? read(world);
  known.set(world, definitions);
  return definitions;
}

export function isKsqlSpec(address: Address, spec: Spec): spec is KsqlSpec {
  return ksqlKindNames.some((kind) => kind === kindOf(address)) && typeof spec.statement === "string";
}

/** The stream or table of a name, as the file declares it or else as the server has it. */
export function addressOfSource(name: string, { desired, actual }: World): Address {
  const [stream, table] = [addressOf("stream", name), addressOf("table", name)];
  const sides = [desired, actual];
  return sides.some((side) => side.has(table)) && !desired.has(stream) ? table : stream;
}

function read(world: World): Definitions {
  const before = liveContext(world);
  const live = new Map(
    [...world.actual].flatMap(([address, { spec }]) =>
      isKsqlSpec(address, spec) ? [[address, liveDefinition(spec, before)] as const] : [],
    ),
  );
  const declared = declarations(world.desired);
  const order = inOrderOfReading(declared, world);
  const desired = new Map<Address, Definition | Unparsed>();
  let context = before;
  for (const address of order) {
    const statement = declared.get(address);
    if (statement === undefined) continue;
    if (statement.kind === "unparsed") {
      desired.set(address, statement);
      continue;
    }
    const found = live.get(address);
    const columns = filledIn(resultSchema(statement, context), found);
    desired.set(address, {
      canonical: withoutTopicSettings(canonicalize(statement, context), address, world),
      columns,
      reads: readType(statement, context),
    });
    context = following(statement, context, columns, before);
  }
  return { order, desired: (address) => desired.get(address), live: (address) => live.get(address) };
}

function declarations(desired: Desired): ReadonlyMap<Address, Declaration | Unparsed> {
  return new Map(
    [...desired].flatMap(([address, { spec }]) => {
      if (!isKsqlSpec(address, spec)) return [];
      const statement = parseStatement(spec.statement);
      return statement.kind === "unparsed" || isDeclaration(statement) ? [[address, statement] as const] : [];
    }),
  );
}

/** Depth first: what a statement reads, and the types that it names, come before it. */
function inOrderOfReading(
  declared: ReadonlyMap<Address, Declaration | Unparsed>,
  world: World,
): readonly Address[] {
  const done = new Set<Address>();
  const visit = (address: Address): void => {
    const statement = declared.get(address);
    if (statement === undefined || done.has(address)) return;
    done.add(address);
    if (statement.kind !== "unparsed") {
      for (const name of usedTypes(statement)) visit(addressOf("type", name));
      for (const name of sourcesOf(statement)) visit(addressOfSource(name, world));
    }
    order.push(address);
  };
  const order: Address[] = [];
  for (const address of declared.keys()) visit(address);
  return order;
}

function liveContext({ actual }: World): Context {
  const sources = new Map<string, SourceSchema>();
  let context: Context = { ...emptyContext, sources };
  for (const [address, { spec }] of actual) {
    if (!isKsqlSpec(address, spec)) continue;
    const kind = kindOf(address);
    if (spec.reported && (kind === "stream" || kind === "table")) {
      sources.set(nameOf(address), schemaOf(kind, spec.reported));
    }
    const statement = kind === "type" ? parseStatement(spec.statement) : undefined;
    if (statement?.kind === "create-type") context = contextAfter(statement, context);
  }
  return context;
}

function schemaOf(type: SourceSchema["type"], reported: Reported): SourceSchema {
  const { keyFormat, valueFormat, windowed } = reported;
  return { type, windowed, keyFormat, valueFormat, columns: columnsOf(reported) };
}

function columnsOf({ columns }: Reported): readonly SchemaColumn[] {
  return columns.map(({ name, type, role }) => {
    const parsed = parseTypeText(type);
    return { name, role, type: "kind" in parsed ? parsed : "unknown" };
  });
}

function liveDefinition({ statement, reported }: KsqlSpec, context: Context): Definition | Unparsed {
  const canonical = readBack(statement, context);
  if (canonical.kind === "unparsed") return canonical;
  return {
    canonical,
    columns: reported ? columnsOf(reported) : undefined,
    reads: readType(canonical.statement, context),
  };
}

function readType(statement: Declaration, { sources }: Context): Definition["reads"] {
  const [from] = sourcesOf(statement);
  return from === undefined ? undefined : sources.get(from)?.type;
}

/** What can't be told from the statement is as the server has it: a schema registry's columns, a function's type. */
function filledIn(
  columns: readonly SchemaColumn[] | undefined,
  live: Definition | Unparsed | undefined,
): readonly SchemaColumn[] | undefined {
  const found = live && !("kind" in live) ? live.columns : undefined;
  if (columns === undefined || found === undefined) return columns ?? found;
  return columns.map((column) => {
    const same = found.find(({ name }) => name === column.name);
    if (same === undefined) return column;
    return {
      name: column.name,
      type: column.type === "unknown" ? same.type : column.type,
      role: column.role === "unknown" ? same.role : column.role,
    };
  });
}

/** A source whose columns the statement doesn't tell keeps those that it has. */
function following(
  statement: Declaration,
  context: Context,
  columns: readonly SchemaColumn[] | undefined,
  before: Context,
): Context {
  const after = contextAfter(statement, context);
  if (statement.kind !== "create-source" && statement.kind !== "create-as") return after;
  const name = statement.name.name;
  const schema = after.sources.get(name) ?? before.sources.get(name);
  if (schema === undefined || columns === undefined) return after;
  return { ...after, sources: new Map(after.sources).set(name, { ...schema, columns }) };
}

/** A declared topic wins over what the statement says of it. */
function withoutTopicSettings(canonical: Canonical, address: Address, { desired }: World): Canonical {
  const topic = desired.get(address)?.spec.topic;
  if (typeof topic !== "string" || !desired.has(addressOf("topic", topic))) return canonical;
  return { ...canonical, topic: { partitions: null, replicas: null, retentionMs: null } };
}
