import type { Ailment } from "../../core/model.ts";

/** What can be wrong with a live object whose definition is as declared. */
export const ailmentTypes = [
  "paused",
  "terminated",
  "failing",
  "without its sink",
  "without its topic",
] as const;
type AilmentType = (typeof ailmentTypes)[number];

export function ailment(state: AilmentType, message: string): Ailment {
  return { path: state.startsWith("without") ? [] : ["query"], state, message };
}

export function ailmentType({ state }: Ailment): AilmentType | undefined {
  return ailmentTypes.find((type) => type === state);
}
