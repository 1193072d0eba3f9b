import { type Diagnostic, error } from "../core/errors.ts";
import type { Kind, Report, Section } from "../core/kind.ts";
import type { Address, Resource } from "../core/model.ts";
import type { Pipeline } from "../core/pipeline.ts";
import { claimOf, patternFaults, removedOf, unclaimed } from "./claim.ts";
import { collapse } from "./collapse.ts";
import { connectionsOf } from "./connections.ts";
import { withAllDefaults } from "./defaults.ts";
import { entryOf, fieldsOf } from "./entry.ts";
import { explain, isUnknowable } from "./explain.ts";
import { fillIn, type Values } from "./fill-in.ts";
import type { NamedFiles } from "./named-files.ts";
import { at, entriesAt, isTemplated, type MapNode, toData } from "./node.ts";
import type { Shape } from "./shape.ts";
import { type Fault, validate } from "./validate.ts";

export interface Surroundings extends Values {
  readonly kinds: readonly Kind[];
  readonly shape: Shape;
  readonly files: NamedFiles;
}

/** The merged tree as a pipeline; every fault of it goes to `report`. */
export function assemble(merged: MapNode, around: Surroundings): Pipeline | undefined {
  const { kinds, shape, sections, report } = around;
  const root = fillIn(withAllDefaults(merged, sections, shape), shape, around);
  const faults = validate(kinds, toData(root)).filter((fault) => !isUnknowable(fault, root));
  for (const fault of collapse(faults)) {
    const diagnostic = explain(fault, root, shape);
    if (diagnostic) report(diagnostic);
  }
  const resources = sections.flatMap((section) => resourcesOf(section, root, faults, around));
  const desired = new Map<Address, Resource>();
  for (const resource of resources) {
    const before = desired.get(resource.address);
    if (before) report(declaredTwice(resource, before));
    else desired.set(resource.address, resource);
  }
  const badPatterns = patternFaults(root, sections);
  for (const it of badPatterns) report(it);
  const declaredClaim = at(root, ["claim"]);
  const broken =
    badPatterns.length > 0 ||
    faults.some(({ path }) => path[0] === "claim") ||
    (declaredClaim && isTemplated(declaredClaim));
  // What a broken claim leaves out would be called outside of it.
  if (broken) return undefined;
  const claim = claimOf(root, sections);
  for (const it of unclaimed(desired, claim, kinds)) report(it);
  const removed = removedOf(root, desired, claim, kinds);
  for (const it of removed.diagnostics) report(it);
  if (faults.length > 0) return undefined;
  return {
    name: textAt(root, "name") ?? "",
    owner: textAt(root, "owner"),
    connections: connectionsOf(root, report),
    desired,
    claim,
    removed: removed.addresses,
    deletes: Object.fromEntries(sections.map(({ budget }) => [budget.key, budgetOf(root, budget)])),
  };
}

/** A key too many keeps nobody from reading the others, and from finding what is wrong with those. */
const namesUnknownKey: ReadonlySet<string> = new Set(["additionalProperties", "unevaluatedProperties"]);

/** What a section declares: its entries whose known keys the schema finds nothing wrong with, and its files. */
function resourcesOf(
  section: Section,
  root: MapNode,
  faults: readonly Fault[],
  { files, report }: Surroundings,
): readonly Resource[] {
  const broken = new Set(
    faults
      .filter(({ path, keyword }) => path[0] === section.key && !namesUnknownKey.has(keyword))
      .map(({ path }) => path[1]),
  );
  const entries = [...entriesAt(root, [section.key])].flatMap(([key, pair]) => {
    // Text that is still a template has a reference that failed.
    if (pair.value.type !== "map" || broken.has(key) || isTemplated(pair.value)) return [];
    return section.decode(entryOf(key, pair, pair.value, files, report), report);
  });
  const resources = [...entries, ...fromFiles(section, root, files, report)];
  section.review?.(resources, report);
  return resources;
}

function fromFiles(section: Section, root: MapNode, files: NamedFiles, report: Report): readonly Resource[] {
  const { files: listed } = section;
  const names = listed && at(root, [listed.key]);
  if (names?.type !== "list") return [];
  const given = section.defaults && at(root, ["defaults", section.defaults.key]);
  const defaults = given?.type === "map" ? fieldsOf(given) : {};
  return names.items.flatMap((name) => {
    if (name.type !== "scalar" || typeof name.value !== "string" || name.value === "") return [];
    const sources = files.readAll(name.value, name.position, report);
    return sources.flatMap((source) => listed?.decode(source, defaults, report) ?? []);
  });
}

function declaredTwice({ address, position }: Resource, { position: before }: Resource): Diagnostic {
  const message = `${address} is declared in ${before.file}:${before.line} already`;
  return error("KP1003", message, { position, address });
}

function textAt(root: MapNode, key: string): string | undefined {
  const node = at(root, ["metadata", key]);
  return node?.type === "scalar" ? node.text : undefined;
}

function budgetOf(root: MapNode, { key, deletes }: Section["budget"]): number {
  const node = at(root, ["policies", "deletes", key]);
  return node?.type === "scalar" && typeof node.value === "number" ? node.value : deletes;
}
