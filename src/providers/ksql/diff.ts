import type { Difference } from "../../core/kind.ts";
import {
  type Ailment,
  addressOf,
  type FieldChange,
  type Live,
  type Remark,
  type World,
} from "../../core/model.ts";
import { ailmentType } from "./ailments.ts";
import { type Judgement, judgementsOf, mayBeReplaced } from "./judge.ts";
import { inPlace, mannerOfReplace, restart, resume } from "./manner.ts";
import type { KsqlResource, KsqlSpec } from "./spec.ts";
import type { Upgrade } from "./upgrade.ts";
import type { Part } from "./verdict.ts";

/** What differs, and whether ksqlDB changes it in place, only by a replace, or not at all. */
export function ksqlDiff(live: Live<KsqlSpec>, desired: KsqlResource, world: World): Difference {
  const judgement = judgementsOf(world).get(desired.address);
  switch (judgement?.kind) {
    case undefined:
      return { fields: [], remarks: [] };
    case "unverifiable":
      return { fields: [], remarks: [remark(desired, "unverifiable", judgement.reason)] };
    case "same":
      return operations(live, desired, judgement.restart, world);
    case "different":
      return different(live, desired, judgement);
    case "rebuilt": {
      const { cause } = judgement;
      const reason = `${cause} is replaced, and can't be while this reads or writes it`;
      const parts = judgement.parts.length > 0 ? judgement.parts : [bare];
      return { fields: replaces(parts, reason), remarks: [], manner: mannerOfReplace(desired) };
    }
    case "held":
      return held(judgement);
  }
}

const bare: Part = { path: [], before: undefined, after: undefined };

function different(
  live: Live<KsqlSpec>,
  desired: KsqlResource,
  { parts, way }: Extract<Judgement, { kind: "different" }>,
): Difference {
  switch (way.way) {
    case "in-place":
    case "unknown": {
      const paused = live.health.filter((it) => ailmentType(it) === "paused").map(() => resumed);
      const fields = parts.map((part): FieldChange => ({ ...part, effect: "update" }));
      const manner = paused.length > 0 ? `${inPlace}; ${resume}` : inPlace;
      return { fields: [...fields, ...paused], remarks: [], manner };
    }
    case "replace":
      return mayBeReplaced(desired)
        ? { fields: replaces(parts, way.reason), remarks: [], manner: mannerOfReplace(desired) }
        : { fields: refused(parts, "KP2201", way.reason), remarks: [] };
    case "refused":
      return { fields: refused(parts, "KP2202", way.reason), remarks: [] };
  }
}

function held({ parts, by, reason }: Extract<Judgement, { kind: "held" }>): Difference {
  const shown = by.slice(0, 5).join(", ");
  const more = by.length > 5 ? ` and ${by.length - 5} more` : "";
  const what = `${reason}, and it can't be replaced before ${shown}${more}`;
  return { fields: refused(parts.length > 0 ? parts : [bare], "KP2203", what), remarks: [] };
}

function replaces(parts: readonly Part[], reason: string): readonly FieldChange[] {
  return parts.map((part, at): FieldChange => ({ ...part, effect: "replace", ...(at === 0 && { reason }) }));
}

/** Said once, however many parts are refused. */
function refused(
  parts: readonly Part[],
  code: "KP2201" | "KP2202" | "KP2203",
  reason: string,
): readonly FieldChange[] {
  return parts.slice(0, 1).map((part): FieldChange => ({ ...part, effect: "refuse", code, reason }));
}

const resumed: FieldChange = { path: ["query"], before: "paused", after: "running", effect: "operate" };

/** Starts again what stands still; what no statement can start is said. */
function operations(
  { health }: Live<KsqlSpec>,
  desired: KsqlResource,
  restartWay: Upgrade,
  world: World,
): Difference {
  const isPaused = health.some((it) => ailmentType(it) === "paused");
  const [ill] = health.filter((it) => ailmentType(it) !== "paused" && !comesBack(it, desired, world));
  if (ill === undefined) {
    return isPaused ? { fields: [resumed], remarks: [], manner: resume } : { fields: [], remarks: [] };
  }
  const type = ailmentType(ill);
  if (type === "without its topic") return { fields: [], remarks: [remark(desired, "fault", wordsOf(ill))] };
  if (restartWay.way === "in-place" || restartWay.way === "unknown") {
    const field: FieldChange = { path: ill.path, before: type, after: "running", effect: "operate" };
    return { fields: [field], remarks: [], manner: restart };
  }
  if (desired.policy.upgrade === "replace") {
    const fields = replaces([{ ...bare, path: ["query"] }], `${wordsOf(ill)}; ${restartWay.reason}`);
    return { fields, remarks: [], manner: mannerOfReplace(desired) };
  }
  const message = `${wordsOf(ill)}; it can't be started again in place: ${restartWay.reason}`;
  return { fields: [], remarks: [remark(desired, "fault", message)] };
}

/** A declared topic that is gone is made again by the plan, and its stream is well again. */
function comesBack(ill: Ailment, { spec: { topic } }: KsqlResource, { desired }: World): boolean {
  return ailmentType(ill) === "without its topic" && topic !== null && desired.has(addressOf("topic", topic));
}

function remark(
  { address, position }: KsqlResource,
  type: "unverifiable" | "fault",
  message: string,
): Remark {
  return { address, path: [], type, message, position };
}

function wordsOf({ path, state, message }: Ailment): string {
  return `${[...path, state].join(" ")}: ${message}`;
}
