import { type Claim, covers, matchesAny } from "../core/claim.ts";
import { type Diagnostic, error } from "../core/errors.ts";
import type { Kind, Section } from "../core/kind.ts";
import { type Address, type Desired, kindOf, nameOf, type Position } from "../core/model.ts";
import { nearest } from "../core/nearest.ts";
import { at, entriesAt, type MapNode, type Path, type ScalarNode } from "./node.ts";

/** The claim of a valid pipeline. One that only protects claims what is declared. */
export function claimOf(root: MapNode, sections: readonly Section[]): Claim {
  const claimed = [...entriesAt(root, ["claim"]).keys()].some((key) => key !== "protect");
  return {
    patterns: claimed ? patternsAt(root, ["claim"], sections) : undefined,
    protect: patternsAt(root, ["claim", "protect"], sections),
  };
}

function patternsAt(
  root: MapNode,
  path: Path,
  sections: readonly Section[],
): Record<string, readonly string[]> {
  const keys = sections.map(({ claimKey }) => claimKey).filter((key) => at(root, [...path, key]));
  return Object.fromEntries(keys.map((key) => [key, textsAt(root, [...path, key]).map(({ text }) => text)]));
}

/** Patterns that can't be meant: empty ones, and wildcards that kpipe doesn't have. */
export function patternFaults(root: MapNode, sections: readonly Section[]): readonly Diagnostic[] {
  return sections
    .flatMap(({ claimKey }) => [
      ...textsAt(root, ["claim", claimKey]),
      ...textsAt(root, ["claim", "protect", claimKey]),
    ])
    .flatMap(({ text, position }) => {
      const message = whyNoPattern(text);
      return message === undefined ? [] : [error("KP1301", message, { position })];
    });
}

function whyNoPattern(text: string): string | undefined {
  if (text === "") return "an empty pattern fits no name";
  const [wildcard] = /[?[]/.exec(text) ?? [];
  return wildcard && `\`${wildcard}\` is no wildcard here; only \`*\` is, for any characters`;
}

/** Declared resources that the claim doesn't cover. */
export function unclaimed(desired: Desired, claim: Claim, kinds: readonly Kind[]): readonly Diagnostic[] {
  const declared = new Set(desired.keys());
  return [...desired.values()].flatMap(({ address, position }) => {
    const kind = kinds.find(({ name }) => name === kindOf(address));
    if (!kind || covers(claim, kind, address, declared)) return [];
    return [outside(address, claim, kind, position)];
  });
}

function outside(address: Address, claim: Claim, kind: Kind, position: Position): Diagnostic {
  const key = kind.section.claimKey;
  const patterns = claim.patterns?.[key] ?? [];
  const claimed = patterns.length === 0 ? "names none" : `names ${patterns.slice(0, 5).join(", ")}`;
  const message = `claim.${key} ${claimed}${patterns.length > 5 ? ", ..." : ""}`;
  return error("KP1302", message, { position, address });
}

export interface Removed {
  readonly addresses: ReadonlyMap<Address, Position>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The resources that the pipeline asks to delete by name. */
export function removedOf(root: MapNode, desired: Desired, claim: Claim, kinds: readonly Kind[]): Removed {
  const addresses = new Map<Address, Position>();
  const diagnostics: Diagnostic[] = [];
  for (const { text, position } of textsAt(root, ["removed"])) {
    const kind = kinds.find(({ name }) => text.startsWith(`${name}/`) && text.length > name.length + 1);
    if (!kind) {
      diagnostics.push(error("KP1304", whyNoAddress(text, kinds), { position }));
      continue;
    }
    const address: Address = `${kind.name}/${text.slice(kind.name.length + 1)}`;
    const before = addresses.get(address);
    const declared = declaredAs(address, kind, desired);
    if (before) {
      diagnostics.push(
        error("KP1003", `${address} stands in line ${before.line} already`, { position, address }),
      );
    } else if (declared) {
      const message = `${declared.file}:${declared.line} declares it`;
      diagnostics.push(error("KP1303", message, { position, address }));
    } else if (
      claim.patterns &&
      !matchesAny(claim.patterns[kind.section.claimKey] ?? [], nameOf(address), kind.ignoresCase)
    ) {
      diagnostics.push(outside(address, claim, kind, position));
    } else addresses.set(address, position);
  }
  return { addresses, diagnostics };
}

function whyNoAddress(text: string, kinds: readonly Kind[]): string {
  const [kind = "", name = ""] = text.split("/", 2);
  const names = kinds.map((it) => it.name);
  const near = nearest(kind, names);
  if (near !== undefined && name !== "" && near !== kind) return `did you mean ${near}/${name}?`;
  return `expected a kind (${names.join(", ")}), a slash and a name, got ${JSON.stringify(text)}`;
}

function declaredAs(address: Address, kind: Kind, desired: Desired): Position | undefined {
  if (!kind.ignoresCase) return desired.get(address)?.position;
  const folded = address.toLowerCase();
  return [...desired.values()].find((it) => it.address.toLowerCase() === folded)?.position;
}

function textsAt(root: MapNode, path: Path): readonly ScalarNode[] {
  const node = at(root, path);
  if (node?.type !== "list") return [];
  return node.items.flatMap((item) =>
    item.type === "scalar" && typeof item.value === "string" ? [item] : [],
  );
}
