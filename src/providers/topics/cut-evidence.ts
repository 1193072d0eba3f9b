import type { KafkaPort } from "../../clients/kafka.ts";
import type { Evidence } from "../../core/kind.ts";
import { nameOf, type Risk } from "../../core/model.ts";
import { counted } from "../../core/words.ts";
import { roughly } from "../kafka/amounts.ts";
import type { Held } from "./held.ts";
import type { TopicUpdate } from "./requests.ts";
import type { RetentionCut } from "./retention.ts";
import { show } from "./show.ts";

/** An update that shortens what a topic keeps. */
export interface Cut {
  readonly change: TopicUpdate;
  readonly cut: RetentionCut;
}

/** What becomes deletable by cuts of retention. `now`: ms since the epoch. */
export async function cutEvidence(
  kafka: KafkaPort,
  cuts: readonly Cut[],
  held: Held,
  now: number,
): Promise<readonly Evidence[]> {
  const older = await olderRecords(kafka, cuts, held, now);
  return cuts
    .map(({ change, cut }): Evidence => {
      const name = nameOf(change.address);
      const byAge = deletable(
        older.get(name),
        `older than ${show(["config", "retention.ms"], String(cut.ms))}`,
      );
      const risks = [...byAge, ...(cut.bytes === undefined ? [] : bySize(held.sizes(name), cut.bytes))];
      // No facts: records grow old by themselves, and that makes no plan stale.
      return { address: change.address, risks, facts: {} };
    })
    .filter(({ risks }) => risks.length > 0);
}

interface Part {
  readonly partitions: number;
  readonly records: bigint;
  readonly bytes: number;
}

/** Per topic what is older than its new retention; one request for each distinct retention. */
async function olderRecords(
  kafka: KafkaPort,
  cuts: readonly Cut[],
  held: Held,
  now: number,
): Promise<ReadonlyMap<string, Part>> {
  const byLimit = new Map<bigint, string[]>();
  for (const { change, cut } of cuts) {
    if (cut.ms !== undefined) {
      byLimit.set(cut.ms, [...(byLimit.get(cut.ms) ?? []), nameOf(change.address)]);
    }
  }
  const found = await Promise.all(
    [...byLimit].map(async ([ms, names]) => {
      const firstKept = await kafka.offsetsAt(names, Math.max(0, now - Number(ms)));
      return names.map((name) => [name, olderPart(name, firstKept.get(name), held)] as const);
    }),
  );
  return new Map(found.flat());
}

function olderPart(
  name: string,
  firstKept: ReadonlyMap<number, bigint | undefined> | undefined,
  held: Held,
): Part {
  const sizes = held.sizes(name);
  const parts = held.offsets(name).flatMap(({ partition, earliest, latest }) => {
    if (firstKept?.has(partition) !== true) return [];
    const records = (firstKept.get(partition) ?? latest) - earliest;
    if (records <= 0n) return [];
    const bytes = (sizes?.get(partition) ?? 0) * (Number(records) / Number(latest - earliest));
    return [{ records, bytes }];
  });
  return {
    partitions: parts.length,
    records: parts.reduce((sum, it) => sum + it.records, 0n),
    bytes: parts.reduce((sum, it) => sum + it.bytes, 0),
  };
}

function bySize(sizes: ReadonlyMap<number, number> | undefined, limit: bigint): readonly Risk[] {
  const above = `above ${show(["config", "retention.bytes"], String(limit))} a partition`;
  if (sizes) return deletable(partAbove(sizes, Number(limit)), above);
  const message = `what is ${above} becomes deletable; how much it is kpipe may not read`;
  return [{ code: "becomes-deletable", message }];
}

function partAbove(sizes: ReadonlyMap<number, number>, limit: number): Part {
  const parts = [...sizes.values()].filter((bytes) => bytes > limit);
  return {
    partitions: parts.length,
    records: 0n,
    bytes: parts.reduce((sum, bytes) => sum + bytes - limit, 0),
  };
}

function deletable(part: Part | undefined, why: string): readonly Risk[] {
  if (part === undefined || part.partitions === 0) return [];
  const place = counted(part.partitions, "partition");
  // Where no size is known, records have to do.
  const message =
    part.bytes >= 1
      ? `about ${roughly(part.bytes)} in ${place} is ${why} and becomes deletable`
      : `${counted(part.records, "record")} in ${place} are ${why} and become deletable`;
  return [{ code: "becomes-deletable", message }];
}
