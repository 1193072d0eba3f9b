import type { Difference } from "../../core/kind.ts";
import { addressOf, type FieldChange, type Live, type Remark, type World } from "../../core/model.ts";
import { counted } from "../../core/words.ts";
import { writtenValue } from "../kafka/config-value.ts";
import { type GroupResource, type GroupSpec, isUncommitted, named, type Uncommitted } from "./spec.ts";

/** What differs between a live group and the declared one, and which of its checks fail. */
export function groupDiff(live: Live<GroupSpec>, desired: GroupResource, world: World): Difference {
  const found = [offsetsDiff(live, desired, world), configDiff(live, desired)];
  return {
    fields: found.flatMap(({ fields }) => fields),
    remarks: [...found.flatMap(({ remarks }) => remarks), ...checks(live, desired)],
  };
}

/** Without a start or configs there is nothing to create: the group comes with its application. */
export function absentGroup(desired: GroupResource): readonly Remark[] | undefined {
  const { offsets, config } = desired.spec;
  const sets = Object.values(config).some((value) => value !== null);
  return Object.keys(offsets).length > 0 || sets ? undefined : [notThere(desired)];
}

function offsetsDiff(live: Live<GroupSpec>, desired: GroupResource, world: World): Difference {
  const fields: FieldChange[] = [];
  const remarks: Remark[] = [];
  for (const [topic, start] of Object.entries(desired.spec.offsets)) {
    const path = ["offsets", topic];
    const lacking = uncommitted(live.spec.offsets[topic], topic, world);
    if (lacking?.partitions.length === 0) continue;
    if (live.spec.active === true) {
      const message = `none of its own on ${topic}${lacking ? `, ${named(lacking.partitions)}` : ""}: startFrom is for a group without members, and these decide for themselves`;
      remarks.push(remark(desired, ["startFrom"], "note", message));
    } else {
      const none = lacking === undefined || lacking.partitions.length === lacking.of;
      fields.push({ path, before: none ? undefined : lacking, after: start, effect: "update" });
    }
  }
  return { fields, remarks };
}

/** With the partitions that the same plan adds; undefined: the topic isn't there. */
function uncommitted(now: GroupSpec["offsets"][string] | undefined, topic: string, { desired }: World) {
  if (!isUncommitted(now)) return undefined;
  const planned = desired.get(addressOf("topic", topic))?.spec.partitions;
  const of = typeof planned === "number" ? Math.max(planned, now.of) : now.of;
  const added = Array.from({ length: of - now.of }, (_, at) => now.of + at);
  return { partitions: [...now.partitions, ...added], of } satisfies Uncommitted;
}

function configDiff(live: Live<GroupSpec>, desired: GroupResource): Difference {
  const fields: FieldChange[] = [];
  const remarks: Remark[] = [];
  for (const key of Object.keys({ ...live.spec.config, ...desired.spec.config }).toSorted()) {
    const [is, want] = [live.spec.config[key], desired.spec.config[key]];
    const path = ["config", key];
    if (want === undefined) {
      const value = typeof is === "string" ? writtenValue(key, is) : "a value";
      const message = `${value} is set on the group and not in the file; left alone`;
      remarks.push(remark(desired, path, "unmanaged", message));
    } else if (is === null && want !== null) {
      remarks.push(remark(desired, path, "unverifiable", "the broker doesn't tell this value"));
    } else if ((is ?? null) !== want || (is === null && want === null)) {
      fields.push({ path, before: is, after: want ?? undefined, effect: "update" });
    }
  }
  return { fields, remarks };
}

function checks(live: Live<GroupSpec>, desired: GroupResource): readonly Remark[] {
  const { members, lag, listed } = live.readings ?? {};
  if (listed === false) return [notThere(desired)];
  const { policy } = desired;
  const found: Remark[] = [];
  if (policy.maxLag !== null && typeof lag === "number" && lag > policy.maxLag) {
    const message = `${counted(lag, "record")} behind, more than ${counted(policy.maxLag, "record")}`;
    found.push(remark(desired, ["maxLag"], "check", message));
  }
  if (policy.members !== null && typeof members === "number" && members < policy.members) {
    const has = members === 0 ? "none" : String(members);
    found.push(
      remark(desired, ["members"], "check", `${has} there, and it needs at least ${policy.members}`),
    );
  }
  return found;
}

function notThere(desired: GroupResource): Remark {
  return remark(desired, [], "note", "not there yet: it appears when its application does");
}

function remark(
  { address, locate }: GroupResource,
  path: readonly string[],
  type: Remark["type"],
  message: string,
): Remark {
  return { address, path, type, message, position: locate(path) };
}
