import type { ConfigOverrides, KafkaPort, PartitionOffsets } from "../../clients/kafka.ts";
import { KpipeError } from "../../core/errors.ts";
import type { Scope } from "../../core/kind.ts";
import { type Address, addressOf, kindOf, type Live, nameOf } from "../../core/model.ts";
import { canonicalValue } from "../kafka/config-value.ts";
import { groupConfigKeys } from "./config-keys.ts";
import type { GroupSpec } from "./spec.ts";

export type Commits = ReadonlyMap<string, ReadonlyMap<number, bigint>>;
type Offsets = ReadonlyMap<string, readonly PartitionOffsets[]>;

/** The declared and the claimed groups of consumers; one that isn't there but has configs counts as there. */
export async function readGroups(
  kafka: KafkaPort,
  scope: Scope,
): Promise<ReadonlyMap<Address, Live<GroupSpec>>> {
  const declared = new Set([...scope.declared].filter((it) => kindOf(it) === "group").map(nameOf));
  const listed = (await kafka.groups()).filter(
    ({ group, protocol }) =>
      protocol !== "share" &&
      protocol !== "streams" &&
      (declared.has(group) || scope.claims(addressOf("group", group))),
  );
  const present = new Set(listed.map(({ group }) => group));
  const names = [...new Set([...declared, ...present])];
  if (names.length === 0) return new Map();
  const [described, committed, overrides] = await Promise.all([
    kafka.describeGroups([...present]),
    kafka.committed(names),
    overridesOf(kafka, names, scope),
  ]);
  const measured = new Set<string>();
  for (const name of present) {
    const resource = scope.desired?.get(addressOf("group", name));
    if (resource === undefined) continue;
    for (const topic of topicsOf(resource.spec.topics)) measured.add(topic);
    if (resource.policy.maxLag !== null && topicsOf(resource.spec.topics).length === 0)
      for (const topic of committed.get(name)?.keys() ?? []) measured.add(topic);
  }
  for (const name of declared)
    for (const topic of topicsOf(scope.desired?.get(addressOf("group", name))?.spec.topics))
      measured.add(topic);
  const offsets: Offsets = measured.size === 0 ? new Map() : await kafka.offsets([...measured]);
  const groups = names.flatMap((name): Live<GroupSpec>[] => {
    const config = overrides.get(name) ?? new Map();
    if (!present.has(name) && config.size === 0) return [];
    const address = addressOf("group", name);
    const wanted = topicsOf(scope.desired?.get(address)?.spec.topics);
    const commits: Commits = committed.get(name) ?? new Map();
    const members = described.get(name)?.members ?? [];
    const read = [...commits.keys(), ...members.flatMap(({ topics }) => topics)];
    return [
      {
        address,
        spec: {
          topics: [...new Set(read)].toSorted(),
          offsets: Object.fromEntries(
            wanted.flatMap((topic) => {
              const partitions = offsets.get(topic);
              if (partitions === undefined) return [];
              const lacking = partitions
                .map((it) => it.partition)
                .filter((it) => !commits.get(topic)?.has(it));
              return [[topic, { partitions: lacking, of: partitions.length }] as const];
            }),
          ),
          active: members.length > 0,
          config: Object.fromEntries([...config].map(([key, value]) => [key, told(key, value)]).toSorted()),
        },
        health: [],
        readings: {
          listed: present.has(name),
          members: members.length,
          lag: Number(lagOf(wanted.length > 0 ? wanted : [...commits.keys()], commits, offsets)),
        },
      },
    ];
  });
  return new Map(groups.map((group) => [group.address, group]));
}

/** Records between the commits and the ends; what retention took can't be read any more. */
export function lagOf(topics: readonly string[], commits: Commits, offsets: Offsets): bigint {
  let lag = 0n;
  for (const topic of topics)
    for (const { partition, earliest, latest } of offsets.get(topic) ?? []) {
      const at = commits.get(topic)?.get(partition);
      if (at === undefined) continue;
      const left = at < earliest ? latest - earliest : latest - at;
      if (left > 0n) lag += left;
    }
  return lag;
}

/** Reading configs is a right of its own, which only those need who declare some. */
async function overridesOf(
  kafka: KafkaPort,
  names: readonly string[],
  { desired }: Scope,
): Promise<ReadonlyMap<string, ConfigOverrides>> {
  try {
    return (await kafka.groupOverrides(names)) ?? new Map();
  } catch (cause) {
    const isNeeded = names.some((name) => {
      const config = desired?.get(addressOf("group", name))?.spec.config;
      return typeof config === "object" && config !== null && Object.keys(config).length > 0;
    });
    if (!isNeeded && cause instanceof KpipeError && cause.diagnostics[0]?.code === "KP3011") return new Map();
    throw cause;
  }
}

function topicsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}

function told(key: string, value: string | null): string | null {
  const known = groupConfigKeys.get(key);
  if (value === null || known === undefined) return value;
  const canonical = canonicalValue(key, known, value);
  return canonical.ok ? canonical.value : value;
}
