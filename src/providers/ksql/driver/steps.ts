import { type Address, type Change, kindOf, nameOf, type Resource, type World } from "../../../core/model.ts";
import { emptyContext, propertyOf, topicOf } from "../../../ksql/canonical/index.ts";
import { parseStatement } from "../../../ksql/syntax/index.ts";
import { isKsqlSpec } from "../definitions.ts";
import { dependantsOf } from "../lineage.ts";
import { startOf } from "../manner.ts";
import { type KsqlSpec, OFFSET_RESET } from "../spec.ts";
import { dropped, made, resumed, type Sent, terminated } from "./statement.ts";
import { declaredSettings, type Settings, type TopicSettings } from "./topics.ts";

export type KsqlChange = Change<KsqlSpec>;

/** One statement of a change. */
export interface Step {
  readonly sent: Sent;
  /** away: of what is there now; make: the declared statement. */
  readonly type: "away" | "make" | "resume";
  readonly address: Address;
}

export interface Surroundings {
  readonly world: World;
  /** Topics as they are now. */
  readonly settings: Settings;
  /** Topics that aren't there yet are taken as declared: what the sandbox is asked about comes to be later. */
  readonly ahead: boolean;
  /** What steps before have taken away already. */
  readonly gone: ReadonlySet<Address>;
}

/** The statements that carry out a change, in order. */
export function stepsOf(change: KsqlChange, around: Surroundings): readonly Step[] {
  const { address } = change;
  switch (change.action) {
    case "delete":
      return away(address, around);
    case "create":
      return [make(change.desired, { orReplace: false, isNew: true }, around)];
    case "update":
      return [make(change.desired, { orReplace: true, isNew: false }, around), ...resume(change)];
    case "operate":
      return change.fields.some(({ before }) => before === "paused")
        ? resume(change)
        : [make(change.desired, { orReplace: true, isNew: false }, around)];
    case "replace": {
      const dependants = [...dependantsOf(address, around.world), address];
      return [
        ...dependants.flatMap((it) => away(it, around)),
        make(change.desired, { orReplace: false, isNew: true }, around),
      ];
    }
  }
}

/** Topics whose settings have to be known before the statements of these changes can be written. */
export function topicsOf(changes: readonly KsqlChange[]): readonly string[] {
  return changes.flatMap((change) => {
    if (change.action === "delete") return [];
    const { topic } = change.desired.spec;
    return topic === null ? [] : [topic];
  });
}

/** The objects that a change takes away, itself included. */
export function takenAway(change: KsqlChange, world: World): readonly Address[] {
  switch (change.action) {
    case "delete":
      return [change.address];
    case "replace":
      return [...dependantsOf(change.address, world), change.address];
    case "create":
    case "update":
    case "operate":
      return [];
  }
}

function away(address: Address, { world, gone }: Surroundings): readonly Step[] {
  const spec = world.actual.get(address)?.spec;
  if (gone.has(address) || spec === undefined || !isKsqlSpec(address, spec)) return [];
  const kind = kindOf(address);
  const name = nameOf(address);
  const isNamed = kind === "stream" || kind === "table" || kind === "type";
  const sent = isNamed ? dropped(kind, name) : terminated(spec.query ?? name);
  return [{ sent, type: "away", address }];
}

function make(
  desired: Resource<KsqlSpec>,
  { orReplace, isNew }: { readonly orReplace: boolean; readonly isNew: boolean },
  around: Surroundings,
): Step {
  const start = isNew ? startOf(desired) : undefined;
  const properties = { ...desired.spec.properties, ...(start !== undefined && { [OFFSET_RESET]: start }) };
  const topic = topicFor(desired, around);
  return { sent: made(desired, { orReplace, topic, properties }), type: "make", address: desired.address };
}

/** ksqlDB refuses a topic that is there with other settings than it would give it (500, [500] and [505]). */
function topicFor(
  { spec }: Resource<KsqlSpec>,
  { world, settings, ahead }: Surroundings,
): TopicSettings | undefined {
  const statement = parseStatement(spec.statement);
  if (statement.kind !== "create-source" && statement.kind !== "create-as") return undefined;
  const topic = topicOf(statement, emptyContext.defaults);
  if (topic === null) return undefined;
  const there = settings.get(topic);
  if (there === undefined) return ahead ? declaredSettings(topic, world) : undefined;
  if (statement.kind === "create-as") return there;
  // Over a topic that is there a source needs no settings; the ones that it gives have to be right.
  const given = ["PARTITIONS", "REPLICAS", "RETENTION_MS"].some((it) => propertyOf(statement, it) !== null);
  return given && declaredSettings(topic, world) !== undefined ? there : undefined;
}

function resume(change: KsqlChange): readonly Step[] {
  if (!("fields" in change) || !change.fields.some(({ before }) => before === "paused")) return [];
  const { query } = change.live.spec;
  return query === null ? [] : [{ sent: resumed(query), type: "resume", address: change.address }];
}
