import type { KafkaPort } from "../../clients/kafka.ts";
import { type Diagnostic, error } from "../../core/errors.ts";
import type { Evidence, Verdict } from "../../core/kind.ts";
import { type Address, addressOf, nameOf, type Value, type World } from "../../core/model.ts";
import { counted } from "../../core/words.ts";
import { lagOf } from "./read.ts";
import { configChange, type GroupChange, hasConfigs, refusal, startsOf } from "./requests.ts";

type Made = (address: Address) => boolean;

/** What the brokers would refuse: configs by a validate-only request, deletes of active groups. */
export async function checkGroups(
  kafka: KafkaPort,
  changes: readonly GroupChange[],
  world: World,
  made: Made = (address) => world.desired.has(address),
): Promise<Verdict> {
  const active = changes.filter((change) => change.action === "delete" && change.live.spec.active === true);
  const configured = changes.filter((change) => change.action !== "delete" && hasConfigs(change));
  const [refused, missing] = await Promise.all([
    refusedConfigs(kafka, configured),
    unstartable(kafka, changes, world, made),
  ]);
  const busy = active.map(({ address, position }) =>
    error("KP2152", "has members, and brokers delete only groups without", { address, position }),
  );
  return { diagnostics: [...busy, ...refused, ...missing], notChecked: [] };
}

async function refusedConfigs(
  kafka: KafkaPort,
  changes: readonly GroupChange[],
): Promise<readonly Diagnostic[]> {
  if (changes.length === 0) return [];
  if ((await kafka.groupOverrides(changes.map(({ address }) => nameOf(address)))) === undefined)
    return changes.map((change) =>
      error("KP2150", "these brokers have no configs of groups: they came with Kafka 4.0", {
        address: change.address,
        position: "desired" in change ? change.desired.locate(["config"]) : undefined,
      }),
    );
  const results = await kafka.alterGroupConfigs(changes.map(configChange), "validate");
  return changes.flatMap((change) => {
    const result = results.get(nameOf(change.address));
    return result?.ok === false ? [refusal(change, result.error, "KP2151")] : [];
  });
}

/** Starts on topics, or on partitions of them, that are not there and that the plan doesn't make. */
async function unstartable(
  kafka: KafkaPort,
  changes: readonly GroupChange[],
  { desired }: World,
  made: Made,
): Promise<readonly Diagnostic[]> {
  const topics = new Set(changes.flatMap((change) => [...startsOf(change).keys()]));
  const given = [...topics].filter((topic) => !made(addressOf("topic", topic)));
  if (given.length === 0) return [];
  const live = new Map((await kafka.topics()).map(({ name, partitions }) => [name, partitions.length]));
  const reasons = new Map(
    given.map((topic) => {
      const wanted = desired.get(addressOf("topic", topic))?.spec.partitions;
      return [topic, whyNoStart(topic, live.get(topic), wanted)] as const;
    }),
  );
  return changes.flatMap((change) =>
    [...startsOf(change).keys()].flatMap((topic) => {
      const reason = reasons.get(topic);
      if (reason === undefined || change.action === "delete") return [];
      return [
        error("KP2153", reason, { address: change.address, position: change.desired.locate(["topics"]) }),
      ];
    }),
  );
}

/** `has` and `wanted`: partitions on the cluster, and of a declared topic that the plan leaves as it is. */
function whyNoStart(topic: string, has: number | undefined, wanted: Value | undefined): string | undefined {
  if (has === undefined) {
    const reason = wanted === undefined ? "the file doesn't declare it" : "this plan doesn't make it";
    return `${topic} is not there, and ${reason}`;
  }
  if (typeof wanted !== "number" || wanted <= has) return undefined;
  return `${topic} has ${counted(has, "partition")} of ${wanted}, and this plan doesn't add the others`;
}

/** What deletes lose: members, and where the group is on its topics. */
export async function assessGroups(
  kafka: KafkaPort,
  changes: readonly GroupChange[],
): Promise<readonly Evidence[]> {
  const deletes = changes.filter((change) => change.action === "delete");
  if (deletes.length === 0) return [];
  const names = deletes.map(({ address }) => nameOf(address));
  const [described, committed] = await Promise.all([kafka.describeGroups(names), kafka.committed(names)]);
  const topics = new Set([...committed.values()].flatMap((commits) => [...commits.keys()]));
  const offsets = topics.size === 0 ? new Map() : await kafka.offsets([...topics]);
  return deletes.map(({ address }) => {
    const name = nameOf(address);
    const commits = committed.get(name) ?? new Map();
    const read = [...commits.keys()].toSorted();
    const members = described.get(name)?.members.length ?? 0;
    const shown = read.length > 5 ? [...read.slice(0, 5), `${read.length - 5} more`] : read;
    const behind = counted(lagOf(read, commits, offsets), "record");
    return {
      address,
      risks: [
        members === 0
          ? { code: "no-members", message: "no members" }
          : { code: "active", message: `${counted(members, "member")} active` },
        read.length === 0
          ? { code: "no-commits", message: "no commits" }
          : { code: "commits-lost", message: `commits on ${shown.join(", ")}, ${behind} behind` },
      ],
      facts: { active: members > 0, topics: read },
    };
  });
}
