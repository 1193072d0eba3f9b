import type { KafkaPort } from "../../../clients/kafka.ts";
import type { KsqlPort, KsqlRefusal } from "../../../clients/ksql.ts";
import { type Diagnostic, error } from "../../../core/errors.ts";
import type { Verdict } from "../../../core/kind.ts";
import { type Address, addressOf, kindOf, nameOf, type World } from "../../../core/model.ts";
import { dependantsOf } from "../lineage.ts";
import { placeOf } from "./places.ts";
import { type KsqlChange, type Step, type Surroundings, stepsOf, takenAway, topicsOf } from "./steps.ts";
import { settingsOf } from "./topics.ts";

/** So many refusals are looked for; whoever has more mends these first. */
const ROUNDS = 10;

/**
 * What the server would refuse: the statements of all changes, in order, are asked about at once and none is
 * executed. A refused change is left out with what depends on it, and the rest is asked about again.
 */
export async function checkKsql(
  ksql: KsqlPort,
  kafka: KafkaPort,
  changes: readonly KsqlChange[],
  world: World,
): Promise<Verdict> {
  const known = [...takenNames(changes, world), ...unselected(changes, world)];
  const diagnostics: Diagnostic[] = [...known];
  let left = without(
    changes,
    known.flatMap(({ address }) => address ?? []),
  );
  const settings = await settingsOf(kafka, topicsOf(left));
  for (let round = 0; round < ROUNDS && left.length > 0; round += 1) {
    const steps = allSteps(left, { world, settings, ahead: true });
    const refusal = await ksql.check(steps.map(({ sent: { text, properties } }) => ({ text, properties })));
    if (refusal === undefined) break;
    const step = refusal.statement === undefined ? undefined : steps[refusal.statement];
    const change = step && left.find(({ address }) => address === step.change);
    diagnostics.push(refused(refusal, step, change, world));
    if (change === undefined) break;
    left = without(left, [change.address]);
  }
  return { diagnostics, notChecked: [] };
}

interface CheckedStep extends Step {
  /** The change that it belongs to. */
  readonly change: Address;
}

function allSteps(
  changes: readonly KsqlChange[],
  around: Omit<Surroundings, "gone">,
): readonly CheckedStep[] {
  const gone = new Set<Address>();
  return changes.flatMap((change) => {
    const steps = stepsOf(change, { ...around, gone });
    for (const address of takenAway(change, around.world)) gone.add(address);
    return steps.map((step) => ({ ...step, change: change.address }));
  });
}

/** Changes without some, and without what waits for those. */
function without(changes: readonly KsqlChange[], some: readonly Address[]): readonly KsqlChange[] {
  const out = new Set(some);
  // In order of dependence, so that one pass finds them all.
  return changes.filter(({ address, after }) => {
    if (after.some((it) => out.has(it))) out.add(address);
    return !out.has(address);
  });
}

function refused(
  { message, line, column }: KsqlRefusal,
  step: Step | undefined,
  change: KsqlChange | undefined,
  world: World,
): Diagnostic {
  const address = change?.address;
  const resource = step?.type === "make" ? world.desired.get(step.address) : undefined;
  const position = (resource && step && placeOf(resource, step.sent, line, column)) ?? change?.position;
  const isUpgrade = /upgrade/i.test(message) && change?.action === "update";
  return error(isUpgrade ? "KP2201" : "KP2204", message, { address, position });
}

/** Streams and tables share their names, and a type of source can't become the other. */
function takenNames(changes: readonly KsqlChange[], { actual }: World): readonly Diagnostic[] {
  return changes.flatMap(({ action, address, position }) => {
    const kind = kindOf(address);
    if (action !== "create" || (kind !== "stream" && kind !== "table")) return [];
    const other = addressOf(kind === "stream" ? "table" : "stream", nameOf(address));
    return actual.has(other)
      ? [error("KP2205", `${other} is there, and ksqlDB has one of a name`, { address, position })]
      : [];
  });
}

/** With `--target`, a replace may take along what was not asked for. */
function unselected(changes: readonly KsqlChange[], world: World): readonly Diagnostic[] {
  const planned = new Set(changes.map(({ address }) => address));
  return changes.flatMap(({ action, address, position }) => {
    const missing = action === "replace" ? dependantsOf(address, world).filter((it) => !planned.has(it)) : [];
    if (missing.length === 0) return [];
    const message = `is replaced, which takes ${missing.join(", ")} along`;
    return [error("KP2206", message, { address, position })];
  });
}
