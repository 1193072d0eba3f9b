import { type Address, nameOf } from "./model.ts";

/** What this pipeline may change or call an orphan. */
export interface Claim {
  /** Globs over names, by claim key (`topics`, `connectors`, ...); undefined: the declared names only. */
  readonly patterns: Readonly<Record<string, readonly string[]>> | undefined;
  /** Names that no plan deletes, by claim key; outlives the entries that it protects. */
  readonly protect: Readonly<Record<string, readonly string[]>>;
}

/** The claim's view of a kind: its key in the claim, and whether its names ignore case. */
export interface Claimable {
  readonly name: string;
  readonly section: { readonly claimKey: string };
  readonly ignoresCase: boolean;
}

/** Whether a glob (`*` matches any run of characters, everything else itself) matches a whole name. */
export function matches(glob: string, name: string, ignoresCase = false): boolean {
  const [pattern, text] = ignoresCase ? [glob.toLowerCase(), name.toLowerCase()] : [glob, name];
  const parts = pattern.split("*");
  const [head = "", ...rest] = parts;
  const tail = rest.pop();
  if (tail === undefined) return pattern === text;
  if (text.length < head.length + tail.length) return false;
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  // Leftmost matches are enough: a later one only leaves less for the parts that follow.
  let from = head.length;
  const end = text.length - tail.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return from <= end;
}

/** Whether any of the globs matches the name. */
export function matchesAny(globs: readonly string[], name: string, ignoresCase = false): boolean {
  return globs.some((glob) => matches(glob, name, ignoresCase));
}

/** Whether the claim's patterns cover an address. Without a claim, only what is declared. */
export function covers(
  claim: Claim,
  kind: Claimable,
  address: Address,
  declared: ReadonlySet<Address>,
): boolean {
  if (claim.patterns === undefined) return declared.has(address);
  return matchesAny(claim.patterns[kind.section.claimKey] ?? [], nameOf(address), kind.ignoresCase);
}

/** Whether `claim.protect` names it. */
export function protects(claim: Claim, kind: Claimable, address: Address): boolean {
  return matchesAny(claim.protect[kind.section.claimKey] ?? [], nameOf(address), kind.ignoresCase);
}

/** Whether any of the address globs of `--target` or `--exclude` matches. */
export function selects(globs: readonly string[], address: Address): boolean {
  return globs.some((glob) => matches(glob, address));
}
