import type { KafkaPort } from "../../clients/kafka.ts";
import type { Driver } from "../../core/kind.ts";
import { type Pace, usualPace } from "../kafka/pace.ts";
import { applyTopics } from "./apply.ts";
import { checkTopics } from "./check.ts";
import { assessTopics } from "./evidence.ts";
import { readTopics } from "./read.ts";
import type { TopicSpec } from "./spec.ts";

interface Timing {
  readonly pace: Pace;
  /** ms since the epoch. */
  readonly now: () => number;
}

export function topicDriver(
  kafka: KafkaPort,
  { pace, now }: Timing = { pace: usualPace, now: Date.now },
): Driver<TopicSpec> {
  return {
    read: (scope) => readTopics(kafka, scope),
    check: (changes) => checkTopics(kafka, changes),
    assess: (changes) => assessTopics(kafka, changes, now),
    apply: (changes, _world, signal) => applyTopics(kafka, changes, signal, pace),
  };
}
