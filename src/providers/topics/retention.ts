import type { Update } from "../../core/model.ts";
import { configKeys } from "./config-keys.ts";
import type { TopicSpec } from "./spec.ts";

type Config = TopicSpec["config"];

/** What a change makes deletable: records older than `ms`, and bytes of a partition above `bytes`. */
export interface RetentionCut {
  readonly ms?: bigint;
  readonly bytes?: bigint;
}

/** The config of a topic after an update. */
export function configAfter({ live, fields }: Update<TopicSpec>): Config {
  const config = { ...live.spec.config };
  for (const { path, after } of fields) {
    const [field, key] = path;
    if (field !== "config" || key === undefined) continue;
    if (typeof after === "string") config[key] = after;
    else delete config[key];
  }
  return config;
}

/** What holds where a topic has no override: the usual default, which the brokers may have changed. */
export function effective(config: Config, key: string): string {
  return config[key] ?? configKeys.get(key)?.default ?? "";
}

/** Whether the cleanup policy holds the word. */
export function cleansBy(config: Config, policy: "compact" | "delete"): boolean {
  return effective(config, "cleanup.policy").split(",").includes(policy);
}

/** How an update shortens what is kept; undefined if it doesn't. */
export function retentionCut(change: Update<TopicSpec>): RetentionCut | undefined {
  const before = change.live.spec.config;
  const after = configAfter(change);
  if (!cleansBy(after, "delete")) return undefined;
  const keptAll = !cleansBy(before, "delete");
  const ms = lowered(before, after, "retention.ms", keptAll);
  const bytes = lowered(before, after, "retention.bytes", keptAll);
  if (ms === undefined && bytes === undefined) return undefined;
  return { ...(ms !== undefined && { ms }), ...(bytes !== undefined && { bytes }) };
}

/** The new limit, if it is tighter than the old one; below zero is none. */
function lowered(before: Config, after: Config, key: string, unlimited: boolean): bigint | undefined {
  const from = BigInt(effective(before, key));
  const to = BigInt(effective(after, key));
  if (to < 0n) return undefined;
  return unlimited || from < 0n || to < from ? to : undefined;
}
