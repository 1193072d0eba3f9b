import type { Difference } from "../../core/kind.ts";
import type { FieldChange, Live, Remark, Resource, Value } from "../../core/model.ts";
import { show } from "./show.ts";
import { MIN_INSYNC, type TopicPolicy, type TopicSpec, tooManyInSync } from "./spec.ts";

/** What differs between a live topic and the declared one. */
export function topicDiff(live: Live<TopicSpec>, desired: Resource<TopicSpec, TopicPolicy>): Difference {
  const configs = Object.keys({ ...live.spec.config, ...desired.spec.config })
    .toSorted()
    .map((key) => configDiff(key, live, desired));
  const fields = [
    ...partitionsDiff(live.spec.partitions, desired.spec.partitions),
    ...replicationDiff(live.spec.replicationFactor, desired.spec.replicationFactor),
    ...configs.flatMap(({ fields }) => fields),
  ];
  return {
    fields: refuseWithoutReplicas(fields, live.spec, desired.spec),
    remarks: configs.flatMap(({ remarks }) => remarks),
  };
}

function partitionsDiff(before: number | null, after: number | null): readonly FieldChange[] {
  if (before === null || after === null || before === after) return [];
  const path = ["partitions"];
  if (after > before) return [{ path, before, after, effect: "update" }];
  const reason = `the topic has ${before}, and Kafka can't remove partitions`;
  return [{ path, before, after, effect: "refuse", reason, code: "KP2003" }];
}

/** An uneven topic (null) differs from every number: the declared one must hold for all partitions. */
function replicationDiff(before: number | null, after: number | null): readonly FieldChange[] {
  if (after === null || before === after) return [];
  return [{ path: ["replicationFactor"], before, after, effect: "update" }];
}

function configDiff(
  key: string,
  live: Live<TopicSpec>,
  desired: Resource<TopicSpec, TopicPolicy>,
): Difference {
  const before = live.spec.config[key];
  const after = desired.spec.config[key];
  const path = ["config", key];
  const same: Difference = { fields: [], remarks: [] };
  const update = (from: Value | undefined, to: Value | undefined): Difference => ({
    fields: [{ path, before: from, after: to, effect: "update" }],
    remarks: [],
  });
  const remark = (type: Remark["type"], message: string): Difference => ({
    fields: [],
    remarks: [{ address: desired.address, path, type, message, position: desired.locate(path) }],
  });

  if (before === undefined) return after === undefined || after === null ? same : update(undefined, after);
  if (after === null) return update(before, undefined);
  if (after !== undefined) {
    if (before === null) return remark("unverifiable", "the broker doesn't tell this value");
    return before === after ? same : update(before, after);
  }
  switch (desired.policy.unmanagedConfig) {
    case "ignore":
      return same;
    case "warn": {
      const value = before === null ? "a value" : show(path, before);
      return remark("unmanaged", `${value} is set on the topic and not in the file; left alone`);
    }
    case "reset":
      return update(before, undefined);
  }
}

/** Brokers take more required in-sync replicas than there are replicas, and then refuse every write. */
function refuseWithoutReplicas(
  fields: readonly FieldChange[],
  live: TopicSpec,
  desired: TopicSpec,
): readonly FieldChange[] {
  const replicas = desired.replicationFactor ?? live.replicationFactor;
  const minInSync = fields.find(({ path }) => path[1] === MIN_INSYNC);
  const required = minInSync ? minInSync.after : live.config[MIN_INSYNC];
  if (replicas === null || typeof required !== "string" || Number(required) <= replicas) return fields;
  const culprit = minInSync ?? fields.find(({ path }) => path[0] === "replicationFactor");
  const reason = tooManyInSync(required, replicas);
  return fields.map((field) =>
    field === culprit ? { ...field, effect: "refuse", reason, code: "KP2012" } : field,
  );
}
