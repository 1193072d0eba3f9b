import type { Ailment } from "../../core/model.ts";

/** What can be wrong with a live object whose definition is as declared; the second half of an ailment's path. */
export const ailmentTypes = ["paused", "terminated", "failing", "sink gone", "topic gone"] as const;
type AilmentType = (typeof ailmentTypes)[number];

export function ailment(type: AilmentType, message: string): Ailment {
  return { path: ["query", type], message };
}

export function ailmentType({ path }: Ailment): AilmentType | undefined {
  return ailmentTypes.find((type) => type === path[1]);
}
