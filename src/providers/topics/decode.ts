import { error, warning } from "../../core/errors.ts";
import type { Entry, Report } from "../../core/kind.ts";
import { addressOf, nameOf, type Resource, type Value } from "../../core/model.ts";
import { nearest } from "../../core/nearest.ts";
import { Secret } from "../../core/secret.ts";
import { canonicalValue, vendorValue } from "../kafka/config-value.ts";
import { collisionKey, whyNoTopicName } from "../kafka/topic-names.ts";
import { configKeys, isVendorKey } from "./config-keys.ts";
import { MIN_INSYNC, type TopicPolicy, type TopicSpec, tooManyInSync, unmanagedConfigs } from "./spec.ts";

/** A key that is so few letters away from one of Kafka's is that one, misspelt. */
const SLIPS = 2;

/** One entry of `topics` as a resource; everything that no Kafka would take goes to `report`. */
export function topicFromEntry(entry: Entry, report: Report): readonly Resource<TopicSpec, TopicPolicy>[] {
  const { key: name, value, position } = entry;
  const address = addressOf("topic", name);
  const noName = whyNoTopicName(name);
  if (noName !== undefined) report(error("KP1107", noName, { position, address }));

  const spec: TopicSpec = {
    partitions: integer(value.partitions),
    replicationFactor: integer(value.replicationFactor),
    config: configFrom(entry, report),
  };
  const minInSync = spec.config[MIN_INSYNC];
  if (minInSync && spec.replicationFactor !== null && Number(minInSync) > spec.replicationFactor) {
    const message = tooManyInSync(minInSync, spec.replicationFactor);
    report(error("KP1109", message, { position: entry.locate(["config", MIN_INSYNC]), address }));
  }
  const policy: TopicPolicy = {
    protect: value.protect === true,
    unmanagedConfig: unmanagedConfigs.find((it) => it === value.unmanagedConfig) ?? "warn",
  };
  return [{ address, spec, policy, position, locate: (path) => entry.locate(path) }];
}

/** Reports declared topics that Kafka would not let live beside each other. */
export function reportCollisions(topics: readonly Resource[], report: Report): void {
  const taken = new Map<string, Resource>();
  for (const topic of topics) {
    const key = collisionKey(nameOf(topic.address));
    const other = taken.get(key);
    if (other === undefined) taken.set(key, topic);
    else {
      const { file, line } = other.position;
      const message = `collides with ${nameOf(other.address)} (${file}:${line}): Kafka takes . and _ for the same`;
      report(error("KP1108", message, { position: topic.position, address: topic.address }));
    }
  }
}

function configFrom(entry: Entry, report: Report): TopicSpec["config"] {
  const { config } = entry.value;
  if (!isMap(config)) return {};
  const values = Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const canonical = values.map(([key, value]) => [key, configValue(entry, key, value, report)] as const);
  return Object.fromEntries(
    canonical.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}

/** The canonical value; null: reset; undefined: reported. */
function configValue(entry: Entry, key: string, value: Value, report: Report): string | null | undefined {
  const address = addressOf("topic", entry.key);
  const path = ["config", key];
  const known = configKeys.get(key);
  if (known === undefined && !isVendorKey(key)) {
    const position = entry.locate(path, "key");
    const meant = nearest(key, configKeys.keys(), SLIPS);
    if (meant !== undefined) {
      report(error("KP1104", `did you mean ${meant}?`, { position, address }));
      return undefined;
    }
    // Brokers of another make have keys of their own, and a plan asks them.
    const message = `Kafka itself has no topic config ${key}; brokers of another make may`;
    const next =
      "Leave it where a plan finds nothing wrong with it; otherwise correct the name, or remove the key.";
    report(warning("KP1104", message, { position, address, next }));
  }
  const text = textOf(entry, path, value);
  if (text === null) return null;
  if (known === undefined) return vendorValue(key, text);
  const canonical = canonicalValue(key, known, text);
  if (canonical.ok) return canonical.value;
  report(error("KP1106", canonical.reason, { position: entry.locate(path), address }));
  return undefined;
}

/** A scalar as written, or the items of a list with commas between. */
function textOf(entry: Entry, path: readonly string[], value: Value): string | null {
  if (Array.isArray(value)) return value.map((_, at) => textAt(entry, [...path, String(at)]) ?? "").join(",");
  return textAt(entry, path);
}

function textAt(entry: Entry, path: readonly string[]): string | null {
  const text = entry.text(path) ?? null;
  if (text instanceof Secret) throw new Error(`a secret in a section that allows none: ${path.join(".")}`);
  return text;
}

function isMap(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

function integer(value: Value | undefined): number | null {
  return typeof value === "number" ? value : null;
}
