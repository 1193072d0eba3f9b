/** A JSON object of an answer. Servers of other versions add and leave out fields. */
export type Json = Readonly<Record<string, unknown>>;

/** Where an answer isn't what ksqlDB's REST API says: the path of the part that isn't. */
export class UnreadableAnswer extends Error {
  readonly part: string;

  constructor(part: string) {
    super(`unreadable: ${part}`);
    this.name = "UnreadableAnswer";
    this.part = part;
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object, or an empty one: what may be missing. */
export function objectOr(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The list, or an empty one: what may be missing. */
export function listOr(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list; whatever else is in it is left out. */
export function textsOf(value: unknown): readonly string[] {
  return listOr(value).filter((it) => typeof it === "string");
}

export function textOr(value: unknown, otherwise = ""): string {
  return typeof value === "string" ? value : otherwise;
}

/** Throws UnreadableAnswer. */
export function objectAt(value: unknown, part: string): Json {
  if (isObject(value)) return value;
  throw new UnreadableAnswer(part);
}

/** Throws UnreadableAnswer. */
export function listAt(value: unknown, part: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UnreadableAnswer(part);
}

/** Throws UnreadableAnswer for anything but text with something in it. */
export function textAt(value: unknown, part: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new UnreadableAnswer(part);
}

/** Throws UnreadableAnswer for anything but a whole number from 0. */
export function countAt(value: unknown, part: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new UnreadableAnswer(part);
}
