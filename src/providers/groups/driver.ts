import type { KafkaPort } from "../../clients/kafka.ts";
import type { Driver } from "../../core/kind.ts";
import { type Pace, usualPace } from "../kafka/pace.ts";
import { applyGroups } from "./apply.ts";
import { assessGroups, checkGroups } from "./check.ts";
import { readGroups } from "./read.ts";
import type { GroupSpec } from "./spec.ts";

export function groupDriver(kafka: KafkaPort, pace: Pace = usualPace): Driver<GroupSpec> {
  return {
    read: (scope) => readGroups(kafka, scope),
    check: (changes, world, made) => checkGroups(kafka, changes, world, made),
    assess: (changes) => assessGroups(kafka, changes),
    apply: (changes, world, signal) => applyGroups(kafka, changes, world, signal, pace),
  };
}
