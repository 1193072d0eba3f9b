import type { KafkaPort } from "../../clients/kafka.ts";
import type { Evidence } from "../../core/kind.ts";
import { addressOf, nameOf, type Risk } from "../../core/model.ts";
import { counted } from "../../core/words.ts";
import { roughly } from "../kafka/amounts.ts";
import type { Held } from "./held.ts";
import { type Reader, readersOf } from "./readers.ts";
import type { TopicDelete } from "./requests.ts";

/** What deletes lose: records and bytes, and the groups that read them. */
export async function deleteEvidence(
  kafka: KafkaPort,
  deletes: readonly TopicDelete[],
  held: Held,
): Promise<readonly Evidence[]> {
  if (deletes.length === 0) return [];
  const readers = await readersOf(
    kafka,
    deletes.map(({ address }) => nameOf(address)),
  );
  return deletes.map(({ address }) => {
    const name = nameOf(address);
    const groups = readers.get(name) ?? [];
    const records = held.offsets(name).reduce((sum, it) => sum + it.latest - it.earliest, 0n);
    const sizes = held.sizes(name);
    const bytes = sizes && [...sizes.values()].reduce((sum, it) => sum + it, 0);
    return {
      address,
      risks: [contents(records, bytes), ...groupRisks(groups)],
      facts: {
        holdsRecords: records > 0n,
        groups: groups.map(({ group }) => group),
        active: groups.filter(({ active }) => active).map(({ group }) => group),
      },
      readers: groups.map(({ group }) => addressOf("group", group)),
    };
  });
}

function contents(records: bigint, bytes: number | undefined): Risk {
  if (records === 0n) return { code: "empty", message: "no records" };
  const size = bytes === undefined ? "" : `, ${roughly(bytes)}`;
  return { code: "records-lost", message: `${counted(records, "record")}${size}` };
}

const GROUPS_NAMED = 5;

function groupRisks(groups: readonly Reader[]): readonly Risk[] {
  if (groups.length === 0) return [{ code: "no-groups", message: "no groups" }];
  // The active ones first: they are who notices.
  const ordered = groups.toSorted((a, b) => Number(b.active) - Number(a.active));
  const rest = ordered.slice(GROUPS_NAMED);
  return [
    ...ordered
      .slice(0, GROUPS_NAMED)
      .map(({ group, active }) =>
        active
          ? { code: "active-group", message: `group ${group} is active` }
          : { code: "idle-group", message: `group ${group} has read from it and is not active` },
      ),
    ...(rest.length > 0
      ? [{ code: "more-groups", message: `${counted(rest.length, "more group")}, ${activeOf(rest)} active` }]
      : []),
  ];
}

function activeOf(groups: readonly Reader[]): number {
  return groups.filter(({ active }) => active).length;
}
