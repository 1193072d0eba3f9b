import type { Change, FieldChange, Risk, Update } from "../../core/model.ts";
import { cleansBy, configAfter, effective } from "./retention.ts";
import { MIN_INSYNC, type TopicSpec } from "./spec.ts";

/** What a change costs, as far as it tells by itself; the driver adds what is lost. */
export function topicRisks(change: Change<TopicSpec>): readonly Risk[] {
  switch (change.action) {
    case "create":
      return [
        ...(change.vanished
          ? [{ code: "data-gone", message: "its records are gone: it comes back empty" }]
          : []),
        ...noSlack(change.desired.spec.replicationFactor, change.desired.spec.config[MIN_INSYNC]),
      ];
    case "delete":
      return [];
    default:
      return updateRisks(change);
  }
}

function updateRisks(change: Update<TopicSpec>): readonly Risk[] {
  const { fields, live, desired } = change;
  const changed = (...path: string[]) => fieldAt(fields, path);
  const partitions = changed("partitions");
  const replication = changed("replicationFactor");
  const before = live.spec.config;
  const after = configAfter(change);
  const risks: Risk[] = [];
  if (partitions) {
    const message = "keys move: records with the same key go to another partition from now on";
    risks.push({ code: "keys-move", message });
  }
  if (replication) risks.push(moves(replication));
  if (replication || changed("config", MIN_INSYNC)) {
    const replicas = desired.spec.replicationFactor ?? live.spec.replicationFactor;
    risks.push(...noSlack(replicas, after[MIN_INSYNC]));
  }
  if (cleansBy(after, "compact") && !cleansBy(before, "compact")) {
    const message =
      "compaction keeps only the last record of each key, and records without a key are refused";
    risks.push({ code: "compacts", message });
  }
  if (cleansBy(before, "compact") && !cleansBy(after, "compact")) {
    const message = "no longer compacted: the last record of a key goes by age and size like every other";
    risks.push({ code: "compaction-ends", message });
  }
  if (changed("config", "max.message.bytes") && lower(before, after, "max.message.bytes")) {
    const message = "batches that were small enough until now may be refused";
    risks.push({ code: "smaller-messages", message });
  }
  if (changed("config", UNCLEAN) && effective(after, UNCLEAN) === "true") {
    const message = "a replica that lags behind may become leader: acknowledged records can be lost";
    risks.push({ code: "unclean-election", message });
  }
  return risks;
}

const UNCLEAN = "unclean.leader.election.enable";

function fieldAt(fields: readonly FieldChange[], path: readonly string[]): FieldChange | undefined {
  return fields.find((field) => field.path.join("/") === path.join("/"));
}

function moves({ before, after }: FieldChange): Risk {
  const lowered = typeof before === "number" && typeof after === "number" && after < before;
  return lowered
    ? { code: "fewer-replicas", message: `each partition is on ${brokers(after)} instead of ${before}` }
    : { code: "data-moves", message: "moves data between brokers" };
}

function brokers(number: number): string {
  return number === 1 ? "1 broker" : `${number} brokers`;
}

function noSlack(replicas: number | null, minInSync: string | null | undefined): readonly Risk[] {
  if (replicas === null || replicas < 2 || Number(minInSync ?? 1) !== replicas) return [];
  const message = `writes stop when one broker is down: all ${replicas} replicas must be in sync`;
  return [{ code: "no-slack", message }];
}

function lower(before: TopicSpec["config"], after: TopicSpec["config"], key: string): boolean {
  return Number(effective(after, key)) < Number(effective(before, key));
}
