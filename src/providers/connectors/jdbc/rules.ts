import type { Secret } from "../../../core/secret.ts";
import { type ConnectorConfig, knownText, listItems } from "../spec.ts";
import type { Family } from "./families.ts";
import type { Finding } from "./findings.ts";

type Value = string | Secret | null | undefined;

/** Which keys of a family need each other, and which shut each other out. */
export function rules(config: ConnectorConfig, family: Family): readonly Finding[] {
  const found = family.type === "jdbc-source" ? sourceRules(config, family) : sinkRules(config, family);
  return [...required(config, family), ...found];
}

function required(config: ConnectorConfig, { type }: Family): readonly Finding[] {
  const keys = type === "jdbc-source" ? ["connection.url", "mode", "topic.prefix"] : ["connection.url"];
  return keys
    .filter((key) => isMissing(config[key]))
    .map((key) => missing(key, `${key} is missing`, nextOf(key)));
}

function nextOf(key: string): string | undefined {
  return key === "topic.prefix"
    ? 'Add it; topics named like their tables want `topic.prefix: ""`.'
    : undefined;
}

function sourceRules(config: ConnectorConfig, family: Family): readonly Finding[] {
  const mode = knownText(config, "mode") ?? "";
  const has = (...keys: readonly string[]) => keys.some((key) => isSet(config[key]));
  const list: Finding[] = [];
  const [incrementing, timestamp] = ["incrementing.column.name", "timestamp.column.name"];
  const mapped = { incrementing: "incrementing.column.mapping", timestamp: "timestamp.columns.mapping" };

  if (/^timestamp(\+incrementing)?$/.test(mode) && !has(timestamp, mapped.timestamp)) {
    list.push(missing(timestamp, `mode ${mode} needs ${timestamp}`));
  }
  if (/^(timestamp\+)?incrementing$/.test(mode) && !has(incrementing, mapped.incrementing)) {
    const message = `mode ${mode} needs ${incrementing}`;
    // Without a query the older ones look for a column that counts by itself.
    if (has("query")) list.push(missing(incrementing, message));
    else list.push({ ...missing(incrementing, message), severity: "warning" });
  }
  for (const [key, word] of [
    [incrementing, "incrementing"],
    [timestamp, "timestamp"],
  ] as const) {
    const wanted = mode === word || mode === "timestamp+incrementing";
    if (mode !== "" && !wanted && has(key)) {
      list.push({ ...clash(key, `mode ${mode} doesn't use it`), severity: "warning" });
    }
  }
  return [...list, ...tableRules(config, family)];
}

function tableRules(config: ConnectorConfig, { keys }: Family): readonly Finding[] {
  const given = ["table.whitelist", "table.blacklist", "query"].filter((key) => isSet(config[key]));
  const [first, second] = given;
  if (first !== undefined && second !== undefined) {
    return [clash(second, `${first} and ${second} shut each other out`)];
  }
  const newer = ["table.include.list", "table.exclude.list"].filter(
    (key) => keys[key] !== undefined && isSet(config[key]),
  );
  if (newer[0] !== undefined && first !== undefined && first !== "query") {
    return [clash(newer[0], `${first} and ${newer[0]} shut each other out`)];
  }
  return newer.length === 1 && newer[0] === "table.exclude.list"
    ? [missing("table.include.list", "table.exclude.list needs table.include.list")]
    : [];
}

function sinkRules(config: ConnectorConfig, { keys, primaryKey }: Family): readonly Finding[] {
  const list: Finding[] = [];
  if (!isSet(config.topics) && !isSet(config["topics.regex"])) {
    list.push(missing("topics", "topics is missing", "Add `topics` or `topics.regex`."));
  } else if (isSet(config.topics) && isSet(config["topics.regex"])) {
    list.push(clash("topics.regex", "topics and topics.regex shut each other out"));
  }

  const { mode, fields } = primaryKey;
  const pk = textOrDefault(config, mode, "none");
  const insert = textOrDefault(config, "insert.mode", "insert");
  if ((insert === "upsert" || insert === "update") && pk === "none") {
    list.push(needs(config, mode, `insert.mode ${insert} needs a primary key: ${mode} is none`));
  }
  if (keys["delete.enabled"] && textOrDefault(config, "delete.enabled", "false") === "true") {
    if (pk !== undefined && pk !== "record_key") {
      list.push(needs(config, mode, `delete.enabled needs ${mode} record_key`));
    }
  }
  const names = listItems(knownText(config, fields));
  if (pk === "kafka" && names.length > 0 && names.length !== 3) {
    const message = `${mode} kafka needs three names: for the topic, the partition and the offset`;
    list.push(clash(fields, message));
  }
  if (pk === "none" && names.length > 0) {
    list.push({ ...clash(fields, `${mode} none doesn't use it`), severity: "warning" });
  }
  return list;
}

/** A word in lower case; undefined where there is a value and it can't be told. */
function textOrDefault(config: ConnectorConfig, key: string, fallback: string): string | undefined {
  return isSet(config[key]) ? knownText(config, key)?.trim().toLowerCase() : fallback;
}

/** The topic prefix may be empty on purpose; nothing else that is required may. */
function isMissing(value: Value): boolean {
  return value === undefined || value === null;
}

function isSet(value: Value): boolean {
  return !isMissing(value) && value !== "";
}

function needs(config: ConnectorConfig, key: string, message: string): Finding {
  return isSet(config[key]) ? clash(key, message) : missing(key, message);
}

function missing(key: string, message: string, next?: string): Finding {
  return {
    severity: "error",
    code: "KP1213",
    key,
    part: "key",
    message,
    ...(next !== undefined && { next }),
  };
}

function clash(key: string, message: string): Finding {
  return { severity: "error", code: "KP1215", key, part: "key", message };
}
