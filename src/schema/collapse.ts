import type { Path } from "./node.ts";
import type { Fault } from "./validate.ts";

/**
 * Of a choice (`anyOf`, `oneOf`) the schema reports every branch that failed. What the user meant is one of
 * them: the findings of the likeliest branch stay. If the value has the type of none, one finding says which
 * types it could have.
 */
export function collapse(faults: readonly Fault[]): readonly Fault[] {
  const byEntry = new Map<string, Fault[]>();
  for (const fault of faults) {
    const entry = fault.path.slice(0, 2).join("/");
    const known = byEntry.get(entry);
    if (known) known.push(fault);
    else byEntry.set(entry, [fault]);
  }
  // No choice spans entries: what is compared with each other stays small.
  return [...byEntry.values()].flatMap(collapseEntry);
}

function collapseEntry(faults: readonly Fault[]): readonly Fault[] {
  let rest = faults;
  for (let choice = outermost(rest); choice; choice = outermost(rest)) {
    const chosen = choice;
    const within = rest.filter((it) => isWithin(it, chosen));
    const others = rest.filter((it) => it !== chosen && !within.includes(it));
    rest = [...others, ...likeliest(chosen, within)];
  }
  return rest.filter(({ keyword }) => keyword !== "if" && keyword !== "propertyNames");
}

/** A choice lies in another one if its place in the schema is longer. */
function outermost(faults: readonly Fault[]): Fault | undefined {
  return faults
    .filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf")
    .toSorted((left, right) => left.schemaPath.length - right.schemaPath.length)[0];
}

function isWithin(fault: Fault, choice: Fault): boolean {
  return fault.schemaPath.startsWith(`${choice.schemaPath}/`) && startsWith(fault.path, choice.path);
}

function likeliest(choice: Fault, within: readonly Fault[]): readonly Fault[] {
  // Without a failed branch more than one fitted.
  if (within.length === 0) return [{ ...choice, keyword: "ambiguous" }];
  const names = new Set(within.map((fault) => branchOf(fault, choice)));
  const branches = [...names].map((name) => within.filter((fault) => branchOf(fault, choice) === name));
  const fitting = branches.filter((branch) => !branch.some((it) => isTypeOf(it, choice.path)));
  if (fitting.length === 0)
    return [{ ...choice, keyword: "type", params: { type: typesOf(within, choice) } }];
  const constant = sameConstant(fitting);
  if (constant) return [constant];
  const [best = []] = fitting.toSorted((left, right) => unlikeness(left) - unlikeness(right));
  return best;
}

function branchOf({ schemaPath }: Fault, choice: Fault): string {
  return schemaPath.slice(choice.schemaPath.length + 1).split("/", 1)[0] ?? "";
}

/** If a constant at one place tells the branches apart and none fits, the finding is about that place alone. */
function sameConstant(branches: readonly (readonly Fault[])[]): Fault | undefined {
  const constants = branches.map((branch) => branch.find(isConstant));
  const [first] = constants;
  if (!first || branches.length < 2) return undefined;
  const place = first.path.join("/");
  if (!constants.every((it) => it?.path.join("/") === place)) return undefined;
  const allowedValues = constants.flatMap((it) => it?.params.allowedValues ?? it?.params.allowedValue ?? []);
  return { ...first, keyword: "enum", params: { allowedValues } };
}

function isConstant({ keyword }: Fault): boolean {
  return keyword === "const" || keyword === "enum";
}

/** A branch whose constants don't fit is a worse guess than one that lacks something. */
function unlikeness(branch: readonly Fault[]): number {
  const constants = branch.filter(isConstant);
  return constants.length * 1_000 + branch.length;
}

function isTypeOf({ keyword, path }: Fault, of: Path): boolean {
  return keyword === "type" && path.length === of.length;
}

function typesOf(within: readonly Fault[], choice: Fault): readonly unknown[] {
  const types = within.filter((it) => isTypeOf(it, choice.path)).flatMap(({ params }) => params.type);
  return [...new Set(types)];
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}
