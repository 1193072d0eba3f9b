import { error } from "../../core/errors.ts";
import type { Entry, Report } from "../../core/kind.ts";
import { addressOf, type Value } from "../../core/model.ts";
import { nearest } from "../../core/nearest.ts";
import { canonicalValue } from "../kafka/config-value.ts";
import { whyNoTopicName } from "../kafka/topic-names.ts";
import { groupConfigKeys } from "./config-keys.ts";
import type { GroupResource, GroupSpec } from "./spec.ts";

/** One entry of `consumerGroups` as a resource; what no Kafka would take goes to `report`. */
export function groupFromEntry(entry: Entry, report: Report): readonly GroupResource[] {
  const { key, value, position } = entry;
  const address = addressOf("group", key);
  if (key === "") report(error("KP1107", "a group needs a name", { position, address }));
  const topics = topicsFrom(entry, report);
  const start = startFrom(entry, report);
  if (start !== undefined && topics.length === 0)
    report(
      error("KP1250", "startFrom is for its topics", {
        position: entry.locate(["startFrom"], "key"),
        address,
      }),
    );
  const spec: GroupSpec = {
    topics,
    offsets: start === undefined ? {} : Object.fromEntries(topics.map((topic) => [topic, start])),
    active: null,
    config: configFrom(entry, report),
  };
  const policy = {
    protect: value.protect === true,
    maxLag: integer(value.maxLag),
    members: integer(value.members),
  };
  return [{ address, spec, policy, position, locate: (path) => entry.locate(placeOf(path)) }];
}

/** Offsets of a topic stand in the file as `startFrom`. */
function placeOf(path: readonly string[]): readonly string[] {
  return path[0] === "offsets" ? ["startFrom"] : path;
}

function topicsFrom(entry: Entry, report: Report): readonly string[] {
  const { topics } = entry.value;
  const names = (Array.isArray(topics) ? topics : []).map(
    (_, at) => textAt(entry, ["topics", String(at)]) ?? "",
  );
  const address = addressOf("group", entry.key);
  for (const [at, name] of names.entries()) {
    const position = entry.locate(["topics", String(at)]);
    const noName = whyNoTopicName(name);
    if (noName !== undefined) report(error("KP1107", noName, { position, address }));
    else if (names.indexOf(name) < at)
      report(error("KP1003", `${name} stands here twice`, { position, address }));
  }
  return [...new Set(names)].toSorted();
}

/** `earliest`, `latest`, or a time in UTC; undefined: not given, or reported. */
function startFrom(entry: Entry, report: Report): string | undefined {
  const text = textAt(entry, ["startFrom"])?.trim();
  if (text === undefined) return undefined;
  if (text === "earliest" || text === "latest") return text;
  const time = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text.replace(" ", "T"))
    : Number.NaN;
  if (Number.isFinite(time) && time >= 0) return new Date(time).toISOString();
  const zoneless = /^\d{4}-\d\d-\d\d[T ][\d:.]+$/.test(text);
  const meant = nearest(text, ["earliest", "latest"]);
  const message = zoneless
    ? "a time needs its zone: Z, or an offset such as +01:00"
    : meant
      ? `did you mean ${meant}?`
      : "must be earliest, latest, or a time such as 2026-01-31T08:00:00Z";
  report(
    error("KP1251", message, {
      position: entry.locate(["startFrom"]),
      address: addressOf("group", entry.key),
    }),
  );
  return undefined;
}

function configFrom(entry: Entry, report: Report): GroupSpec["config"] {
  const { config } = entry.value;
  if (typeof config !== "object" || config === null || Array.isArray(config)) return {};
  const address = addressOf("group", entry.key);
  return Object.fromEntries(
    Object.keys(config)
      .toSorted()
      .flatMap((key): (readonly [string, string | null])[] => {
        const path = ["config", key];
        const known = groupConfigKeys.get(key);
        if (known === undefined) {
          const meant = nearest(key, groupConfigKeys.keys());
          const message = meant ? `did you mean ${meant}?` : `Kafka has no group config ${key}`;
          report(error("KP1252", message, { position: entry.locate(path, "key"), address }));
          return [];
        }
        const text = textAt(entry, path);
        if (text === undefined) return [[key, null]];
        const canonical = canonicalValue(key, known, text);
        if (canonical.ok) return [[key, canonical.value]];
        report(error("KP1253", canonical.reason, { position: entry.locate(path), address }));
        return [];
      }),
  );
}

function textAt(entry: Entry, path: readonly string[]): string | undefined {
  const text = entry.text(path);
  return typeof text === "string" ? text : undefined;
}

function integer(value: Value | undefined): number | null {
  return typeof value === "number" ? value : null;
}
