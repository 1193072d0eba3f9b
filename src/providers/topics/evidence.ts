import type { KafkaPort } from "../../clients/kafka.ts";
import { KpipeError } from "../../core/errors.ts";
import type { Evidence } from "../../core/kind.ts";
import { nameOf } from "../../core/model.ts";
import { type Cut, cutEvidence } from "./cut-evidence.ts";
import { deleteEvidence } from "./delete-evidence.ts";
import type { Held } from "./held.ts";
import { sorted, type TopicChange } from "./requests.ts";
import { retentionCut } from "./retention.ts";

type Sizes = Awaited<ReturnType<KafkaPort["sizes"]>>;

/** What deletes and cuts of retention lose. `now`: ms since the epoch. */
export async function assessTopics(
  kafka: KafkaPort,
  changes: readonly TopicChange[],
  now: () => number,
): Promise<readonly Evidence[]> {
  const { updates, deletes } = sorted(changes);
  const cuts = updates.flatMap((change): readonly Cut[] => {
    const cut = retentionCut(change);
    return cut ? [{ change, cut }] : [];
  });
  if (cuts.length === 0 && deletes.length === 0) return [];
  const names = [...deletes, ...cuts.map(({ change }) => change)].map(({ address }) => nameOf(address));
  const [sizes, offsets] = await Promise.all([sizesOf(kafka, names), kafka.offsets(names)]);
  const held: Held = {
    sizes: (name) => sizes && (sizes.get(name) ?? new Map()),
    offsets: (name) => offsets.get(name) ?? [],
  };
  const [lost, cutOff] = await Promise.all([
    deleteEvidence(kafka, deletes, held),
    cutEvidence(kafka, cuts, held, now()),
  ]);
  return [...lost, ...cutOff];
}

/** Sizes are told by Describe on the cluster, which is much to ask of a principal that changes topics. */
async function sizesOf(kafka: KafkaPort, names: readonly string[]): Promise<Sizes | undefined> {
  try {
    return await kafka.sizes(names);
  } catch (cause) {
    if (cause instanceof KpipeError && cause.diagnostics[0]?.code === "KP3011") return undefined;
    throw cause;
  }
}
