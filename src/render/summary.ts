import { type Action, type Address, kindOf, type Orphan, type Plan } from "../core/model.ts";
import { counted, listed, number } from "../core/words.ts";
import type { Kinds } from "./change.ts";
import { columns } from "./columns.ts";
import { paragraph } from "./layout.ts";
import { printable } from "./printable.ts";
import { layRows } from "./rows.ts";
import type { Style } from "./style.ts";
import { duration } from "./words.ts";

const order: readonly Action[] = ["create", "update", "replace", "delete", "operate"];
/** So many orphans are named; the rest is counted. */
const namedOrphans = 20;

/** What a plan comes to: the counts, what holds it back, and what it leaves alone. */
export function summary(
  plan: Plan,
  kinds: Kinds,
  style: Style,
  seconds: number | undefined,
): readonly string[] {
  const { changes, guards, orphans } = plan;
  const sentences = [
    ...(changes.length > 0 ? [`${countsOf(plan)}.`] : ["No changes.", asDeclared(plan.unchanged, kinds)]),
    ...(guards.length > 0 ? [`Blocked by ${counted(guards.length, "guard")}: nothing can be applied.`] : []),
    ...(orphans.length > 0 ? [orphanSentence(orphans)] : []),
  ];
  const lines = paragraph(sentences.join(" "), 0, style);
  if (seconds === undefined) return lines;
  const last = lines.at(-1) ?? "";
  const time = duration(seconds);
  if (columns(last) + 3 + columns(time) > style.width) return [...lines, style.faint(time)];
  return [...lines.slice(0, -1), `${last}   ${style.faint(time)}`];
}

/** Several orphans, one a line; a single one is told in the summary. */
export function orphanList(orphans: readonly Orphan[], style: Style): readonly string[] {
  if (orphans.length < 2) return [];
  const named = orphans.length > namedOrphans + 1 ? orphans.slice(0, namedOrphans) : orphans;
  const more = orphans.length - named.length;
  return [
    "Orphans, claimed and not in the file:",
    ...layRows(
      named.map((it) => ({ type: "text", label: printable(it.address), text: factsOf(it), note: "" })),
      style,
    ),
    ...(more > 0 ? paragraph(`and ${number(more)} more; --json lists them all`, 4, style) : []),
  ];
}

function countsOf({ changes }: Plan): string {
  return order
    .map((action) => ({ action, count: changes.filter((change) => change.action === action).length }))
    .filter(({ count }) => count > 0)
    .map(({ action, count }) => `${number(count)} to ${action}`)
    .join(", ");
}

/** `14 topics, 3 connectors and 2 groups are as declared.` */
export function asDeclared(unchanged: readonly Address[], kinds: Kinds): string {
  if (unchanged.length === 0) return "Nothing is declared.";
  const verb = unchanged.length === 1 ? "is" : "are";
  return `${listed(byKind(unchanged, kinds))} ${verb} as declared.`;
}

/** `14 topics`, `5 ksqlDB objects`: kinds that share a plural are counted together. */
function byKind(addresses: readonly Address[], kinds: Kinds): readonly string[] {
  const counts = new Map<string, { readonly count: number; readonly one: string }>();
  const names = [...new Set([...kinds.keys(), ...addresses.map(kindOf)])];
  for (const name of names) {
    const count = addresses.filter((address) => kindOf(address) === name).length;
    if (count === 0) continue;
    const plural = kinds.get(name)?.plural ?? `${name}s`;
    const known = counts.get(plural);
    counts.set(plural, { count: count + (known?.count ?? 0), one: name });
  }
  return [...counts].map(([plural, { count, one }]) => counted(count, one, plural));
}

function orphanSentence(orphans: readonly Orphan[]): string {
  const [first] = orphans;
  const count = `${counted(orphans.length, "orphan")} left alone`;
  if (first === undefined || orphans.length > 1) return `${count}.`;
  const facts = factsOf(first);
  return `${count}: ${printable(first.address)}${facts === "" ? "" : ` (${facts})`}.`;
}

function factsOf({ risks }: Orphan): string {
  return risks.map(({ message }) => printable(message)).join(", ");
}
