import type { Address, Change, ClusterIdentity, Plan, Remark } from "../core/model.ts";
import type { Sources } from "../core/pipeline.ts";
import { counted } from "../core/words.ts";
import { changeBlock, changeLine, type Kinds, remarksBlock } from "./change.ts";
import { columnFor, columns } from "./columns.ts";
import { diagnosticBlock, diagnosticsSummary, guardBlock, inOrder } from "./diagnostics.ts";
import { paragraph } from "./layout.ts";
import { notCheckedLines } from "./not-checked.ts";
import { printable } from "./printable.ts";
import { remarksByAddress } from "./remarks.ts";
import type { Style } from "./style.ts";
import { orphanList, summary } from "./summary.ts";

export interface PlanView {
  readonly kinds: Kinds;
  /** The texts that positions point into. */
  readonly sources: Sources;
  /** How long planning took; left out where it would differ from run to run. */
  readonly seconds?: number;
}

/** From so many changes on, those that fit on a line are shown on one. */
const manyChanges = 40;
/** So many unchanged resources with remarks are shown. */
const manyRemarks = 40;

/**
 * The screen of a plan: where it would run, what would change, what that costs and where it comes from.
 * A plan with errors is refused as a whole, so the errors are all it shows.
 */
export function renderPlan(plan: Plan, view: PlanView, style: Style): string {
  const findings = inOrder(plan.diagnostics).map((it) => diagnosticBlock(it, view.sources, style));
  const guards = plan.guards.map((it) => guardBlock(it, view.sources, style));
  const refused = plan.diagnostics.some(({ severity }) => severity === "error");
  const sections = refused
    ? [...findings, ...guards, [diagnosticsSummary(plan.diagnostics, "Nothing was changed.")]]
    : [
        header(plan.pipeline, plan.cluster, style),
        ...changeSections(plan, view.kinds, style),
        ...findings,
        ...guards,
        notCheckedLines(plan.notChecked, style),
        orphanList(plan.orphans, style),
        summary(plan, view.kinds, style, view.seconds),
      ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** `kpipe plan  purchases          kafka 5L6g3nShT-eMCtK--X86sw (3 brokers)  connect 4.3.1` */
function header(pipeline: string, { servers }: ClusterIdentity, style: Style): readonly string[] {
  const start = "kpipe plan  ";
  const name = printable(pipeline);
  const title = style.strong(start + name);
  const texts = servers.map((server) => printable(`${server.name} ${server.detail}`));
  const line = texts.join("  ");
  const room = style.width - columns(start + name) - columns(line);
  if (line === "") return [title];
  if (room >= 2) return [title + " ".repeat(Math.min(10, room)) + style.faint(line)];
  const below = packed(texts, style.width - columns(start));
  return [title, ...below.map((text) => " ".repeat(columns(start)) + style.faint(text))];
}

/** As many of the texts on a line as fit. */
function packed(texts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const longer = `${last}  ${text}`;
    if (last === undefined || columns(longer) > width) lines.push(text);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function changeSections(plan: Plan, kinds: Kinds, style: Style): readonly (readonly string[])[] {
  const remarks = remarksByAddress(plan.remarks);
  const changed = new Set(plan.changes.map(({ address }) => address));
  const others = [...remarks].filter(([address]) => !changed.has(address));
  const shown = others.length > manyRemarks + 1 ? others.slice(0, manyRemarks) : others;
  const hidden = others.length - shown.length;
  return [
    ...grouped(plan.changes, remarks, kinds, style),
    ...shown.map(([address, list]) => remarksBlock(address, list, style)),
    hidden === 0
      ? []
      : paragraph(`and remarks on ${counted(hidden, "more resource")}; --json lists them all`, 0, style),
  ];
}

/** A block a change; with many of them, neighbours that fit on a line each share a block. */
function grouped(
  changes: readonly Change[],
  remarks: ReadonlyMap<Address, readonly Remark[]>,
  kinds: Kinds,
  style: Style,
): readonly (readonly string[])[] {
  const names = changes.map(({ address }) => printable(address));
  const addressWidth = columnFor(names, style.width * 0.4);
  const blocks: string[][] = [];
  let open: string[] | undefined;
  for (const change of changes) {
    const about = remarks.get(change.address) ?? [];
    const isShort = changes.length > manyChanges && about.length === 0;
    const line = isShort ? changeLine(change, kinds, addressWidth, style) : undefined;
    if (line === undefined) {
      open = undefined;
      blocks.push([...changeBlock(change, about, kinds, style)]);
    } else if (open) {
      open.push(line);
    } else {
      open = [line];
      blocks.push(open);
    }
  }
  return blocks;
}
