import type { Field, Kind } from "../../core/kind.ts";
import { addressOf, type Change, type Risk, type Value } from "../../core/model.ts";
import { writtenValue } from "../kafka/config-value.ts";
import { groupFromEntry } from "./decode.ts";
import { absentGroup, groupDiff } from "./diff.ts";
import { groupSchema } from "./schema.ts";
import { type GroupPolicy, type GroupSpec, isUncommitted, named } from "./spec.ts";

export const groupKind: Kind<GroupSpec, GroupPolicy> = {
  name: "group",
  plural: "groups",
  section: {
    key: "consumerGroups",
    claimKey: "groups",
    budget: { key: "group", deletes: 0 },
    schema: groupSchema,
    secrets: false,
    decode: groupFromEntry,
  },
  // Groups of sink connectors and of ksqlDB's queries.
  hidden: ["connect-*", "_confluent-ksql-*"],
  ignoresCase: false,
  diff: groupDiff,
  absent: absentGroup,
  links: ({ topics }) => ({ reads: topics.map((topic) => addressOf("topic", topic)), writes: [], owns: [] }),
  times: ({ offsets }) =>
    Object.values(offsets)
      .map((start) => (typeof start === "string" ? Date.parse(start) : Number.NaN))
      .filter((ms) => !Number.isNaN(ms)),
  risks,
  summary,
  show,
};

function risks(change: Change<GroupSpec>): readonly Risk[] {
  if (change.action === "delete") return [];
  const starts =
    change.action === "create"
      ? Object.values(change.desired.spec.offsets)
      : change.fields.filter(({ path }) => path[0] === "offsets").map(({ after }) => after);
  const [start] = starts;
  if (start === undefined) return [];
  const lost =
    start === "latest" ? "it would skip what it has not read" : "it would read again what it has read";
  return [{ code: "commits-expired", message: `commits that expired look like none: ${lost}` }];
}

function summary({ topics, offsets, config }: GroupSpec): readonly Field[] {
  const start = Object.values(offsets).find((it) => typeof it === "string");
  return [
    ...(topics.length === 0 ? [] : [{ path: ["topics"], value: topics }]),
    ...(start === undefined ? [] : [{ path: ["startFrom"], value: start }]),
    ...Object.entries(config)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => ({ path: ["config", key], value })),
  ];
}

function show([field, key = ""]: readonly string[], value: Value): string {
  if (isUncommitted(value)) return `none on ${named(value.partitions)}`;
  if (value === null) return "(unset)";
  if (field === "config") return writtenValue(key, String(value));
  return Array.isArray(value) ? value.join(", ") : String(value);
}
