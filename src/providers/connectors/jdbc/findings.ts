import type { ErrorCode } from "../../../core/errors.ts";
import { nearest } from "../../../core/nearest.ts";
import { type ConnectorConfig, knownText } from "../spec.ts";
import { type Family, families } from "./families.ts";
import type { KeyType } from "./keys.ts";
import { rules } from "./rules.ts";

/** Something wrong with one key of a JDBC connector. */
export interface Finding {
  readonly severity: "error" | "warning";
  readonly code: ErrorCode;
  /** The key that it is about; it may be missing. */
  readonly key: string;
  readonly part: "key" | "value";
  readonly message: string;
  readonly next?: string;
}

/**
 * What is wrong whichever of the candidate plugins the worker has. A key is unknown if none of them has it;
 * of the other findings those count on which all agree that know most of the keys.
 */
export function findings(config: ConnectorConfig, candidates: readonly Family[]): readonly Finding[] {
  const unknown = candidates.map((family) => keyFindings(config, family, candidates).filter(isUnknown));
  const fewest = Math.min(...unknown.map(({ length }) => length));
  const likely = candidates.filter((_, at) => unknown[at]?.length === fewest);
  const others = likely.map((family) => [
    ...keyFindings(config, family, candidates).filter((it) => !isUnknown(it)),
    ...rules(config, family),
  ]);
  return [...common(unknown), ...common(others)];
}

function isUnknown({ code }: Finding): boolean {
  return code === "KP1214";
}

function common([first = [], ...others]: readonly (readonly Finding[])[]): readonly Finding[] {
  return first.filter(({ code, key }) =>
    others.every((other) =>
      other.some((it) => it.code === code && (it.key === key || namesOf(key).includes(it.key))),
    ),
  );
}

function keyFindings(
  config: ConnectorConfig,
  family: Family,
  candidates: readonly Family[],
): readonly Finding[] {
  return Object.keys(config).flatMap((key): readonly Finding[] => {
    const type = family.keys[key];
    if (type === undefined) return unknownKey(key, family, candidates);
    const text = knownText(config, key);
    const expected = text === undefined ? undefined : mismatch(text, type);
    return expected === undefined
      ? []
      : [{ severity: "error", code: "KP1212", key, part: "value", message: `expected ${expected}` }];
  });
}

function unknownKey(key: string, family: Family, candidates: readonly Family[]): readonly Finding[] {
  const finding = (message: string): readonly Finding[] => [
    { severity: "warning", code: "KP1214", key, part: "key", message },
  ];
  const same = namesake(key, family);
  if (same !== undefined) return finding(`did you mean ${same}?`);
  const open = family.prefixes.find((prefix) => key.startsWith(prefix));
  if (open !== undefined) {
    const meant = open === "connection." ? nearestBelow(open, key, family) : undefined;
    return meant === undefined ? [] : finding(`did you mean ${meant}?`);
  }
  const other = families.find(({ type, keys }) => type !== family.type && keys[key] !== undefined);
  if (other !== undefined) return finding(`only a ${other.type} has this key`);
  const known = candidates.flatMap((it) => Object.keys(it.keys));
  const meant = nearest(key, known);
  if (meant !== undefined) return finding(`did you mean ${meant}?`);
  if (candidates.length > 1) return finding(`no ${family.type} has this key`);
  return finding(`${family.vendor}'s ${family.type} has no such key, and ignores it`);
}

/** A driver's own property is free, but `connection.pasword` is none. */
function nearestBelow(prefix: string, key: string, { keys }: Family): string | undefined {
  const below = Object.keys(keys).filter((it) => it.startsWith(prefix));
  const meant = nearest(
    key.slice(prefix.length),
    below.map((it) => it.slice(prefix.length)),
  );
  return meant === undefined ? undefined : prefix + meant;
}

/** Keys that mean the same under different names. */
const namesakes: readonly (readonly string[])[] = [
  ["pk.mode", "primary.key.mode"],
  ["pk.fields", "primary.key.fields"],
  ["connection.user", "connection.username"],
  ["table.name.format", "collection.name.format"],
  ["db.timezone", "use.time.zone"],
  ["quote.sql.identifiers", "sql.quote.identifiers", "quote.identifiers"],
  ["auto.evolve", "auto.create", "schema.evolution"],
  ["fields.whitelist", "field.include.list"],
  ["max.retries", "flush.max.retries"],
  ["retry.backoff.ms", "flush.retry.delay.ms"],
  ["timestamp.initial", "timestamp.initial.ms"],
  ["table.whitelist", "table.include.list"],
  ["table.blacklist", "table.exclude.list"],
];

function namesOf(key: string): readonly string[] {
  return namesakes.find((names) => names.includes(key)) ?? [];
}

function namesake(key: string, { keys }: Family): string | undefined {
  return namesOf(key).find((it) => keys[it] !== undefined);
}

/** What a value should be, if it isn't. */
function mismatch(text: string, type: KeyType): string | undefined {
  if (typeof type !== "string") {
    // Plugins differ on the case that they take; none takes a mixture.
    return type.some((it) => it === text || it.toUpperCase() === text) ? undefined : oneOf(type);
  }
  switch (type) {
    case "boolean":
      return /^\s*(true|false)\s*$/i.test(text) ? undefined : "true or false";
    case "short":
    case "int":
    case "long":
      return /^\s*[+-]?\d+\s*$/.test(text) ? undefined : "a whole number";
    case "double":
      return text.trim() !== "" && Number.isFinite(Number(text)) ? undefined : "a number";
    case "string":
    case "list":
    case "class":
    case "password":
      return undefined;
  }
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** The type of a key in any JDBC connector that has it, for what is known of no class. */
export function isKnownPassword(key: string): boolean {
  return families.some(({ keys }) => keys[key] === "password");
}
