import type { Kind, Section } from "../../core/kind.ts";
import { hiddenTopics } from "../kafka/topic-names.ts";
import { reportCollisions, topicFromEntry } from "./decode.ts";
import { topicDiff } from "./diff.ts";
import { effective } from "./retention.ts";
import { topicRisks } from "./risks.ts";
import { topicDefaultsSchema, topicSchema } from "./schema.ts";
import { show, summary } from "./show.ts";
import type { TopicPolicy, TopicSpec } from "./spec.ts";

const section: Section = {
  key: "topics",
  claimKey: "topics",
  budget: { key: "topic", deletes: 0 },
  defaults: { key: "topic", schema: topicDefaultsSchema },
  schema: topicSchema,
  secrets: false,
  decode: topicFromEntry,
  review: reportCollisions,
};

export const topicKind: Kind<TopicSpec, TopicPolicy> = {
  name: "topic",
  plural: "topics",
  section,
  hidden: hiddenTopics,
  ignoresCase: false,
  diff: topicDiff,
  links: () => ({ reads: [], writes: [], owns: [] }),
  times: ({ config }, now) => {
    const kept = Number(effective(config, "retention.ms"));
    return kept < 0 ? [] : [Math.max(0, now - kept)];
  },
  risks: topicRisks,
  summary,
  show,
};
